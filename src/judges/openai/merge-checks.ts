import type { Judged, PassageCheck, Verdict } from "../../scoring/judge.ts";
import type { CheckedPart } from "./check-all.ts";
import type { CheckedClaim } from "./read-checks.ts";

/**
 * One claim over all portions of the passages: supported when one portion supports it, else contradicted when one
 * contradicts it. A portion without an answer fails the cell, because the missing half could change the verdict.
 */
export function mergeChecks(id: string, parts: readonly CheckedPart[]): Judged<PassageCheck> {
  const checks: CheckedClaim[] = [];
  for (const { input, answer } of parts) {
    if (!input.claims.some((claim) => claim.id === id)) continue;
    const item = answer.items.get(id);
    if (!item || !("verdict" in item)) return { ok: false, reason: answer.failure };
    checks.push(item);
  }
  const verdict = strongest(checks.map((check) => check.verdict));
  const deciding = checks.filter((check) => check.verdict === verdict);
  return {
    ok: true,
    value: {
      verdict,
      evidence: verdict === "unsupported" ? [] : deciding.flatMap((check) => check.evidence),
      jointly: verdict === "supported" && deciding.every((check) => check.jointly),
      confidence: null,
    },
  };
}

/** Support anywhere wins, then contradiction. */
export function strongest(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("supported")) return "supported";
  return verdicts.includes("contradicted") ? "contradicted" : "unsupported";
}
