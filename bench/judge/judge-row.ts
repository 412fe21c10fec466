import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { cutSample } from "../../src/scoring/cut-text.ts";
import type { JudgedClaim, JudgedTable } from "../../src/scoring/judge.ts";
import { ALL_NEEDS } from "../../test/judges/all-needs.ts";
import type { Side } from "./rows.ts";

const judge = createOfflineJudge();

/** The judge's table for one row, exactly as the product would get it. */
export function judgeSide(side: Side, reference = side.ground_truth ?? null): Promise<JudgedTable> {
  const sample = {
    question: side.question,
    answer: side.answer,
    passages: side.contexts.length > 0 ? side.contexts : null,
    reference,
    referencePassages: null,
    retrievedIds: null,
    referenceIds: null,
  };
  return judge.fill(cutSample(sample), ALL_NEEDS);
}

/** Support of every answer claim by the passages. */
export function claimSupports(table: JudgedTable): number[] {
  return claimsOf(table, "answerClaims").flatMap(({ passages }) =>
    passages?.ok ? [passages.value.support ?? 0] : [],
  );
}

/** Support of every reference claim by the answer. */
export function referenceSupports(table: JudgedTable): number[] {
  return claimsOf(table, "referenceClaims").map(({ otherSupport }) => otherSupport ?? 0);
}

export function claimsOf(
  table: JudgedTable,
  part: "answerClaims" | "referenceClaims",
): readonly JudgedClaim[] {
  const judged = table[part];
  return judged?.ok ? judged.value : [];
}
