import type { Report } from "../../contract/report.ts";
import type { StoredArtifacts } from "../../storage/run-artifacts.ts";
import type { RunRecord } from "../../storage/runs.ts";

/** The row of a run: what lists show of its report, the report, and where its artifacts lie. */
export function toRunRecord(
  project: string,
  report: Report,
  artifactsKey: string,
  etags: StoredArtifacts,
): RunRecord {
  const { run } = report;
  return {
    project,
    id: run.run_id,
    mode: run.mode,
    name: run.name,
    question: run.total_samples === 1 ? report.lowest[0]?.question || null : null,
    judge: run.judge,
    judgeModel: run.judge_model,
    embeddingModel: run.embedding_model,
    startedAt: Date.parse(run.started_at),
    finishedAt: Date.parse(run.finished_at),
    totalSamples: run.total_samples,
    validSamples: run.valid_samples,
    invalidSamples: run.invalid_samples,
    metrics: run.metrics,
    metricMeans: run.metric_means,
    intervals: run.intervals,
    coverage: run.coverage,
    adviceTop: run.advice_top,
    tags: run.tags,
    sessionId: run.session_id,
    artifactsKey,
    etags,
    report,
  };
}
