import { Show } from "solid-js";
import type { Run } from "../../../src/contract/run.ts";
import { differenceOfMeans } from "../../../src/scoring/difference-of-means.ts";
import { t } from "../../i18n/translate.ts";
import { CoverageBadge } from "../../kit/coverage-badge.tsx";
import { formatCount, formatDifference, formatScore } from "../../kit/format.ts";
import { Icon, type IconName } from "../../kit/icon.tsx";
import { LowConfidence } from "../../kit/low-confidence.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { ScoreTrack } from "../../kit/score-track.tsx";

/** The mean of one metric of a run: number, dot, whisker, and a badge when not every sample was judged. */
export function MeanCell(props: { run: Run; metric: string; base?: Run | null }) {
  const mean = () => props.run.metric_means[props.metric] ?? null;
  const interval = () => props.run.intervals[props.metric] ?? null;
  const baseMean = () =>
    props.base && props.base.run_id !== props.run.run_id
      ? (props.base.metric_means[props.metric] ?? null)
      : null;
  const sure = () => props.run.sure[props.metric];
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
      <div class="grid min-w-20 gap-1" title={meaning()}>
        <div class="flex flex-wrap items-center gap-x-2">
          <span class="font-medium">{formatScore(mean() ?? 0)}</span>
          <CoverageBadge coverage={props.run.coverage[props.metric]} />
          <Show when={sure()}>
            {(found) => <LowConfidence isShort n={formatCount(found().low)} />}
          </Show>
          <span class="sr-only">{meaning()}</span>
        </div>
        <ScoreTrack
          metric={props.metric}
          value={mean() ?? 0}
          interval={interval()}
          base={baseMean()}
          isUnsure={(sure()?.low ?? 0) > (sure()?.n ?? 0)}
        />
        <Show when={props.base && baseMean() !== null && props.base}>
          {(base) => <BaseDifference run={props.run} base={base()} metric={props.metric} />}
        </Show>
      </div>
    </Show>
  );
}

type Look = "better" | "worse" | "unclear";

const LOOKS: Record<Look, { icon: IconName; class: string }> = {
  better: { icon: "check", class: "text-good" },
  worse: { icon: "warning", class: "text-bad" },
  unclear: { icon: "question", class: "text-faint" },
};

/** How far a mean is from that of the baseline, and whether their intervals allow to call it a difference. */
function BaseDifference(props: { run: Run; base: Run; metric: string }) {
  const words = useMetricWords();
  const known = (run: Run) => ({
    mean: run.metric_means[props.metric] ?? 0,
    interval: run.intervals[props.metric] ?? null,
  });
  const found = () => differenceOfMeans(known(props.base), known(props.run));
  const look = (): Look => {
    const { side } = found();
    if (side === "unclear") return "unclear";
    const isLowerBetter = words.info(props.metric)?.direction === "lower";
    return (side === "above") === isLowerBetter ? "worse" : "better";
  };
  const meaning = () => {
    const { interval } = found();
    const said = t().runs.versus.verdicts[look()];
    if (interval === null) return `${said}: ${t().score.noInterval}`;
    const [low, high] = [formatDifference(interval[0]), formatDifference(interval[1])];
    return `${said}: ${t().runs.versus.interval(low, high)}`;
  };
  return (
    <span class={`flex items-center gap-1 text-xs ${LOOKS[look()].class}`} title={meaning()}>
      <Icon name={LOOKS[look()].icon} class="size-3" />
      {formatDifference(found().difference)}
      <span class="sr-only">{meaning()}</span>
    </span>
  );
}
