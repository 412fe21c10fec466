import { For, Show } from "solid-js";
import type { ReviewedReport } from "../../../src/contract-insight.ts";
import { t } from "../../i18n/translate.ts";
import { MetricTile } from "./metric-tile.tsx";
import { TrustStrip } from "./trust-strip.tsx";

/** The result at a glance: every metric asked for, in the order of the request. */
export function VerdictStrip(props: { report: ReviewedReport; reviewHref: string | null }) {
  const metrics = () => props.report.run.metrics.filter((name) => props.report.metrics[name]);
  return (
    <section aria-labelledby="verdict">
      <h2 id="verdict" class="sr-only">
        {t().report.verdict}
      </h2>
      <ul class="card grid grid-cols-2 overflow-hidden sm:grid-cols-[repeat(auto-fit,minmax(13rem,1fr))]">
        <For each={metrics()}>
          {(metric) => (
            <Show when={props.report.metrics[metric]}>
              {(summary) => (
                <MetricTile
                  metric={metric}
                  summary={summary()}
                  isSingle={props.report.run.total_samples === 1}
                  corrected={props.report.people?.corrected[metric]}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
      <p class="mt-2 text-xs text-faint">{t().score.legend}</p>
      <TrustStrip report={props.report} reviewHref={props.reviewHref} />
    </section>
  );
}
