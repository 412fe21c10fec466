import { For, Show } from "solid-js";
import type { ComparedMetric, Comparison } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { Badge, type Look } from "../../kit/badge.tsx";
import { formatCount, formatDifference, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Titled } from "../../kit/titled.tsx";
import { Whisker } from "../../kit/whisker.tsx";
import { ChangedSamples } from "./changed-samples.tsx";
import { DeltaHistogram } from "./delta-histogram.tsx";

/** One card a metric: before and after, the difference with its interval, and what it amounts to in words. */
export function ComparedMetrics(props: { comparison: Comparison }) {
  const words = useMetricWords();
  const scale = () =>
    Math.max(
      0.1,
      ...Object.values(props.comparison.metrics).flatMap(({ difference, interval }) =>
        [difference ?? 0, ...(interval ?? [])].map(Math.abs),
      ),
    );
  return (
    <Titled id="compared-metrics" title={t().compare.metrics} text={t().compare.metricsText}>
      <div class="mt-3 grid grid-cols-1 gap-4 md:grid-cols-2">
        <For each={Object.entries(props.comparison.metrics)}>
          {([name, metric]) => (
            <article class="card min-w-0 p-5" aria-label={words.title(name)}>
              <div class="flex flex-wrap items-center justify-between gap-2">
                <h3 class="font-semibold">{words.title(name)}</h3>
                <Show when={metric.difference !== null}>
                  <DifferenceVerdict metric={metric} />
                </Show>
              </div>
              <Show when={words.info(name)?.direction === "lower"}>
                <p class="text-xs text-faint">{t().score.lower}</p>
              </Show>
              <Numbers metric={metric} scale={scale()} />
              <Show when={metric.difference !== null}>
                <DeltaHistogram metric={metric} range={words.info(name)?.range ?? [0, 1]} />
                <ChangedSamples
                  metric={metric}
                  runs={[props.comparison.base.run_id, props.comparison.other.run_id]}
                />
              </Show>
            </article>
          )}
        </For>
      </div>
    </Titled>
  );
}

function Numbers(props: { metric: ComparedMetric; scale: number }) {
  return (
    <Show
      when={props.metric.difference !== null}
      fallback={<p class="mt-2 text-soft">{t().compare.noNumbers}</p>}
    >
      <p class="mt-2 flex flex-wrap items-baseline gap-x-3">
        <span class="text-2xl font-semibold">{formatDifference(props.metric.difference ?? 0)}</span>
        <span class="text-soft">
          {t().compare.fromTo(
            formatScore(props.metric.base_mean ?? 0),
            formatScore(props.metric.other_mean ?? 0),
          )}
        </span>
      </p>
      <DifferenceTrack
        difference={props.metric.difference ?? 0}
        interval={props.metric.interval}
        scale={props.scale}
      />
      <p class="text-sm text-soft">
        <Show when={props.metric.interval} fallback={t().score.noInterval}>
          {(interval) =>
            t().score.intervalMean(formatDifference(interval()[0]), formatDifference(interval()[1]))
          }
        </Show>
        {" · "}
        {t().report.n(formatCount(props.metric.n))}
      </p>
      <Show when={props.metric.verdict !== "real" && props.metric.minimum_detectable_difference}>
        {(least) => (
          <p class="mt-1 text-xs text-faint">{t().compare.detectable(formatScore(least()))}</p>
        )}
      </Show>
    </Show>
  );
}

/**
 * A difference around zero, in the middle, with its interval. A picture only: the numbers stand beside it in words.
 * `scale`: the value at both ends.
 */
function DifferenceTrack(props: {
  difference: number;
  interval: readonly [number, number] | null;
  scale: number;
}) {
  const at = (value: number) => `${50 + (value / props.scale) * 48}%`;
  return (
    <svg class="my-2 h-6 w-full overflow-visible" aria-hidden="true">
      <line x1="2%" x2="98%" y1="12" y2="12" class="stroke-line" stroke-width="3" />
      <line x1="50%" x2="50%" y1="1" y2="23" class="stroke-line-strong" stroke-dasharray="3 2" />
      <Whisker interval={props.interval} at={at} y={12} reach={5} class="stroke-soft" width={2} />
      <circle
        cx={at(props.difference)}
        cy="12"
        r="5.5"
        class="fill-accent-fill stroke-surface"
        stroke-width="2"
      />
    </svg>
  );
}

const LOOKS = {
  better: ["check", "good"],
  worse: ["warning", "bad"],
  noise: ["dash", "plain"],
  few: ["question", "plain"],
} satisfies Record<string, Look>;

/** Whether a difference is real, in words. */
function DifferenceVerdict(props: { metric: ComparedMetric }) {
  const look = () => lookOf(props.metric);
  return <Badge look={LOOKS[look()]}>{t().compare.verdicts[look()]}</Badge>;
}

function lookOf({ verdict, moved }: ComparedMetric): keyof typeof LOOKS {
  if (verdict === "too_few_samples") return "few";
  return verdict === "within_noise" || moved === "same" ? "noise" : moved;
}
