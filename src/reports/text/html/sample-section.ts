import type { Language } from "../../../contract/outcome.ts";
import type {
  Evidence,
  EvidenceClaim,
  EvidencePassage,
  EvidenceSpan,
} from "../../../scoring/evidence.ts";
import type { TextPlace, Verdict } from "../../../scoring/judge.ts";
import { readDifference } from "../../../scoring/read-difference.ts";
import { sayDifference } from "../../../words/difference-words.ts";
import { previewText } from "../../report/sample-row.ts";
import type { ReportSample } from "../../report-input.ts";
import { causeInWords, formatScore } from "../labels.ts";
import { WORDS } from "../words/words.ts";
import { escapeHtml } from "./escape-html.ts";

/** The worst verdict of a sentence's claims decides its mark. */
const WORST_FIRST: readonly Verdict[] = ["contradicted", "unsupported", "supported"];
/** The file has to open anywhere; whole texts are in `evidence.jsonl`. */
const MOST_PASSAGES = 10;
const MOST_CHARACTERS = 2000;
const SIGNS: Record<Verdict, string> = { supported: "✓", contradicted: "✗", unsupported: "?" };

/** One sample with its evidence: the answer marked by verdict, the passages by what they prove. */
export function sampleSection(sample: ReportSample, language: Language): string {
  const words = WORDS[language];
  const { evidence } = sample;
  if (!evidence) return "";
  const score = sample.weighted_score === null ? words.none : formatScore(sample.weighted_score);
  const passages = evidence.passages ?? [];
  const left = [
    block(words.advice.question, escapeHtml(shorten(evidence.question))),
    block(words.advice.answer, markAnswer(evidence, language)),
    ...(evidence.reference
      ? [block(words.advice.referenceSays, escapeHtml(shorten(evidence.reference.text)))]
      : []),
  ];
  const right = passages
    .slice(0, MOST_PASSAGES)
    .map((passage) =>
      block(
        words.advice.passage(passage.index + 1, passages.length),
        markPassage(passage, evidence),
        "passage",
      ),
    );
  const rest = passages.length - MOST_PASSAGES;
  if (rest > 0) right.push(`<p class="note">${words.summary.morePassages(rest)}</p>`);
  return `<section class="sample"><h3>${escapeHtml(sample.sample_id)} <span class="score">${score}</span> <span class="cause">${escapeHtml(
    causeInWords(evidence.cause, words),
  )}</span></h3>
<div class="sides"><div>${left.join("\n")}</div>
<div>${right.join("\n")}</div></div>
</section>`;
}

function shorten(text: string): string {
  return previewText(text, MOST_CHARACTERS);
}

function block(label: string, content: string, kind = ""): string {
  return `<div class="block${kind && ` ${kind}`}"><h4>${escapeHtml(label)}</h4><p class="text">${content}</p></div>`;
}

function markAnswer(evidence: Evidence, language: Language): string {
  const { answer, claims } = evidence;
  const worst = new Map<number, { verdict: Verdict; claim: EvidenceClaim }>();
  for (const claim of claims) {
    const { of, sentence, verdict } = claim;
    if (of !== "answer" || verdict === null) continue;
    const known = worst.get(sentence)?.verdict;
    const isWorse = !known || WORST_FIRST.indexOf(verdict) < WORST_FIRST.indexOf(known);
    if (isWorse) worst.set(sentence, { verdict, claim });
  }
  const spans = [...worst].flatMap(([index, { verdict, claim }]): MarkedSpan[] => {
    const sentence = answer.sentences[index];
    if (!sentence) return [];
    const sides = readDifference(claim, evidence);
    const words = sides ? sayDifference(sides, language) : WORDS[language].verdict[verdict];
    const note = `${SIGNS[verdict]} ${words}`;
    const differs = claim.difference ? [claim.difference.text] : [];
    return [{ start: sentence.start, end: sentence.end, className: verdict, note, differs }];
  });
  return markSpans(shorten(answer.text), spans);
}

function markPassage(passage: EvidencePassage, { claims }: Evidence): string {
  const inPassage = (span: EvidenceSpan) => span.passage === passage.index;
  const differs = claims.flatMap(({ difference }) =>
    difference && inPassage(difference.passage) ? [difference.passage] : [],
  );
  const spans = claims
    .flatMap((claim) => claim.evidence)
    .filter(inPassage)
    .map(({ start, end }): MarkedSpan => ({ start, end, className: "proof", note: null, differs }));
  return markSpans(shorten(passage.text), spans);
}

interface MarkedSpan extends TextPlace {
  className: "supported" | "contradicted" | "unsupported" | "proof";
  /** Said after the span, for readers who do not see the colour. */
  note: string | null;
  /** What the other side says otherwise. */
  differs: readonly TextPlace[];
}

/** The text with its spans in `<mark>`. Of overlapping spans the earlier one keeps what both cover; what lies behind the end is left out. */
function markSpans(text: string, spans: readonly MarkedSpan[]): string {
  const ordered = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  let html = "";
  let at = 0;
  for (const { start, end, className, note, differs } of ordered) {
    const from = Math.max(at, start);
    const to = Math.min(end, text.length);
    if (to <= from) continue;
    const label = note === null ? "" : ` <small>${escapeHtml(note)}</small>`;
    html += `${escapeHtml(text.slice(at, from))}<mark class="${className}">${stress(text, { start: from, end: to }, differs)}</mark>${label}`;
    at = to;
  }
  return html + escapeHtml(text.slice(at));
}

/** A stretch with what differs in bold. */
function stress(text: string, { start, end }: TextPlace, places: readonly TextPlace[]): string {
  let html = "";
  let at = start;
  for (const place of [...places].sort((a, b) => a.start - b.start)) {
    const [from, to] = [Math.max(at, place.start), Math.min(end, place.end)];
    if (to <= from) continue;
    html += `${escapeHtml(text.slice(at, from))}<b>${escapeHtml(text.slice(from, to))}</b>`;
    at = to;
  }
  return html + escapeHtml(text.slice(at, end));
}
