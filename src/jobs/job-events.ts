import type { JobEventName } from "../contract/live.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { hasEnded } from "./job.ts";

/** Something that happened to a job. Ids grow with what happened, whoever reads them and when. */
export interface JobEvent {
  id: string;
  name: JobEventName;
  /** Milliseconds since 1970. */
  at: number;
}

const STAGES: Record<JobEventName, number> = { queued: 1, running: 2, progress: 3, done: 4 };

/**
 * What happened to a job after the event `lastId`, told from its row alone: nothing is written for it, and whoever
 * comes back late hears everything that still holds, in order. Null: from the start. A job that was restarted
 * begins anew with `queued`.
 */
export function eventsAfter(job: JobRecord, lastId: string | null): JobEvent[] {
  const last = parseId(lastId);
  return tell(job).filter((event) => isLater(event.id, last) && !repeats(event, last));
}

/** Whether an event is news to who has heard `lastId`. */
export function isAfter(id: string, lastId: string | null): boolean {
  return isLater(id, parseId(lastId));
}

/** The same count again: the row changed for another reason. */
function repeats(event: JobEvent, last: readonly number[] | null): boolean {
  const settled = Number(event.id.split("-")[2]);
  return event.name === "progress" && last?.[1] === STAGES.progress && last[2] === settled;
}

function tell(job: JobRecord): JobEvent[] {
  const isRestarted = job.status === "queued" && job.startedAt !== null;
  const queuedAt = isRestarted ? job.updatedAt : job.createdAt;
  const events = [toEvent("queued", queuedAt, 0)];
  if (isRestarted) return events;
  if (job.startedAt !== null) events.push(toEvent("running", job.startedAt, 0));
  const settled = job.done + job.failed;
  if (job.kind === "batch" && settled > 0) {
    events.push(toEvent("progress", Math.max(job.updatedAt, job.startedAt ?? 0), settled));
  }
  if (hasEnded(job.status)) events.push(toEvent("done", job.finishedAt ?? job.updatedAt, settled));
  return events;
}

function toEvent(name: JobEventName, at: number, settled: number): JobEvent {
  return { id: `${at}-${STAGES[name]}-${settled}`, name, at };
}

function parseId(id: string | null): readonly number[] | null {
  if (id === null || !/^\d{1,15}-\d-\d{1,9}$/.test(id)) return null;
  return id.split("-").map(Number);
}

function isLater(id: string, last: readonly number[] | null): boolean {
  if (last === null) return true;
  const parts = id.split("-").map(Number);
  for (const [at, part] of parts.entries()) {
    const before = last[at] ?? 0;
    if (part !== before) return part > before;
  }
  return false;
}
