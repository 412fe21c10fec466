import type { JobSource } from "../../contract/job.ts";
import type { BatchFormat } from "../../intake/batch-rows/format.ts";
import type { RowFormat } from "../../intake/formats/format.ts";
import { withCriteria } from "../../intake/scored-metrics.ts";
import { DEFAULT_METRICS } from "../../scoring/metrics/registry.ts";
import { insertBatchJob } from "../../storage/batches.ts";
import { type JobRecord, newJob } from "../../storage/job-records.ts";
import type { BatchOptions } from "../../storage/schema.ts";
import type { SaidWarning } from "../../words/said.ts";
import { checkJudge } from "../check-judge.ts";
import { judgeAskedBy } from "../chosen-judge.ts";
import type { JobContext } from "../context.ts";
import { dedupeOf, insertOnce } from "../dedupe.ts";
import { WAKE_PAUSE_MS } from "../job.ts";
import { tryWake, wakeUpOf } from "../wake.ts";
import { type Callback, checkCallback, chooseCallback } from "../webhook/callback.ts";

export interface BatchSubmission {
  project: string;
  submittedBy: string;
  /** Chosen before the upload is stored under it. */
  jobId: string;
  uploadKey: string;
  format: BatchFormat;
  /** Whose names its first row has; null: the row is not there yet. */
  rowFormat?: RowFormat | null;
  /** Of the upload's bytes and the options. */
  fingerprint: string;
  idempotencyKey: string | null;
  source: JobSource;
  options: BatchOptions;
  name: string | null;
  tags: Record<string, string> | null;
  callbackUrl: string | null;
  /** What was found out before its rows are read. */
  warnings?: readonly SaidWarning[];
  traceparent: string | null;
  origin: string;
}

/** Refuses what can be refused before an upload is read. */
export function checkBatch(
  context: JobContext,
  options: Omit<BatchOptions, "charset">,
  callbackUrl: string | null,
): void {
  checkJudge(context.settings, options);
  checkCallback(context, callbackUrl, "callback_url");
}

/** Writes a batch whose upload is stored, then wakes its planning. A replayed one leaves its upload behind. */
export async function acceptBatch(
  context: JobContext,
  submission: BatchSubmission,
): Promise<{ job: JobRecord; isNew: boolean }> {
  const callback = await chooseCallback(
    context,
    {
      field: "callback_url",
      project: submission.project,
      language: submission.options.language ?? "en",
      origin: submission.origin,
      createdBy: submission.submittedBy,
    },
    submission.callbackUrl,
  );
  const job = await newBatchJob(context, submission, callback);
  const dedupe = dedupeOf({ ...submission, path: "batch" });
  const { format, options, uploadKey } = submission;
  const accepted = await insertOnce(context, job, dedupe, () =>
    insertBatchJob(context.db, job, dedupe?.key ?? null, context.now() + WAKE_PAUSE_MS, {
      format,
      options,
      uploadKey,
    }),
  );
  if (!accepted.isNew) return accepted;
  context.log({ event: "job.accepted", job_id: job.id, project: job.project, kind: "batch" });
  await tryWake(context, [{ message: wakeUpOf(job) }]);
  return accepted;
}

async function newBatchJob(
  context: JobContext,
  submission: BatchSubmission,
  callback: Callback,
): Promise<JobRecord> {
  const { options } = submission;
  const chosen = await context.chooseJudge(judgeAskedBy(submission.project, options));
  return newJob(context.now(), {
    project: submission.project,
    id: submission.jobId,
    kind: "batch",
    question: "",
    name: submission.name,
    tags: submission.tags ?? {},
    language: options.language ?? "en",
    metrics: withCriteria(options.metrics ?? DEFAULT_METRICS, options.criteria ?? null),
    judge: chosen.kind,
    judgeModel: chosen.model,
    embeddingModel: chosen.embeddingModel,
    callbackUrl: callback.url,
    traceparent: submission.traceparent,
    submittedBy: submission.submittedBy,
    fingerprint: submission.fingerprint,
    total: 0,
    warnings: [...(submission.warnings ?? []), ...callback.warnings],
    fallback: options.fallback,
    origin: callback.url === null ? null : submission.origin,
    format: options.format ?? submission.rowFormat ?? null,
    source: submission.source,
  });
}
