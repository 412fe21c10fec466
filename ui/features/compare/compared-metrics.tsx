import { For, Show } from "solid-js";
import type { ComparedMetric, Comparison } from "../../../src/contract-insight.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatDifference, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { ChangedSamples } from "./changed-samples.tsx";
import { DeltaHistogram } from "./delta-histogram.tsx";
import { DifferenceTrack } from "./difference-track.tsx";
import { DifferenceVerdict } from "./difference-verdict.tsx";

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
    <section aria-labelledby="compared-metrics">
      <h2 id="compared-metrics" class="text-lg font-semibold">
        {t().compare.metrics}
      </h2>
      <p class="mt-1 text-sm text-soft">{t().compare.metricsText}</p>
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
    </section>
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
