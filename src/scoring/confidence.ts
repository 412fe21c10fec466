import type { EvidenceClaim } from "./evidence.ts";
import type { Confidence } from "./outcome.ts";

/** How sure a verdict must be, 0..1, to count as high, as medium; measured in bench/judge/README.md. */
const HIGH = 0.9;
const MEDIUM = 0.75;

/** A number is as sure as the least sure verdict behind it; null: no judge said how sure it is. */
export function weakest(sureness: readonly number[]): Confidence | null {
  if (sureness.length === 0) return null;
  const least = Math.min(...sureness);
  if (least >= HIGH) return "high";
  return least >= MEDIUM ? "medium" : "low";
}

/** How sure the verdict on the passages is; of the other text as far as its probability is from one half. */
export function surenessOf(claim: EvidenceClaim, side: "passages" | "other"): number[] {
  if (side === "passages") return claim.confidence === null ? [] : [claim.confidence];
  const support = claim.support_by_other;
  return support === undefined ? [] : [Math.max(support, 1 - support)];
}
