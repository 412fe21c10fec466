import type { Finding } from "../advice/findings.ts";
import { previewText } from "../report/preview-text.ts";
import { escapeMarkdown } from "./markdown.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Words } from "./words/words.ts";

const MOST_ROWS = 20;
const MOST_CHARACTERS = 160;

/** What the retrieved passages lack, statement by statement, for whoever looks after the documents. */
export function gapLines(findings: readonly Finding[], words: Words): string[] {
  const rows: string[][] = [];
  let rest = 0;
  for (const { sample, evidence, claimIds } of findings) {
    const missing = new Set(claimIds);
    for (const claim of evidence.claims) {
      if (!missing.has(claim.id)) continue;
      if (rows.length >= MOST_ROWS) rest++;
      else rows.push([cell(sample.sample_id), cell(evidence.question), cell(claim.text)]);
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

function cell(text: string): string {
  return escapeMarkdown(previewText(text, MOST_CHARACTERS));
}
