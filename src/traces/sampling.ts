import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** What is known of a day when a run comes. */
export interface DayOfRuns {
  /** Runs that were taken so far. */
  taken: number;
  /** Runs of the day before that could be scored; null: not known. */
  eligibleBefore: number | null;
}

/**
 * Part of the budget that is spent before the share falls, and the power of what is left it falls with. On a first day
 * nobody knows how many runs come: it falls early and slowly, or the few taken in the evening would stand for thousands.
 */
const KNOWN_DAY = { spentFreely: 2 / 3, power: 2 };
const FIRST_DAY = { spentFreely: 1 / 3, power: 3 };

/**
 * Where a run stands between 0 and 1: it is taken when it stands below the threshold. The same for each of its spans, in
 * every replay, on every machine.
 */
export function placeOfRun(project: string, runKey: string): number {
  const digest = sha256(utf8ToBytes(JSON.stringify([project, runKey])));
  const view = new DataView(digest.buffer, digest.byteOffset);
  // 53 bits, as many as a number has.
  const high = view.getUint32(0) * 2 ** 21;
  return (high + (view.getUint32(4) >>> 11)) / 2 ** 53;
}

/**
 * The share of runs taken at this moment, 0 to 1. It begins where a day like the one before just spends two thirds
 * of the budget, and falls with what is left, to zero with the budget: the evening is heard as the morning was, with the
 * weight of those it stands for. Only what was taken before decides, never the run itself, so
 * that one over the share is an honest weight.
 */
export function shareTaken(
  { rate, budget }: { rate: number; budget: number | null },
  { taken, eligibleBefore }: DayOfRuns,
): number {
  if (budget === null) return rate;
  if (budget <= 0) return 0;
  const expected = eligibleBefore ?? 0;
  const { spentFreely, power } = expected > 0 ? KNOWN_DAY : FIRST_DAY;
  const first = expected > 0 ? Math.min(rate, (spentFreely * budget) / expected) : rate;
  const left = Math.max(0, budget - taken) / (budget * (1 - spentFreely));
  return left >= 1 ? first : first * left ** power;
}
