import { For, Show } from "solid-js";
import type { ComparedMetric, Comparison } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { Badge, type Look } from "../../kit/badge.tsx";
import { formatDifference, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Whisker } from "../../kit/whisker.tsx";
import { DeltaHistogram } from "./delta-histogram.tsx";

/** One row a metric: before and after, the difference with its interval, and what it amounts to in words. */
export function MetricTable(props: {
  comparison: Comparison;
  metric: string;
  onMetric: (metric: string) => void;
}) {
  const words = useMetricWords();
  const scale = () =>
    Math.max(
      0.1,
      ...Object.values(props.comparison.metrics).flatMap(({ difference, interval }) =>
        [difference ?? 0, ...(interval ?? [])].map(Math.abs),
      ),
    );
  return (
    <section aria-labelledby="compared-metrics" class="card min-w-0 overflow-x-auto">
      <h2 id="compared-metrics" class="sr-only">
        {t().compare.metrics}
      </h2>
      <table class="w-full border-collapse text-left text-sm">
        <tbody>
          <For each={Object.entries(props.comparison.metrics)}>
            {([name, metric]) => (
              <tr
                class="border-b border-line last:border-0"
                classList={{ "bg-accent-wash/50": props.metric === name }}
              >
                <th scope="row" class="px-4 py-2 font-medium">
                  <button
                    type="button"
                    class="text-left hover:text-accent"
                    aria-pressed={props.metric === name}
                    onClick={() => props.onMetric(props.metric === name ? "" : name)}
                  >
                    {words.title(name)}
                    <Show when={words.info(name)?.direction === "lower"}>
                      <span title={t().score.lower}> ↓</span>
                    </Show>
                  </button>
                </th>
                <Numbers
                  metric={metric}
                  scale={scale()}
                  range={words.info(name)?.range ?? [0, 1]}
                />
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}

function Numbers(props: {
  metric: ComparedMetric;
  scale: number;
  range: readonly [number, number];
}) {
  const interval = () => {
    const known = props.metric.interval;
    if (!known) return t().score.noInterval;
    return t().score.intervalMean(formatDifference(known[0]), formatDifference(known[1]));
  };
  const detectable = () => {
    const least = props.metric.minimum_detectable_difference;
    return props.metric.verdict === "real" || !least
      ? ""
      : t().compare.detectable(formatScore(least));
  };
  return (
    <Show
      when={props.metric.difference !== null}
      fallback={
        <td colspan="5" class="px-3 py-2 text-soft">
          {t().compare.noNumbers}
        </td>
      }
    >
      <td class="px-3 py-2 whitespace-nowrap text-soft max-sm:hidden">
        {t().compare.fromTo(
          formatScore(props.metric.base_mean ?? 0),
          formatScore(props.metric.other_mean ?? 0),
        )}
      </td>
      <td class="px-3 py-2 font-semibold">{formatDifference(props.metric.difference ?? 0)}</td>
      <td class="w-40 px-3 max-md:hidden" title={interval()}>
        <DifferenceTrack
          difference={props.metric.difference ?? 0}
          interval={props.metric.interval}
          scale={props.scale}
        />
        <span class="sr-only">{interval()}</span>
      </td>
      <td class="px-3 py-2" title={detectable()}>
        <DifferenceVerdict metric={props.metric} />
      </td>
      <td class="px-4 max-lg:hidden">
        <DeltaHistogram metric={props.metric} range={props.range} />
      </td>
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
    <svg class="h-6 w-full overflow-visible" aria-hidden="true">
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
