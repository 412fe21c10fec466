const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits before each further attempt, as the Standard Webhooks specification suggests. */
const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** A queue delays a message no longer; a receiver cannot ask for more either. */
export const LONGEST_WAIT_MS = 24 * HOUR;

/** The longest honest wait by the number of attempts made, unless a receiver asked for more: the first is due at once. */
export const LONGEST_WAITS_MS: readonly number[] = [0, ...WAITS_MS.map((wait) => wait * 1.1)];

/**
 * Milliseconds to wait after attempt number `attempt` (from 1) failed, or null when that was the last. At least as
 * long as the receiver asked for; `jitter` is 0..1 and adds up to a tenth.
 */
export function nextWaitMs(
  attempt: number,
  jitter: number,
  retryAfterMs: number | null,
): number | null {
  const wait = WAITS_MS[attempt - 1];
  if (wait === undefined) return null;
  const spread = Math.round(wait * (1 + jitter / 10));
  return Math.min(LONGEST_WAIT_MS, Math.max(spread, retryAfterMs ?? 0));
}
