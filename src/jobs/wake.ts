import { errorForLog } from "../error-for-log.ts";
import type { JobContext } from "./context.ts";
import type { WakeUp } from "./messages.ts";

/** Messages a single `sendBatch` takes. */
const MESSAGES_AT_ONCE = 100;

/**
 * Sends wake-ups. A send that fails is not an error: every one of them stands for a row with a time, and the sweep
 * finds it when that has come.
 */
export async function tryWake(
  context: JobContext,
  messages: readonly { message: WakeUp; delaySeconds?: number }[],
): Promise<void> {
  try {
    for (let from = 0; from < messages.length; from += MESSAGES_AT_ONCE) {
      await context.wake(messages.slice(from, from + MESSAGES_AT_ONCE));
    }
  } catch (error) {
    context.log({ event: "wake.failed", messages: messages.length, error: errorForLog(error) });
  }
}

/** The message that wakes a job as a whole: what it needs is found in its rows. */
export function wakeUpOf(job: {
  project: string;
  id: string;
  kind: "single" | "batch";
  total: number;
}): WakeUp {
  const { project, id } = job;
  return job.kind === "batch"
    ? { kind: "plan", project, id }
    : { kind: "score", project, id, from: 0, to: Math.max(0, job.total - 1) };
}
