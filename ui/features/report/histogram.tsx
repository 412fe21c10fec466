import { For } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatScore } from "../../kit/format.ts";
import { type Level, useMetricWords } from "../../kit/metric-words.ts";

const HEIGHT = 32;
const BAR = 10;
const STEP = 12;

const FILL: Record<Level, string> = {
  bad: "fill-bad",
  warn: "fill-warn",
  fair: "fill-line-strong",
  good: "fill-good",
};

/**
 * How the samples spread: ten bars over the range of the metric, coloured as a score there would be. The same counts
 * stand in a list for who cannot see them.
 */
export function Histogram(props: {
  metric: string;
  counts: readonly number[];
  /** A bar was chosen; the same can be asked for above the list of samples. */
  onBar: (low: number, high: number) => void;
}) {
  const words = useMetricWords();
  const most = () => Math.max(1, ...props.counts);
  function valueAt(at: number): number {
    const [low, high] = words.info(props.metric)?.range ?? [0, 1];
    return low + ((high - low) * at) / 10;
  }
  const say = (count: number, at: number) =>
    t().report.bin(formatScore(valueAt(at)), formatScore(valueAt(at + 1)), formatCount(count));
  return (
    <>
      <svg
        viewBox={`0 0 ${STEP * 10} ${HEIGHT}`}
        class="h-8 min-w-0 flex-1"
        aria-hidden="true"
        preserveAspectRatio="none"
      >
        <For each={props.counts}>
          {(count, at) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the toolbar of the list does the same by keyboard
            <g
              class={count > 0 ? "cursor-pointer hover:opacity-75" : ""}
              data-bar={at()}
              onClick={() => count > 0 && props.onBar(valueAt(at()), valueAt(at() + 1))}
            >
              <rect x={at() * STEP} width={STEP} height={HEIGHT} class="fill-transparent" />
              <title>{say(count, at())}</title>
              <rect
                x={at() * STEP + 1}
                y={HEIGHT - barHeight(count, most())}
                width={BAR}
                height={barHeight(count, most())}
                rx="1"
                class={
                  count > 0 ? FILL[words.level(props.metric, valueAt(at() + 0.5))] : "fill-line"
                }
              />
            </g>
          )}
        </For>
      </svg>
      <ul class="sr-only">
        <For each={props.counts}>{(count, at) => <li>{say(count, at())}</li>}</For>
      </ul>
    </>
  );
}

/** One sample among thousands still shows; an empty bin leaves its foot. */
function barHeight(count: number, most: number): number {
  return count === 0 ? 1.5 : Math.max(3, (count / most) * HEIGHT);
}
