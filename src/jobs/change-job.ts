import type { Sql } from "sql-template-tag";
import { AppError } from "../errors.ts";
import { deletePrefix, evidencePartPrefix, inputPrefix } from "../storage/artifacts.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { getJob } from "../storage/jobs.ts";
import { deleteJob } from "../storage/moves/delete-job.ts";
import { cancelJob } from "../storage/moves/end-job.ts";
import { retryJob } from "../storage/moves/retry-job.ts";
import { dropEmptySession, readTouched, touchSession } from "../storage/sessions.ts";
import { hasChanged, transact } from "../storage/sql.ts";
import { said } from "../words/said.ts";
import type { JobContext } from "./context.ts";
import { runIdOf } from "./ids.ts";
import { canMove, type Move, WAKE_PAUSE_MS } from "./job.ts";
import { SESSION_PACE, wakeSession } from "./session/pace.ts";
import { tryWake, wakeUpOf } from "./wake.ts";
import { wakeDeliveries } from "./webhook/wake-deliveries.ts";

/** Stops spending at once; cancelling what is already cancelled changes nothing. */
export async function stopJob(context: JobContext, job: JobRecord): Promise<JobRecord> {
  if (job.status === "cancelled") return job;
  const isDone = await cancelJob(context.db, job.project, job.id, context.now());
  if (!isDone) throw await refusal(context, job, "cancel");
  context.log({ event: "job.cancelled", job_id: job.id });
  await wakeDeliveries(context, job);
  return reload(context, job);
}

/** Queues what failed again. */
export async function restartJob(context: JobContext, job: JobRecord): Promise<JobRecord> {
  const now = context.now();
  const isDone = await retryJob(context.db, job.project, job.id, {
    now,
    wakeAt: now + WAKE_PAUSE_MS,
  });
  if (!isDone) throw await refusal(context, job, "retry");
  context.live.tell(job, "moved");
  await tryWake(context, [{ message: wakeUpOf(job) }]);
  context.log({ event: "job.retried", job_id: job.id });
  return reload(context, job);
}

/** Removes rows, artifacts and inputs, and does `more` with it. Objects go first: a crash in between leaves a job that can be deleted again. */
export async function removeJob(
  context: JobContext,
  job: JobRecord,
  more: readonly Sql[] = [],
): Promise<void> {
  if (!canMove("delete", job.status)) throw await refusal(context, job, "delete");
  const { db, bucket } = context;
  const now = context.now();
  const holder = { project: job.project, jobId: job.id };
  const ofSession = job.sessionId === null ? null : job.runId;
  await deletePrefix(
    bucket,
    ofSession === null
      ? `${job.project}/runs/${runIdOf(job.id)}`
      : evidencePartPrefix(job.project, ofSession, job.id),
  );
  await deletePrefix(bucket, inputPrefix(job.project, job.id));
  const companions =
    ofSession === null
      ? more
      : [touchSession(holder, "deleted", { ...SESSION_PACE, now }), ...more];
  const answers = await deleteJob(db, job.project, job.id, companions);
  if (answers === null) throw await refusal(context, job, "delete");
  context.live.tell(job, "ended");
  context.log({ event: "job.deleted", job_id: job.id });
  if (ofSession === null) return;
  const [, dropped] = await transact(db, dropEmptySession(job.project, ofSession));
  const isEmpty = hasChanged(dropped);
  if (isEmpty) await deletePrefix(bucket, `${job.project}/runs/${ofSession}`);
  else await wakeSession(context, job.project, readTouched(answers[0], holder, now));
}

async function reload(context: JobContext, job: JobRecord): Promise<JobRecord> {
  return (await getJob(context.db, job.project, job.id)) ?? job;
}

type Refusable = Extract<Move, "cancel" | "retry" | "delete">;

async function refusal(context: JobContext, job: JobRecord, move: Refusable): Promise<AppError> {
  const { status } = await reload(context, job);
  return new AppError(said(`conflict.${move}`, { status }));
}
