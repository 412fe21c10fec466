import { DUE_ALERTS } from "../storage/alerts.ts";
import { DUE_CHANNELS } from "../storage/channel-messages.ts";
import { dueDeliveries } from "../storage/deliveries.ts";
import type { DueColumn, DuePage, DueRows } from "../storage/due-rows.ts";
import { dueTargets } from "../storage/due-targets.ts";
import { dueExperiments } from "../storage/experiments.ts";
import { overdueJobs } from "../storage/moves/overdue-jobs.ts";
import { DUE_SCHEDULES, LONGEST_LOOK_MS } from "../storage/schedules.ts";
import { DUE_SESSIONS } from "../storage/sessions.ts";
import { dueTraces } from "../storage/traces.ts";
import { WAKE_PAUSE_MS } from "./job.ts";
import type { WakeUp } from "./messages.ts";
import { LONGEST_DELAY_MS } from "./retry-policy.ts";
import { LONGEST_TRACE_MS, TRACE_PAUSE_MS } from "./traces/pace.ts";
import { wakeUpOf } from "./wake.ts";
import { LONGEST_WAIT_MS, LONGEST_WAITS_MS } from "./webhook/schedule.ts";

/** A kind of thing that is due at a time of its own: it waits, is to be tried again, or was held too long. */
interface DueThing extends DueColumn {
  /** What those that are due are woken by. */
  readonly wake: (db: D1Database, page: DuePage) => Promise<WakeUp[]>;
  /** No honest time lies farther ahead. */
  readonly farthestMs: number;
}

function due<Row>(
  { take, ...column }: DueRows<Row>,
  { messageOf, farthestMs }: { messageOf: (row: Row) => WakeUp; farthestMs: number },
): DueThing {
  return {
    ...column,
    farthestMs,
    wake: async (db, page) => (await take(db, page)).map(messageOf),
  };
}

/**
 * All that is due at a time. The queue wakes at the earliest of these times (`sweep.ts`), so a new kind needs no clock of
 * its own: a column of times with a partial index, its `DueRows` beside its other SQL, and a line here. Its message is a
 * kind of `messages.ts`, without which `queue/consume.ts` does not compile. Who writes a row that is due soon sends its
 * message too: what stands here finds what was lost.
 */
export const DUE_THINGS: readonly DueThing[] = [
  due(overdueJobs(WAKE_PAUSE_MS), { messageOf: wakeUpOf, farthestMs: LONGEST_DELAY_MS }),
  due(DUE_SESSIONS, {
    messageOf: ({ project, runId }) => ({ kind: "report", project, id: runId }),
    farthestMs: LONGEST_DELAY_MS,
  }),
  due(dueDeliveries(LONGEST_WAITS_MS), {
    messageOf: ({ project, id }) => ({ kind: "deliver", project, id }),
    farthestMs: LONGEST_WAIT_MS,
  }),
  due(DUE_CHANNELS, {
    messageOf: ({ project, id }) => ({ kind: "tell", project, id }),
    farthestMs: LONGEST_WAIT_MS,
  }),
  due(dueTraces(TRACE_PAUSE_MS), {
    messageOf: ({ project, id }) => ({ kind: "trace", project, id }),
    farthestMs: LONGEST_TRACE_MS,
  }),
  due(dueTargets(WAKE_PAUSE_MS), {
    messageOf: ({ project, id }) => ({ kind: "ask", project, id }),
    farthestMs: WAKE_PAUSE_MS,
  }),
  due(dueExperiments(WAKE_PAUSE_MS), {
    messageOf: ({ project, id }) => ({ kind: "settle", project, id }),
    farthestMs: WAKE_PAUSE_MS,
  }),
  due(DUE_SCHEDULES, {
    messageOf: ({ project, id }) => ({ kind: "schedule", project, id }),
    farthestMs: LONGEST_LOOK_MS,
  }),
  due(DUE_ALERTS, { messageOf: ({ project }) => ({ kind: "alerts", project }), farthestMs: 0 }),
];
