import { encodeTime } from "ulid";
import { AppError } from "../../errors.ts";
import { getExperiment, hasOpenRun } from "../../storage/experiments.ts";
import {
  changeSchedule,
  dueFor,
  getSchedule,
  type ScheduleRecord,
} from "../../storage/schedules.ts";
import { type Said, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { lookAgainAt } from "../sweep.ts";
import { checkConfirmed, planExperiment, startExperiment } from "./start-experiment.ts";

const HOUR_MS = 60 * 60 * 1000;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Starts what a schedule is due for, once, and says when the next one comes. Safe to call at any time, any number of times. */
export async function startScheduled(
  context: JobContext,
  { project, id }: { project: string; id: string },
): Promise<void> {
  const schedule = await getSchedule(context.db, project, id);
  const now = context.now();
  if (schedule === null || schedule.nextAt === null) return;
  const { nextAt, everyHours } = schedule;
  if (nextAt > now) {
    const later = dueFor(nextAt, now);
    await changeSchedule(context.db, schedule, later, nextAt);
    return lookAgainAt(context, later.dueAt ?? now);
  }
  const problem = await start(context, schedule, nextAt);
  const everyMs = everyHours * HOUR_MS;
  // Times that passed while nothing ran are not made up for.
  const next = dueFor(nextAt + everyMs * (Math.floor((now - nextAt) / everyMs) + 1), now);
  await changeSchedule(context.db, schedule, { ...next, problem }, nextAt);
  context.log({
    event: problem === null ? "schedule.started" : "schedule.skipped",
    schedule_id: id,
  });
  await lookAgainAt(context, next.dueAt ?? now);
}

/** Null, or why it did not start. */
async function start(
  context: JobContext,
  schedule: ScheduleRecord,
  dueAt: number,
): Promise<Said | null> {
  const { project, id, plan: wish, createdBy } = schedule;
  // The same occasion has the same ids, whoever starts it and how often.
  const ids = await idsOf(id, dueAt);
  if ((await getExperiment(context.db, project, `exp_${ids(0)}`)) !== null) return null;
  if (await hasOpenRun(context.db, project, id)) return said("schedule_running");
  try {
    const plan = await planExperiment(context, project, {
      ...wish,
      name: wish.name ?? schedule.name,
    });
    // Whoever made the schedule has confirmed it.
    checkConfirmed(plan, plan.asks, context.now());
    let n = 0;
    await startExperiment(context, plan, { project, createdBy, scheduleId: id }, () => ids(n++));
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.said;
    throw error;
  }
}

/** Ids that are made of the schedule and its time, in the form of all others. */
async function idsOf(scheduleId: string, dueAt: number): Promise<(n: number) => string> {
  const bytes = new TextEncoder().encode(`${scheduleId} ${dueAt}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const tail = Array.from(hash.subarray(0, 13), (byte) => ALPHABET[byte % 32]).join("");
  return (n) => `${encodeTime(dueAt, 10)}${tail}${String(n).padStart(3, "0")}`;
}
