import { For, Show } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Histogram } from "./histogram.tsx";

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
      <section aria-labelledby="distribution">
        <h2 id="distribution" class="text-lg font-semibold">
          {t().report.distribution}
        </h2>
        <p class="mt-1 text-sm text-soft">{t().report.distributionIntro}</p>
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
      </section>
    </Show>
  );
}
