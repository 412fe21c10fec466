import type { TouchedSession } from "../../storage/sessions.ts";
import type { JobContext } from "../context.ts";
import { tryWake } from "../wake.ts";

/**
 * A session's report is rebuilt at most every five seconds, and the longer the session the less often: every call is
 * read again, so a build of a thousand calls is worth waiting some seconds more.
 */
export const SESSION_PACE = { everyMs: 5000, perCallMs: 20 } as const;

/** Sends the one wake-up for the next build; the session's row brings the sweep to it should this be lost. */
export async function wakeSession(
  context: JobContext,
  project: string,
  touched: TouchedSession | null,
): Promise<void> {
  if (touched?.isFirst !== true) return;
  const delaySeconds = Math.max(1, Math.ceil((touched.dueAt - context.now()) / 1000));
  const message = { kind: "report", project, id: touched.runId } as const;
  await tryWake(context, [{ message, delaySeconds }]);
}
