import type { Report } from "../../contract/report.ts";
import { kindOfJudge } from "../../scoring/outcome.ts";
import { NO_USAGE } from "../../scoring/usage.ts";
import { artifactsKey, deletePrefix } from "../../storage/artifacts.ts";
import { type JobRecord, newJob } from "../../storage/job-records.ts";
import {
  dropRescored,
  finishRescored,
  insertRescored,
  isRescored,
  type RescoredSample,
} from "../../storage/rescored.ts";
import { insertRun } from "../../storage/runs.ts";
import { transact } from "../../storage/sql.ts";
import { APP_VERSION } from "../../version.ts";
import { said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { buildRun } from "../report/build-run.ts";
import { headOf } from "../report/head-of-report.ts";
import { toRunRecord } from "../report/run-record.ts";
import type { RescoreOutcome, RescoreWish } from "./rescore-wish.ts";
import { writeSamples } from "./write-samples.ts";

/** Nothing is tried again: what breaks is taken back. */
const ATTEMPT = 1;

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
  const [only] = samples.length === 1 ? samples : [];
  const now = context.now();
  const job = newJob(now, {
    ...ofBase(wish, base),
    id: jobId,
    startedAt: now,
    kind: samples.length === 1 ? "single" : "batch",
    metrics: change.metrics,
    question: "",
    total: samples.length,
    ...(only ? saidByJob(only) : {}),
  });
  await insertRescored(context.db, job, samples);
  try {
    const prefix = artifactsKey(project, runId, ATTEMPT);
    const head = headOf(base);
    const { report } = await buildRun(
      context,
      { kind: "job", project, jobId },
      {
        ...head,
        run: {
          ...head.run,
          run_id: runId,
          mode: samples.length === 1 ? "single" : "batch",
          metrics: change.metrics,
          finished_at: new Date(now).toISOString(),
          session_id: null,
        },
        versions: { ...base.versions, app: APP_VERSION },
        usage: NO_USAGE,
        options: { thresholds: change.thresholds, rescoredFrom },
      },
      prefix,
    );
    const failed = samples.filter(({ error }) => error !== null).length;
    const run = toRunRecord(project, report, ATTEMPT);
    await transact(context.db, [
      finishRescored(job, { runId, failed, now }),
      insertRun(run, isRescored(job, runId)),
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

/** Of a job of one sample the job says what it came to. */
function saidByJob(sample: RescoredSample) {
  const { question, answer, sampleId, outcomes, weightedScore, cause, worstMetric } = sample;
  const said = { answer, sampleId, weightedScore, cause, worstMetric };
  return { ...said, question: question ?? "", outcomes: outcomes ?? {} };
}

/** What its job has of the run it is computed from; it is never queued. */
function ofBase(
  { project, submittedBy, runId: rescoredFrom }: RescoreWish,
  { run, language }: Report,
) {
  return {
    project,
    status: "running",
    name: run.name,
    tags: run.tags,
    language,
    judge: kindOfJudge(run.judge),
    judgeModel: run.judge_model,
    embeddingModel: run.embedding_model,
    submittedBy,
    fingerprint: `rescore:${rescoredFrom}`,
    warnings: [said("rescored", { base: rescoredFrom })],
  } satisfies Partial<JobRecord>;
}
