import { For } from "solid-js";
import type { ComparedMetric } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatDifference } from "../../kit/format.ts";

/** How many samples changed by how much: a mean may hide that some rose and as many fell. */
export function DeltaHistogram(props: {
  metric: ComparedMetric;
  range: readonly [number, number];
}) {
  const counts = () => props.metric.distribution;
  const middle = () => (counts().length - 1) / 2;
  const most = () => Math.max(1, ...counts());
  const sum = (from: number, to: number) =>
    formatCount(
      counts()
        .slice(from, to)
        .reduce((all, n) => all + n, 0),
    );
  const width = () => props.range[1] - props.range[0];
  /** The change at the middle of a bin, and half a bin to each side. */
  const edges = (at: number) => {
    const [step, centre] = [width() / middle(), (at - middle()) * (width() / middle())];
    const cut = (value: number) => Math.min(width(), Math.max(-width(), value));
    return [cut(centre - step / 2), cut(centre + step / 2)] as const;
  };
  const nameOf = (at: number, n: number) => {
    const [from, to] = edges(at);
    return t().compare.bin(formatDifference(from), formatDifference(to), formatCount(n));
  };
  const summary = () =>
    t().compare.distributionText(
      sum(0, middle()),
      sum(middle(), middle() + 1),
      sum(middle() + 1, counts().length),
    );
  return (
    <figure class="w-32" title={summary()}>
      <svg
        class="h-6 w-full"
        viewBox={`0 0 ${counts().length} 24`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <For each={counts()}>
          {(n, at) => (
            <rect
              x={at() + 0.1}
              width="0.8"
              y={23 - (n / most()) * 22}
              height={(n / most()) * 22 + 1}
              class={
                n === 0 ? "fill-line" : at() === middle() ? "fill-line-strong" : "fill-accent-fill"
              }
            >
              <title>{nameOf(at(), n)}</title>
            </rect>
          )}
        </For>
      </svg>
      <figcaption class="sr-only">{summary()}</figcaption>
    </figure>
  );
}
