import type { Report } from "../../contract/report.ts";
import { storedValue } from "../../scoring/intervals.ts";
import type { ByteRange } from "../../storage/artifact-pack.ts";
import type { RunRecord } from "../../storage/runs.ts";
import { previewRun } from "../preview.ts";

/**
 * What a run of one sample adds to the trends of its day, by tag and metric; `weight`: runs it stands for. `sign` -1 takes
 * it away again.
 */
export function totalsOfOne(
  { metrics, tags }: Pick<RunRecord, "metrics" | "tags">,
  weight: number,
  sign: 1 | -1 = 1,
): NonNullable<RunRecord["totals"]> {
  const sums = Object.fromEntries(
    Object.entries(metrics).flatMap(([metric, { mean }]) =>
      mean === null ? [] : [[metric, storedValue(mean, weight).map((sum) => sign * sum)]],
    ),
  );
  const names = ["", ...Object.entries(tags).map(([name, value]) => `${name}=${value}`)];
  return Object.fromEntries(names.map((name) => [name, sums]));
}

/** The row of a run: what lists show of its report, and where that lies; `place`: in the one object of all artifacts. */
export function toRunRecord(
  project: string,
  report: Report,
  attempt: number,
  place: ByteRange | null = null,
): RunRecord {
  const { run, totals } = report;
  const causeTop = report.advice[0]?.cause ?? null;
  return {
    project,
    id: run.run_id,
    mode: run.mode,
    name: run.name,
    question: run.total_samples === 1 ? previewRun(report.lowest[0]?.question ?? "") || null : null,
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
          sure: run.sure[metric] ?? null,
        },
      ]),
    ),
    causeTop,
    causeSamples: causeTop === null ? null : (report.diagnosis[causeTop] ?? null),
    tags: run.tags,
    sessionId: run.session_id,
    attempt,
    report: place,
    isCounted: totals !== undefined,
    // A run of one sample is written once, and what it adds can be told from its numbers and tags.
    totals: run.mode === "single" ? null : (totals ?? null),
  };
}
