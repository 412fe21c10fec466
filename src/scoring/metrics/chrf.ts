import { runAtOnce, type Steps } from "../steps.ts";
import { countSharedGrams } from "./shared-grams.ts";

const ORDER = 6;
const BETA = 2;

/**
 * chrF: F2 of the mean precision and mean recall of character 1- to 6-grams, blanks removed, case kept; orders for
 * which one side has no n-grams are left out. Range 0..1, higher is better; 0 when a side is blank. Works for every
 * script. Source: sacrebleu's chrF (word order 0), as used by Ragas' `chrf_score`.
 */
export function chrf(response: string | null, reference: string | null): number {
  return runAtOnce(chrfInSteps(response, reference));
}

/** The same for texts that may be long. */
export function* chrfInSteps(response: string | null, reference: string | null): Steps<number> {
  const answer = [...(response ?? "").replace(/\s+/g, "")];
  const target = [...(reference ?? "").replace(/\s+/g, "")];
  const shared = yield* countSharedGrams(answer, [target], ORDER);
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let order = 1; order <= ORDER; order++) {
    const answerTotal = answer.length - order + 1;
    const targetTotal = target.length - order + 1;
    if (answerTotal <= 0 || targetTotal <= 0) break;
    const matches = shared[order - 1] ?? 0;
    precision += matches / answerTotal;
    recall += matches / targetTotal;
    orders++;
  }
  if (orders === 0 || precision + recall === 0) return 0;
  const p = precision / orders;
  const r = recall / orders;
  const weight = BETA * BETA;
  return Math.min(1, ((1 + weight) * p * r) / (weight * p + r));
}
