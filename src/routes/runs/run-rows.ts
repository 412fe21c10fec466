import type { Language } from "../../contract/outcome.ts";
import type { Run, RunRow } from "../../contract/run.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import { adviceTitle } from "../../reports/advice/rules.ts";
import { agreementOnClaims } from "../../reports/report/people.ts";
import { listGateVerdicts } from "../../storage/gate-verdicts.ts";
import { listReviewsOfRuns } from "../../storage/reviews.ts";
import type { RunSummary } from "../../storage/runs.ts";
import type { RunMetric } from "../../storage/short-json.ts";
import { isoTime } from "../jobs/job-view.ts";

/** What a list shows of runs beyond the runs themselves: what was asked, what a gate said, what people think. */
export async function viewRunRows(http: Http, runs: readonly RunSummary[]): Promise<RunRow[]> {
  const { db } = http.get("jobs");
  const { project } = http.get("caller");
  const ids = runs.map(({ id }) => id).sort();
  const range = { first: ids.at(0) ?? "", last: ids.at(-1) ?? "" };
  const [verdicts, reviews] = await Promise.all([
    listGateVerdicts(db, project, range),
    listReviewsOfRuns(db, project, range),
  ]);
  return runs.map((run) => {
    const verdict = verdicts.get(run.id);
    const words = reviews.get(run.id);
    return {
      ...viewRun(run, readerOf(http) ?? "en"),
      question: run.question,
      cause_top: run.causeTop,
      cause_samples: run.causeSamples,
      gate: verdict
        ? {
            verdict: verdict.verdict,
            metrics: verdict.metrics,
            base_run_id: verdict.baseRunId,
            judged_at: isoTime(verdict.judgedAt),
          }
        : null,
      agreement: words ? agreementOnClaims(words) : null,
    };
  });
}

/** A run as the contract shows it. */
function viewRun(run: RunSummary, language: Language): Run {
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
    sure: Object.fromEntries(metrics.flatMap(([name, { sure }]) => (sure ? [[name, sure]] : []))),
    advice_top: adviceTitle(run.causeTop, language),
    tags: run.tags,
    session_id: run.sessionId,
  };
}
