import { artifactsKey, deletePrefix, inputPrefix } from "../../storage/artifacts.ts";
import { type BatchRecord, finishBatch } from "../../storage/batches.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { failJob } from "../../storage/moves/end-job.ts";
import { getProject } from "../../storage/projects.ts";
import { meanWeightedScore, mostFrequentError, sumUsage } from "../../storage/report-rows.ts";
import { judgeAskedBy } from "../chosen-judge.ts";
import type { JobContext } from "../context.ts";
import { runIdOf } from "../ids.ts";
import { addEngineerAdvice } from "../judge-advice.ts";
import { buildRun } from "../report/build-run.ts";
import { beginReport } from "../report/head-of-report.ts";
import { toRunRecord } from "../report/run-record.ts";

/** Ends a batch: the report over all samples, or the reason why none could be scored. False: somebody else did. */
export async function reportBatch(
  context: JobContext,
  job: JobRecord,
  batch: BatchRecord,
): Promise<boolean> {
  const holder = { project: job.project, jobId: job.id, attempt: batch.attempt };
  if (job.done === 0) {
    const error = await mostFrequentError(context.db, job.id);
    return failJob(context.db, { ...holder, attempt: null }, context.now(), error);
  }
  const source = { kind: "job", project: job.project, jobId: job.id } as const;
  const { options } = batch;
  const chosen = await context.chooseJudge(judgeAskedBy(job.project, options));
  const usage = await sumUsage(context.db, source);
  const project = await getProject(context.home, job.project);
  const runId = runIdOf(job.id);
  const finishedAt = context.now();
  const prefix = artifactsKey(job.project, runId, batch.attempt);
  const { report } = await buildRun(
    context,
    source,
    {
      ...(await beginReport(context, job, chosen, {
        ...{ run_id: runId, mode: "batch", session_id: null, finishedAt },
      })),
      usage,
      rejectedRows: job.badRows,
      options: { thresholds: project?.thresholds },
      finish: (report) => addEngineerAdvice(context, chosen, report),
    },
    prefix,
  );
  const weightedScore = await meanWeightedScore(context.db, job.id);
  const run = toRunRecord(job.project, report, batch.attempt);
  const isWinner = await finishBatch(context.db, holder, run, { weightedScore, usage });
  if (isWinner && !options.store_text) {
    await deletePrefix(context.bucket, inputPrefix(job.project, job.id));
  }
  return isWinner;
}
