import { utcDay } from "../access/quota.ts";
import { renderArtifacts } from "../reports/artifacts.ts";
import { buildReport } from "../reports/build-report.ts";
import type { ReportInput } from "../reports/report-input.ts";
import type { ScoredSample } from "../scoring/score-sample.ts";
import { artifactsKey, putArtifacts } from "../storage/artifacts.ts";
import { finishSingleJob, forgetInput } from "../storage/job-moves.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { chargeTokens } from "../storage/quotas.ts";
import type { RunRecord } from "../storage/runs.ts";
import { APP_VERSION } from "../version.ts";
import type { ChosenJudge, JobContext } from "./context.ts";

export interface Finishing {
  job: JobRecord;
  holder: { project: string; jobId: string; seq: number; attempt: number };
  sampleId: string;
  result: ScoredSample;
  chosen: ChosenJudge;
  /** The project stores no texts; `result` holds none any more. */
  keepsNoTexts: boolean;
}

/**
 * Writes the report of a job of one sample and ends the job. The artifacts go first, under a key of this attempt, so
 * what a loser wrote is never pointed at. Returns false when a newer attempt has won.
 */
export async function finishSingle(context: JobContext, finishing: Finishing): Promise<boolean> {
  const { job, holder, result } = finishing;
  const finishedAt = context.now();
  const input = toReportInput(finishing, finishedAt);
  const report = buildReport(input);
  const artifacts = renderArtifacts(input, report);
  const prefix = artifactsKey(job.project, input.run.run_id, holder.attempt);
  const etags = await putArtifacts(context.bucket, prefix, artifacts);
  const run: RunRecord = {
    project: job.project,
    id: input.run.run_id,
    mode: "single",
    name: job.name,
    judge: report.run.judge,
    judgeModel: report.run.judge_model,
    embeddingModel: report.run.embedding_model,
    startedAt: job.startedAt ?? job.createdAt,
    finishedAt,
    totalSamples: report.run.total_samples,
    validSamples: report.run.valid_samples,
    invalidSamples: report.run.invalid_samples,
    metrics: report.run.metrics,
    metricMeans: report.run.metric_means,
    intervals: report.run.intervals,
    coverage: report.run.coverage,
    adviceTop: report.run.advice_top,
    tags: job.tags,
    sessionId: job.sessionId,
    artifactsKey: prefix,
    etags,
    report,
  };
  return finishSingleJob(
    context.db,
    holder,
    {
      scores: result.scores,
      outcomes: result.outcomes,
      weightedScore: result.weightedScore,
      cause: result.evidence.cause,
      usage: result.usage,
      evidenceKey: `${prefix}/evidence.jsonl`,
      evidenceOffset: 0,
      evidenceLength: new TextEncoder().encode(artifacts["evidence.jsonl"]).length,
    },
    run,
    companionsOf(context, finishing, finishedAt),
  );
}

/** What is done with the finish or not at all: the tokens are paid for, and texts nobody may keep go. */
function companionsOf(
  context: JobContext,
  { job, holder, result, keepsNoTexts }: Finishing,
  now: number,
): D1PreparedStatement[] {
  const statements: D1PreparedStatement[] = [];
  const tokens = result.usage.prompt_tokens + result.usage.completion_tokens;
  if (tokens > 0) {
    const charge = { project: job.project, day: utcDay(now), tokens };
    statements.push(chargeTokens(context.db, charge, holder));
  }
  if (keepsNoTexts) statements.push(forgetInput(context.db, holder));
  return statements;
}

function toReportInput(finishing: Finishing, finishedAt: number): ReportInput {
  const { job, result, chosen, sampleId } = finishing;
  return {
    run: {
      run_id: job.id.replace(/^job_/, "run_"),
      name: job.name,
      mode: "single",
      judge: chosen.judge.name,
      judge_model: chosen.model,
      embedding_model: chosen.embeddingModel,
      started_at: new Date(job.startedAt ?? job.createdAt).toISOString(),
      finished_at: new Date(finishedAt).toISOString(),
      metrics: job.metrics,
      tags: job.tags,
      session_id: job.sessionId,
    },
    language: job.language,
    versions: { app: APP_VERSION, ...chosen.versions },
    usage: result.usage,
    samples: [
      {
        sample_id: sampleId,
        tags: job.tags,
        error: null,
        outcomes: result.outcomes,
        scores: result.scores,
        weighted_score: result.weightedScore,
        evidence: result.evidence,
      },
    ],
  };
}
