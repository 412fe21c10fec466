import type { Report } from "../../contract/report.ts";
import type { ByteRange } from "../../storage/artifact-pack.ts";
import type { RunRecord } from "../../storage/runs.ts";

/** The row of a run: what lists show of its report, and where that lies; `place`: in the one object of all artifacts. */
export function toRunRecord(
  project: string,
  report: Report,
  attempt: number,
  place: ByteRange | null = null,
): RunRecord {
  const { run, totals } = report;
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
    metrics: Object.fromEntries(
      run.metrics.map((metric) => [
        metric,
        {
          mean: run.metric_means[metric] ?? null,
          interval: run.intervals[metric] ?? null,
          coverage: run.coverage[metric] ?? 1,
        },
      ]),
    ),
    adviceTop: run.advice_top,
    tags: run.tags,
    sessionId: run.session_id,
    attempt,
    report: place,
    isCounted: totals !== undefined,
    // A run of one sample is written once, and what it adds can be told from its numbers and tags.
    totals: run.mode === "single" ? null : (totals ?? null),
  };
}
