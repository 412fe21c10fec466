import type { Report, Warning } from "../../contract.ts";
import { NO_USAGE } from "../../scoring/usage.ts";
import { artifactsKey, deletePrefix } from "../../storage/artifacts.ts";
import {
  dropRescored,
  finishRescored,
  IS_RESCORED,
  insertRescored,
  type RescoredJob,
  type RescoredSample,
} from "../../storage/rescored.ts";
import { insertRun } from "../../storage/runs.ts";
import { APP_VERSION } from "../../version.ts";
import type { JobContext } from "../context.ts";
import { buildRun } from "../report/build-run.ts";
import { headOf } from "../report/head-of-report.ts";
import { toRunRecord } from "../report/run-record.ts";
import type { RescoreOutcome, RescoreWish } from "./rescore-wish.ts";
import { writeSamples } from "./write-samples.ts";

/** A run of its own from the judgements of another, with other metrics or thresholds. */
export async function createRun(
  context: JobContext,
  wish: RescoreWish,
  base: Report,
  change: { metrics: string[]; thresholds: NonNullable<Report["thresholds"]> },
): Promise<RescoreOutcome> {
  const { project, runId: rescoredFrom } = wish;
  const id = context.newId();
  const [jobId, runId] = [`job_${id}`, `run_${id}`];
  const written = await writeSamples(context, { project, rescoredFrom, runId }, change.metrics);
  const { samples } = written;
  const job = toJob(context, wish, base, change.metrics, { jobId, runId, samples });
  await insertRescored(context.db, job, samples);
  try {
    const prefix = artifactsKey(project, runId, 1);
    const head = headOf(base);
    const { report, etags } = await buildRun(
      context,
      { kind: "job", project, jobId },
      {
        ...head,
        run: {
          ...head.run,
          run_id: runId,
          mode: samples.length === 1 ? "single" : "batch",
          metrics: change.metrics,
          finished_at: new Date(job.now).toISOString(),
          session_id: null,
        },
        versions: { ...base.versions, app: APP_VERSION },
        usage: NO_USAGE,
        options: { thresholds: change.thresholds, rescoredFrom },
      },
      prefix,
    );
    const run = toRunRecord(project, report, prefix, etags);
    await context.db.batch([
      finishRescored(context.db, job),
      insertRun(context.db, run, { sql: IS_RESCORED, values: [jobId] }),
    ]);
    context.log({ event: "run.rescored", run_id: runId, from: rescoredFrom, samples: job.total });
    return {
      runId,
      jobId,
      action: "created",
      report,
      sampleCount: samples.length,
      differing: [],
      identical: null,
    };
  } catch (error) {
    await dropRescored(context.db, project, jobId);
    await deletePrefix(context.bucket, `${project}/runs/${runId}`);
    throw error;
  }
}

function toJob(
  context: JobContext,
  { project, submittedBy, runId: rescoredFrom }: RescoreWish,
  { run, language }: Report,
  metrics: string[],
  { jobId, runId, samples }: { jobId: string; runId: string; samples: readonly RescoredSample[] },
): RescoredJob {
  const warning: Warning = {
    code: "rescored",
    message: `Computed from the judgements of ${rescoredFrom}; no judge was asked.`,
    fix: "Score the samples anew for metrics that need other judgements.",
  };
  return {
    project,
    id: jobId,
    runId,
    name: run.name,
    tags: run.tags,
    language,
    metrics,
    judge: run.judge.startsWith("llm") ? "llm" : "offline",
    judgeModel: run.judge_model,
    embeddingModel: run.embedding_model,
    submittedBy,
    rescoredFrom,
    question: samples.length === 1 ? (samples[0]?.question ?? "") : "",
    total: samples.length,
    failed: samples.filter(({ error }) => error !== null).length,
    warnings: [warning],
    now: context.now(),
  };
}
