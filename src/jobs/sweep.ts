import { listDueDeliveries } from "../storage/deliveries.ts";
import { takeTurn } from "../storage/facts.ts";
import { bringTimesBack } from "../storage/moves/bring-times-back.ts";
import { nextWakeAt, takeOverdueJobs } from "../storage/moves/overdue-jobs.ts";
import { listDueSessions } from "../storage/sessions.ts";
import { checkAlerts } from "./check-alerts.ts";
import type { JobContext } from "./context.ts";
import { LEASE_MS, WAKE_PAUSE_MS } from "./job.ts";
import { LONGEST_DELAY_MS } from "./retry-policy.ts";
import { wakeUpOf } from "./wake.ts";
import { LONGEST_WAIT_MS } from "./webhook/schedule.ts";

/** Jobs woken in one sweep; `sendBatch` takes a hundred messages. */
const JOBS_PER_SWEEP = 60;
const SESSIONS_PER_SWEEP = 20;
const DELIVERIES_PER_SWEEP = 20;
/** Clocks of one service differ by less. */
const CLOCKS_APART_MS = 60_000;
/** API traffic starts a sweep at most this often. */
export const SWEEP_EVERY_MS = 15_000;
const LONGEST_LOOK_SECONDS = 60;

/**
 * Wakes jobs that nothing has happened to in time: their message was lost, or their consumer died and its lease
 * has ended; so too for reports of sessions and webhooks. While anything is open it leaves a delayed message behind
 * to look again, so the queue itself keeps time where no cron fires. Bounded: one page of rows, one send.
 */
export async function sweepJobs(context: JobContext, isFreshIsolate = false): Promise<number> {
  const now = context.now();
  await noticeClock(context, now);
  const overdue = await takeOverdueJobs(context.db, now, WAKE_PAUSE_MS, JOBS_PER_SWEEP);
  const sessions = await listDueSessions(context.db, now, SESSIONS_PER_SWEEP);
  const deliveries = await listDueDeliveries(context.db, now, DELIVERIES_PER_SWEEP);
  const messages = [
    ...overdue.map(wakeUpOf),
    ...sessions.map(({ project, runId }) => ({ kind: "report", project, id: runId }) as const),
    ...deliveries.map(({ project, id }) => ({ kind: "deliver", project, id }) as const),
  ].map((message) => ({ message }));
  if (messages.length > 0) {
    await context.wake(messages);
    context.log({
      event: "sweep.woke",
      jobs: overdue.length,
      sessions: sessions.length,
      deliveries: deliveries.length,
    });
  }
  await lookAgain(context, now, isFreshIsolate);
  return overdue.length;
}

/** A clock that was set back is found by times no clock of today could have written. */
async function noticeClock(context: JobContext, now: number): Promise<void> {
  const horizon = {
    work: now + LONGEST_DELAY_MS + CLOCKS_APART_MS,
    deliveries: now + LONGEST_WAIT_MS + CLOCKS_APART_MS,
  };
  if (await bringTimesBack(context.db, horizon, now + LEASE_MS)) {
    context.log({ event: "sweep.clock_set_back" });
  }
}

async function lookAgain(context: JobContext, now: number, isFreshIsolate: boolean): Promise<void> {
  const at = await nextWakeAt(context.db);
  if (at === null) return;
  const delaySeconds = Math.min(LONGEST_LOOK_SECONDS, Math.max(1, Math.ceil((at - now) / 1000)));
  // One look ahead at a time, or every sweep would add a message that sweeps. A fresh isolate cannot know whether
  // the planned look survived the restart, so it plans its own.
  const isMine = await takeTurn(context.db, "sweep_planned", now, now + delaySeconds * 1000);
  if (isMine || isFreshIsolate) await context.wake([{ message: { kind: "sweep" }, delaySeconds }]);
}

/**
 * The sweep on API traffic. The first request of a fresh isolate always sweeps: after a restart local queue
 * messages are gone, and so is the planned look ahead.
 */
export async function sweepOnTraffic(context: JobContext, isFreshIsolate: boolean): Promise<void> {
  const now = context.now();
  if (
    !isFreshIsolate &&
    !(await takeTurn(context.db, "sweep_on_traffic", now, now + SWEEP_EVERY_MS))
  )
    return;
  await sweepJobs(context, isFreshIsolate);
  await checkAlerts(context);
}
