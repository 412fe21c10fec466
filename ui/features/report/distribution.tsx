import { For, Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Titled } from "../../kit/titled.tsx";

/** How the samples spread. One sample has no spread, so then there is nothing to draw. */
export function Distribution(props: {
  report: Report;
  onBar: (metric: string, low: number, high: number) => void;
}) {
  const words = useMetricWords();
  const metrics = () =>
    props.report.run.metrics.filter((name) => (props.report.metrics[name]?.n ?? 0) > 1);
  return (
    <Show when={metrics().length > 0}>
      <Titled id="distribution" title={t().report.distribution} text={t().report.distributionIntro}>
        <div class="card mt-3 grid grid-cols-2 gap-x-6 gap-y-5 p-5 md:grid-cols-3 lg:grid-cols-4">
          <For each={metrics()}>
            {(metric) => (
              <Histogram
                title={words.title(metric)}
                counts={props.report.metrics[metric]?.histogram ?? []}
                onBar={(low, high) => props.onBar(metric, low, high)}
                range={words.info(metric)?.range ?? [0, 1]}
              />
            )}
          </For>
        </div>
      </Titled>
    </Show>
  );
}

const HEIGHT = 56;
const BAR = 18;
const STEP = 20;

/** Ten bars from the worst to the best end of the range; the same counts stand in a list for who cannot see them. */
function Histogram(props: {
  title: string;
  counts: readonly number[];
  range: readonly [number, number];
  /** A bar was chosen; the same can be asked for above the list of samples. */
  onBar: (low: number, high: number) => void;
}) {
  const most = () => Math.max(1, ...props.counts);
  const valueAt = (at: number) => props.range[0] + ((props.range[1] - props.range[0]) * at) / 10;
  const bound = (at: number) => formatScore(valueAt(at));
  const words = (count: number, at: number) =>
    t().report.bin(bound(at), bound(at + 1), formatCount(count));
  return (
    <figure class="min-w-0">
      <figcaption class="truncate text-sm text-soft" title={props.title}>
        {props.title}
      </figcaption>
      <svg
        viewBox={`0 0 ${STEP * 10} ${HEIGHT + 14}`}
        class="mt-2 w-full"
        aria-hidden="true"
        preserveAspectRatio="xMidYMid meet"
      >
        <For each={props.counts}>
          {(count, at) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the toolbar of the list does the same by keyboard
            <g
              class={count > 0 ? "cursor-pointer hover:opacity-75" : ""}
              onClick={() => count > 0 && props.onBar(valueAt(at()), valueAt(at() + 1))}
            >
              <rect x={at() * STEP} width={STEP} height={HEIGHT} class="fill-transparent" />
              <title>{words(count, at())}</title>
              <rect
                x={at() * STEP + 1}
                y={HEIGHT - barHeight(count, most())}
                width={BAR}
                height={barHeight(count, most())}
                rx="2"
                class={count > 0 ? "fill-accent-fill" : "fill-line"}
              />
            </g>
          )}
        </For>
        <text x="1" y={HEIGHT + 11} class="fill-faint text-[9px]">
          {bound(0)}
        </text>
        <text x={STEP * 5} y={HEIGHT + 11} text-anchor="middle" class="fill-faint text-[9px]">
          {bound(5)}
        </text>
        <text x={STEP * 10 - 1} y={HEIGHT + 11} text-anchor="end" class="fill-faint text-[9px]">
          {bound(10)}
        </text>
      </svg>
      <ul class="sr-only">
        <For each={props.counts}>{(count, at) => <li>{words(count, at())}</li>}</For>
      </ul>
    </figure>
  );
}

/** One sample among thousands still shows; an empty bin leaves its foot. */
function barHeight(count: number, most: number): number {
  return count === 0 ? 1.5 : Math.max(4, (count / most) * HEIGHT);
}
