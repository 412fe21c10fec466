import { actorOf } from "../../access/audit.ts";
import type { Schedule } from "../../contract/experiment.ts";
import { AppError } from "../../errors.ts";
import { type Http, originOf, readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { planExperiment } from "../../jobs/experiments/start-experiment.ts";
import { lookAgainAt } from "../../jobs/sweep.ts";
import {
  changeSchedule,
  deleteSchedule,
  dueFor,
  getSchedule,
  insertSchedule,
  listSchedules,
  type ScheduleRecord,
} from "../../storage/schedules.ts";
import { said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { EXPERIMENT_ROUTES } from "./routes.ts";

const MOST_SCHEDULES = 50;
const HOUR_MS = 60 * 60 * 1000;
const FARTHEST_MS = 31 * 24 * HOUR_MS;

export const SCHEDULE_HANDLERS = {
  async list_schedules(http) {
    const found = await listSchedules(
      http.get("jobs").db,
      http.get("caller").project,
      MOST_SCHEDULES,
    );
    return { schedules: found.map((schedule) => view(http, schedule)) };
  },

  /** What it would ask is planned once, so that a mistake is told now and not at night. */
  async create_schedule(http, { body }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    if (
      (await listSchedules(context.db, caller.project, MOST_SCHEDULES)).length >= MOST_SCHEDULES
    ) {
      throw new AppError(said("conflict.too_many", { limit: MOST_SCHEDULES }));
    }
    await planExperiment(context, caller.project, body.experiment);
    const now = context.now();
    const due = dueFor(timeOf(body.next_at, now) ?? now + body.every_hours * HOUR_MS, now);
    const schedule = {
      ...{
        project: caller.project,
        id: `sch_${context.newId()}`,
        name: body.name,
        plan: body.experiment,
      },
      ...{ everyHours: body.every_hours, ...due, createdAt: now, createdBy: actorOf(caller) },
      ...{ origin: originOf(http), problem: null },
    };
    await insertSchedule(context.db, schedule);
    await lookAgainAt(context, due.dueAt ?? now);
    return view(http, schedule);
  },

  async change_schedule(http, { params, body }) {
    const context = http.get("jobs");
    const schedule = await find(http, params.schedule_id);
    const now = context.now();
    const everyHours = body.every_hours ?? schedule.everyHours;
    const next = timeOf(body.next_at, now) ?? schedule.nextAt;
    const isOn = body.enabled ?? next !== null;
    const changes = {
      ...{ name: body.name ?? schedule.name, everyHours },
      ...dueFor(isOn ? (next ?? now + everyHours * HOUR_MS) : null, now),
    };
    await changeSchedule(context.db, schedule, changes);
    if (changes.dueAt !== null) await lookAgainAt(context, changes.dueAt);
    return view(http, { ...schedule, ...changes });
  },

  async delete_schedule(http, { params: { schedule_id: id } }) {
    if (await deleteSchedule(http.get("jobs").db, http.get("caller").project, id)) return;
    throw new AppError(said("not_found.schedule", { id: id.slice(0, 100) }));
  },
} satisfies Partial<Handlers<typeof EXPERIMENT_ROUTES>>;

/** A time that has passed is now; one that is too far ahead is as far as there may be. */
function timeOf(text: string | undefined, now: number): number | null {
  if (text === undefined) return null;
  return Math.min(Math.max(Date.parse(text), now), now + FARTHEST_MS);
}

async function find(http: Http, id: string): Promise<ScheduleRecord> {
  const schedule = await getSchedule(http.get("jobs").db, http.get("caller").project, id);
  if (schedule === null) throw new AppError(said("not_found.schedule", { id: id.slice(0, 100) }));
  return schedule;
}

function view(http: Http, schedule: ScheduleRecord): Schedule {
  return {
    schedule_id: schedule.id,
    name: schedule.name,
    experiment: schedule.plan,
    every_hours: schedule.everyHours,
    next_at: schedule.nextAt === null ? null : isoTime(schedule.nextAt),
    problem: schedule.problem && say(schedule.problem, readerOf(http)),
    created_at: isoTime(schedule.createdAt),
    created_by: schedule.createdBy,
  };
}
