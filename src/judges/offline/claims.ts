import type { CutText } from "../../scoring/sample.ts";
import { isCheckable } from "./checkable.ts";
import { tokenize } from "./tokens.ts";

export interface ClaimText {
  text: string;
  /** Zero-based index of the sentence. */
  sentence: number;
}

/**
 * The sentences that state something, each one claim. Questions and courtesy are left out unless there is nothing
 * else. Splitting sentences into clauses was tried: a clause without its subject matches anything, and the measures fell.
 */
export function selectClaims(text: CutText): ClaimText[] {
  const sentences = text.sentences
    .map(({ start, end }, sentence) => ({ text: text.text.slice(start, end), sentence }))
    .filter((claim) => tokenize(claim.text).length > 0);
  const stating = sentences.filter((claim) => isCheckable(claim.text));
  return stating.length > 0 ? stating : sentences;
}
