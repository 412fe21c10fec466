import type { Evidence, EvidenceSpan } from "../../scoring/evidence.ts";

const FOUND_TEXT = "…";

/**
 * The evidence with one passage more, which stands for the text that repaired claims rest on. When contexts were never
 * sent there is nothing to add to, and the span points nowhere.
 */
export function withFoundPassage(evidence: Evidence): { evidence: Evidence; span: EvidenceSpan } {
  const { passages } = evidence;
  const index = passages?.length ?? 0;
  const span = { passage: index, start: 0, end: FOUND_TEXT.length };
  if (!passages) return { evidence, span };
  const found = {
    index,
    text: FOUND_TEXT,
    sentences: [{ id: `${index + 1}.1`, start: 0, end: FOUND_TEXT.length }],
    relevance: 1,
  };
  return { evidence: { ...evidence, passages: [...passages, found] }, span };
}
