import { readPause } from "../storage/breaker.ts";
import { postponeJob } from "../storage/moves/release-sample.ts";
import { type Failure, type Said, said } from "../words/said.ts";
import type { JobContext } from "./context.ts";
import { LONGEST_DELAY_MS } from "./retry-policy.ts";

/** Jobs that waited together come back over this long, not all at once. */
const SPREAD_MS = 5000;

/**
 * After a claim found nothing: when that is because the provider is away, the job says so and is looked at again
 * when it may be back. No message waits for that; the sweep takes what is due, a page at a time.
 */
export async function waitForJudge(
  context: JobContext,
  job: { project: string; jobId: string },
): Promise<void> {
  const now = context.now();
  const pause = await readPause(context.db, now);
  if (pause === null) return;
  // A rest until tomorrow is looked at again and again: nothing may lie so far ahead that a clock set back hides it.
  const wakeAt = Math.min(pause.until, now + LONGEST_DELAY_MS) + (now % SPREAD_MS);
  await postponeJob(context.db, job, { now, wakeAt }, explainPause(pause));
}

export function explainPause(pause: { until: number; reason: Said }): Failure {
  const until = new Date(pause.until).toISOString();
  return {
    code: "judge_unavailable",
    message: said("judge_rests", { reason: pause.reason, until }),
  };
}
