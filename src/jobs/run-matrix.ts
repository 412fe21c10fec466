import { MATRIX_LIMITS, type RunMatrix, type Slice } from "../contract/comparison.ts";
import { AppError } from "../errors.ts";
import { metricInfo, severityOf } from "../reports/metric-info.ts";
import { pairSamples } from "../scoring/compare-pairs.ts";
import { compareSlices, type TaggedPair } from "../scoring/compare-slices.ts";
import { said } from "../words/said.ts";
import { type LoadedRun, loadRun, type RunSample } from "./compare-runs.ts";
import type { JobContext } from "./context.ts";

/** Metrics that say most of an answer, the best first. */
const TELLING = ["answer_correctness", "faithfulness", "answer_relevancy", "context_recall"];

/**
 * The same questions in several runs: a row a question of the base, and how its tags moved.
 * @throws AppError `not_found`
 */
export async function layRunsOut(
  context: JobContext,
  project: string,
  runIds: readonly string[],
  wanted: string | null,
): Promise<RunMatrix> {
  const runs: LoadedRun[] = [];
  for (const id of runIds) runs.push(await loadRun(context, project, id));
  const [base, ...others] = runs;
  if (base === undefined) throw new AppError(said("not_found.run", { id: "" }));
  const metrics = Object.keys(base.report.metrics).filter((name) =>
    runs.every(({ samples }) => samples.some(({ scores }) => scores[name] != null)),
  );
  const metric = wanted ?? chooseMetric(metrics);
  const partners = others.map(
    (other) =>
      new Map(
        pairSamples(base.samples, other.samples).map(({ base: from, other: to }) => [
          from.sampleId,
          to.sampleId,
        ]),
      ),
  );
  const bySample = others.map(
    ({ samples }) => new Map(samples.map((sample) => [sample.sampleId, sample])),
  );
  const rows = base.samples.slice(0, MATRIX_LIMITS.rows).map((sample) => {
    const found = partners.map(
      (partner, at) => bySample[at]?.get(partner.get(sample.sampleId) ?? "") ?? null,
    );
    return {
      question: sample.question,
      tags: tagsOf(sample),
      cells: [sample, ...found].map((one, at) => one && cellOf(one, metric, runs[at])),
    };
  });
  return {
    metric,
    metrics,
    runs: runs.map(({ report, samples }) => ({
      ...{ run_id: report.run.run_id, name: report.run.name, finished_at: report.run.finished_at },
      ...{ total_samples: samples.length, mean: report.metrics[metric]?.mean ?? null },
    })),
    rows,
    more: Math.max(0, base.samples.length - rows.length),
    slices: others.map((other) => ({
      run_id: other.report.run.run_id,
      slices: slicesOf(base, other, metric),
    })),
  };
}

/** Of the metrics two runs share the one that says most. */
export function chooseMetric(metrics: readonly string[]): string {
  return TELLING.find((name) => metrics.includes(name)) ?? metrics[0] ?? "answer_correctness";
}

/** How each tag of the base moved. */
export function slicesOf(base: LoadedRun, other: LoadedRun, metric: string): Slice[] {
  const tags = new Map(base.samples.map((sample) => [sample.sampleId, tagsOf(sample)]));
  const pairs = pairSamples(base.samples, other.samples).map(
    (pair): TaggedPair => ({ ...pair, tags: tags.get(pair.base.sampleId) ?? [] }),
  );
  return compareSlices(pairs, metricInfo(metric)).map((slice) => ({
    ...{ tag: slice.tag, n: slice.n, base_mean: slice.baseMean, other_mean: slice.otherMean },
    ...{
      difference: slice.difference,
      interval: slice.interval,
      p_value: slice.pValue,
      moved: slice.moved,
    },
  }));
}

function tagsOf({ tags }: RunSample): string[] {
  return Object.entries(tags).map(([name, value]) => `${name}=${value}`);
}

function cellOf(
  { sampleId, answer, scores, cause }: RunSample,
  metric: string,
  run: LoadedRun | undefined,
) {
  const value = scores[metric] ?? null;
  const severity =
    value === null ? null : severityOf(value, metricInfo(metric), run?.report.thresholds?.[metric]);
  const passed = value === null ? null : severity !== "severe" && severity !== "warning";
  return { sample_id: sampleId, answer, value, passed, cause };
}
