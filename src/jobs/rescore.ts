import type { Report } from "../contract/report.ts";
import { AppError } from "../errors.ts";
import { stableJson } from "../reports/text/stable-json.ts";
import { getReportText, getRun } from "../storage/runs.ts";
import { APP_VERSION } from "../version.ts";
import { said } from "../words/said.ts";
import type { JobContext } from "./context.ts";
import { checkRun } from "./rescore/check-run.ts";
import { createRun } from "./rescore/create-run.ts";
import type { RescoreOutcome, RescoreWish } from "./rescore/rescore-wish.ts";

/** One request computes so many again; measuring is quick, reading their evidence takes a call per 25. */
const MOST_SAMPLES = 10_000;

/**
 * Computes a run again from its stored judgements, without asking any judge. With the metrics and thresholds the run
 * has, it builds everything a second time and compares numbers and bytes; with others it makes a new run.
 * @throws AppError `not_found`, `conflict`, `invalid_request`
 */
export async function rescoreRun(context: JobContext, wish: RescoreWish): Promise<RescoreOutcome> {
  const run = await getRun(context.db, wish.project, wish.runId);
  const text = await getReportText(context, wish.project, wish.runId);
  if (!run || text === null) {
    throw new AppError(said("not_found.run", { id: wish.runId.slice(0, 100) }));
  }
  if (run.totalSamples > MOST_SAMPLES) {
    const samples = { samples: run.totalSamples, limit: MOST_SAMPLES };
    throw new AppError(said("conflict.run_too_large", samples));
  }
  const base = JSON.parse(text) as Report;
  const metrics = wish.metrics ?? base.run.metrics;
  const thresholds = wish.thresholds ?? base.thresholds ?? {};
  const isSame =
    stableJson([metrics, thresholds, APP_VERSION]) ===
    stableJson([base.run.metrics, base.thresholds ?? {}, base.versions.app]);
  return isSame
    ? checkRun(context, wish, run, base)
    : createRun(context, wish, base, { metrics: [...metrics], thresholds });
}
