import type { Language } from "../../contract/outcome.ts";
import type { Evidence, EvidenceClaim } from "../../scoring/evidence.ts";
import { readDifference } from "../../scoring/read-difference.ts";
import { sayDifference } from "../../words/difference-words.ts";
import type { Finding } from "../advice/findings.ts";
import { previewText } from "../report/sample-row.ts";
import { formatScore, metricLabel } from "./labels.ts";
import { escapeMarkdown, markdownTable } from "./markdown.ts";
import type { Words } from "./words/en.ts";
import { WORDS } from "./words/words.ts";

const MOST_STATEMENTS = 3;
const MOST_CHARACTERS = 240;
const MOST_GAPS = 20;
const MOST_GAP_CHARACTERS = 160;

/** One sample as the lines of a Markdown list: the question, then the statements and passages that prove the cause. */
export function proofLines(finding: Finding, metric: string, language: Language): string[] {
  const words = WORDS[language];
  const { sample, evidence } = finding;
  const value = sample.scores[metric] ?? null;
  const score =
    value === null ? "" : words.aside(`${metricLabel(metric, language)} ${formatScore(value)}`);
  const proving = new Set(finding.claimIds);
  const claims = evidence.claims.filter((claim) => proving.has(claim.id));
  const shown = claims
    .slice(0, MOST_STATEMENTS)
    .flatMap((claim) => claimLines(claim, evidence, words, language));
  const rest = claims.length - MOST_STATEMENTS;
  return [
    `- **${quote(sample.sample_id)}**${score}`,
    `  - ${words.advice.question}${words.colon}${quote(evidence.question)}`,
    ...(claims.length === 0 || claims.every((claim) => claim.of === "reference")
      ? [`  - ${words.advice.answer}${words.colon}${quote(evidence.answer.text)}`]
      : []),
    ...rankLine(finding, words),
    ...shown,
    ...(rest > 0 ? [`  - ${words.advice.moreStatements(rest)}`] : []),
  ];
}

function claimLines(
  claim: EvidenceClaim,
  evidence: Evidence,
  words: Words,
  language: Language,
): string[] {
  const label = claim.of === "answer" ? words.advice.answerSays : words.advice.referenceSays;
  const passages = evidence.passages ?? [];
  const hasSupport = claim.verdict === "supported" || claim.evidence.length > 0;
  const sides = readDifference(claim, evidence);
  const note = hasSupport || claim.verdict === null ? "" : words.aside(words.advice.noSupport);
  const spans = claim.evidence.slice(0, MOST_STATEMENTS).flatMap((span) => {
    const passage = passages[span.passage];
    if (!passage) return [];
    const sentence = quote(passage.text.slice(span.start, span.end));
    const where = words.advice.passage(span.passage + 1, passages.length);
    return [`    - ${where}${words.colon}${sentence}`];
  });
  const difference = sides ? [`    - ${quote(sayDifference(sides, language))}`] : [];
  return [`  - ${label}${words.colon}${quote(claim.text)}${note}`, ...difference, ...spans];
}

function rankLine({ cause, passages, evidence }: Finding, words: Words): string[] {
  if (cause !== "ranked_too_low" || passages.length === 0) return [];
  const ranks = passages.map((index) => index + 1).join(words.listSeparator);
  return [`  - ${words.advice.carriedBy(ranks, evidence.passages?.length ?? 0)}`];
}

/** What the retrieved passages lack, statement by statement, for whoever looks after the documents. */
export function gapLines(findings: readonly Finding[], words: Words): string[] {
  const rows: string[][] = [];
  let rest = 0;
  for (const { sample, evidence, claimIds } of findings) {
    const missing = new Set(claimIds);
    for (const claim of evidence.claims) {
      if (!missing.has(claim.id)) continue;
      if (rows.length >= MOST_GAPS) rest++;
      else {
        const cells = [sample.sample_id, evidence.question, claim.text];
        rows.push(cells.map((text) => quote(text, MOST_GAP_CHARACTERS)));
      }
    }
  }
  if (rows.length === 0) return [];
  return [
    "",
    `### ${words.advice.gapHeading}`,
    "",
    ...markdownTable(words.advice.gapColumns, rows),
    ...(rest > 0 ? ["", words.advice.moreGaps(rest)] : []),
  ];
}

function quote(text: string, limit = MOST_CHARACTERS): string {
  return escapeMarkdown(previewText(text, limit));
}
