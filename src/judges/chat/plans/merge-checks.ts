import type {
  Judged,
  PassageCheck,
  PassageUsefulness,
  UsefulFor,
  Verdict,
} from "../../../scoring/judge.ts";
import type { CheckInput } from "../questions/check-passages.ts";
import type { CheckedClaim, CheckItem } from "../questions/read-checks.ts";
import type { Answer } from "./ask.ts";

/** What one call was shown and what came of it. */
export interface CheckedPart {
  input: CheckInput;
  answer: Answer<CheckItem>;
}

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

/** Over all portions: a passage that was cut in two is useful when one of its halves is. */
export function mergeUsefulness(
  texts: readonly UsefulFor[],
  passageCount: number,
  parts: readonly CheckedPart[],
): Judged<PassageUsefulness> {
  const flags = new Map(texts.map((text) => [text, new Array<boolean>(passageCount).fill(false)]));
  for (const { input, answer } of parts) {
    if (!input.usefulness) continue;
    for (const passage of new Set(input.sentences.map((sentence) => sentence.passage))) {
      const item = answer.items.get(`u${passage + 1}`);
      if (!item || !("useful" in item)) return { ok: false, reason: answer.failure };
      for (const [text, list] of flags) list[passage] ||= item.useful[text] === true;
    }
  }
  return { ok: true, value: Object.fromEntries(flags) };
}
