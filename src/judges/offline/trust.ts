import { weakest } from "../../scoring/confidence.ts";
import type { JudgedClaim } from "../../scoring/judge.ts";
import type { Confidence } from "../../scoring/outcome.ts";

/**
 * How far the table as a whole can be believed: as far as its least sure verdict. Each metric says the same of the
 * verdicts it rests on; null when no verdict was asked.
 */
export function trustOf(claims: readonly JudgedClaim[]): Confidence | null {
  return weakest(
    claims.flatMap(({ passages, otherSupport }) => [
      ...(passages?.ok && passages.value.confidence !== null ? [passages.value.confidence] : []),
      ...(otherSupport === undefined ? [] : [Math.max(otherSupport, 1 - otherSupport)]),
    ]),
  );
}
