import { AppError } from "../errors.ts";
import { deletePrefix, inputKey } from "../storage/artifacts.ts";
import { cancelJob, deleteJob, retryJob } from "../storage/job-moves.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { getJob } from "../storage/jobs.ts";
import type { JobContext } from "./context.ts";
import { canMove, type Move, WAKE_PAUSE_MS } from "./job.ts";

/** Stops spending at once; cancelling what is already cancelled changes nothing. */
export async function stopJob(context: JobContext, job: JobRecord): Promise<JobRecord> {
  if (job.status === "cancelled") return job;
  const isDone = await cancelJob(context.db, job.project, job.id, context.now());
  if (!isDone) throw await refusal(context, job, "cancel");
  context.log({ event: "job.cancelled", job_id: job.id });
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
  const message = {
    kind: "score",
    project: job.project,
    id: job.id,
    from: 0,
    to: job.total - 1,
  } as const;
  await context.wake([{ message }]).catch(() => undefined);
  context.log({ event: "job.retried", job_id: job.id });
  return reload(context, job);
}

/** Removes rows, artifacts and inputs. Objects go first: a crash in between leaves a job that can be deleted again. */
export async function removeJob(context: JobContext, job: JobRecord): Promise<void> {
  if (!canMove("delete", job.status)) throw await refusal(context, job, "delete");
  if (job.runId !== null) await deletePrefix(context.bucket, `${job.project}/runs/${job.runId}`);
  await context.bucket.delete(inputKey(job.project, job.id, 0));
  const isDone = await deleteJob(context.db, job.project, job.id);
  if (!isDone) throw await refusal(context, job, "delete");
  context.log({ event: "job.deleted", job_id: job.id });
}

async function reload(context: JobContext, job: JobRecord): Promise<JobRecord> {
  return (await getJob(context.db, job.project, job.id)) ?? job;
}

const ADVICE: Partial<Record<Move, string>> = {
  cancel: "Only a queued or running job can be cancelled.",
  retry: "Only a failed or cancelled job can be retried.",
  delete: "Cancel it first.",
};

async function refusal(context: JobContext, job: JobRecord, move: Move): Promise<AppError> {
  const { status } = await reload(context, job);
  return new AppError("conflict", `The job is ${status}. ${ADVICE[move] ?? ""}`);
}
