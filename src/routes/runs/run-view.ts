import type { Run } from "../../contract/run.ts";
import type { RunSummary } from "../../storage/runs.ts";
import type { RunMetric } from "../../storage/short-json.ts";
import { isoTime } from "../jobs/job-view.ts";

/** A run as the contract shows it. */
export function viewRun(run: RunSummary): Run {
  const metrics = Object.entries(run.metrics);
  const each = <T>(read: (metric: RunMetric) => T) =>
    Object.fromEntries(metrics.map(([name, metric]) => [name, read(metric)]));
  return {
    run_id: run.id,
    name: run.name,
    mode: run.mode,
    judge: run.judge,
    judge_model: run.judgeModel,
    embedding_model: run.embeddingModel,
    started_at: isoTime(run.startedAt),
    finished_at: isoTime(run.finishedAt),
    total_samples: run.totalSamples,
    valid_samples: run.validSamples,
    invalid_samples: run.invalidSamples,
    metrics: metrics.map(([name]) => name),
    metric_means: each(({ mean }) => mean),
    intervals: each(({ interval }) => interval),
    coverage: each(({ coverage }) => coverage),
    advice_top: run.adviceTop,
    tags: run.tags,
    session_id: run.sessionId,
  };
}
