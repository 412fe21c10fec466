import { errorForLog } from "../error-for-log.ts";
import { bringTimesBack, nextDueAt } from "../storage/due-rows.ts";
import { planLook, takeTurn } from "../storage/facts.ts";
import type { JobContext } from "./context.ts";
import { DUE_THINGS } from "./due.ts";
import { LEASE_MS, WAKE_PAUSE_MS } from "./job.ts";
import type { WakeUp } from "./messages.ts";
import { lookForShutdowns } from "./model-shutdowns.ts";
import { tryWake } from "./wake.ts";

/** Of each kind, woken in one sweep. */
const WOKEN_AT_ONCE = 60;
const LONGEST_IN_LINE_MS = 5 * 60 * 1000;
/** Clocks of one service differ by less. */
const CLOCKS_APART_MS = 60_000;
/** API traffic starts a sweep at most this often. */
export const SWEEP_EVERY_MS = 15_000;
/** The queue delays no message longer; what is due later is near enough for a later sweep. */
const LONGEST_MESSAGE_DELAY_MS = 24 * 60 * 60 * 1000;

/**
 * Wakes what is due and nobody works at: its message was lost, or its consumer died and its lease has ended. Leaves a
 * message behind that comes when the next thing falls due, so the queue itself keeps time, and only while there is
 * something to wait for; the cron is the net below. Bounded: a page of rows of each kind. Says how many were woken.
 */
export async function sweepJobs(context: JobContext): Promise<number> {
  const now = context.now();
  if (await bringTimesBack(context.db, DUE_THINGS, now + CLOCKS_APART_MS, now + LEASE_MS)) {
    context.log({ event: "sweep.clock_set_back" });
  }
  // With more in the queue than a sweep sends, jobs that are overdue wait in line there: sent once more they would make it
  // longer. What has really been lost waits until the line is short, and this long at most.
  const isBehind = (await context.backlog()) > WOKEN_AT_ONCE;
  const page = { now, limit: WOKEN_AT_ONCE, lostBy: isBehind ? now - LONGEST_IN_LINE_MS : now };
  const messages: WakeUp[] = [];
  const counts: Record<string, number> = {};
  for (const { table, wake } of DUE_THINGS) {
    const woken = await wake(context.db, page);
    messages.push(...woken);
    counts[table] = woken.length;
  }
  const looks = [await nextDueAt(context.db, DUE_THINGS, now)];
  if (isBehind) looks.push(now + WAKE_PAUSE_MS);
  if (messages.length > 0) {
    context.log({ event: "sweep.woke", ...counts });
    await tryWake(
      context,
      messages.map((message) => ({ message })),
    );
    // What was woken gets time to be taken; more than a page of it does not wait for that.
    const isMore = Object.values(counts).includes(WOKEN_AT_ONCE);
    looks.push(isMore ? now : now + WAKE_PAUSE_MS);
  }
  const times = looks.filter((at) => at !== null);
  if (times.length > 0) await lookAgainAt(context, Math.min(...times));
  return messages.length;
}

/** Sees to it that the queue looks for work at `at`, or before. Never throws: what fails or is lost is left to the cron. */
export async function lookAgainAt(context: JobContext, at: number): Promise<void> {
  const now = context.now();
  if (at - now > LONGEST_MESSAGE_DELAY_MS) return;
  const isMine = await planLook(context.db, now, at).catch((error: unknown) => {
    context.log({ event: "sweep.failed", error: errorForLog(error) });
    return false;
  });
  if (!isMine) return;
  const delaySeconds = Math.max(1, Math.ceil((at - now) / 1000));
  await tryWake(context, [{ message: { kind: "sweep" }, delaySeconds }]);
}

/** The sweep on API traffic, for times when the queue was away and has no message that keeps time. */
export async function sweepOnTraffic(context: JobContext): Promise<void> {
  const now = context.now();
  if (!(await takeTurn(context.db, "sweep_on_traffic", now, now + SWEEP_EVERY_MS))) return;
  await sweepJobs(context);
  await lookForShutdowns(context);
}
