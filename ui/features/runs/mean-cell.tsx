import { Show } from "solid-js";
import type { Run } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { CoverageBadge } from "../../kit/coverage-badge.tsx";
import { formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { ScoreTrack } from "../../kit/score-track.tsx";
import { BaseDifference } from "./base-difference.tsx";

/** The mean of one metric of a run: number, dot, whisker, and a badge when not every sample was judged. */
export function MeanCell(props: { run: Run; metric: string; base?: Run | null }) {
  const words = useMetricWords();
  const mean = () => props.run.metric_means[props.metric] ?? null;
  const interval = () => props.run.intervals[props.metric] ?? null;
  const baseMean = () =>
    props.base && props.base.run_id !== props.run.run_id
      ? (props.base.metric_means[props.metric] ?? null)
      : null;
  const meaning = () => {
    const known = interval();
    if (known) return t().score.intervalMean(formatScore(known[0]), formatScore(known[1]));
    return props.run.total_samples === 1 ? t().score.noIntervalOne : t().score.noInterval;
  };
  return (
    <Show
      when={mean() !== null}
      fallback={
        <span class="text-faint">
          <span aria-hidden="true">–</span>
          <span class="sr-only">{t().runs.noValue}</span>
        </span>
      }
    >
      <div class="grid min-w-24 gap-1" title={meaning()}>
        <div class="flex items-center gap-2">
          <span class="font-medium">{formatScore(mean() ?? 0)}</span>
          <CoverageBadge coverage={props.run.coverage[props.metric]} />
          <span class="sr-only">{meaning()}</span>
        </div>
        <ScoreTrack
          at={words.position(props.metric, mean() ?? 0)}
          interval={mapInterval(interval(), (bound) => words.position(props.metric, bound))}
          level={words.level(props.metric, mean() ?? 0)}
          base={baseMean() === null ? null : words.position(props.metric, baseMean() ?? 0)}
        />
        <Show when={props.base && baseMean() !== null && props.base}>
          {(base) => <BaseDifference run={props.run} base={base()} metric={props.metric} />}
        </Show>
      </div>
    </Show>
  );
}

export function mapInterval(
  interval: readonly [number, number] | null | undefined,
  position: (value: number) => number,
): [number, number] | null {
  return interval ? [position(interval[0]), position(interval[1])] : null;
}
