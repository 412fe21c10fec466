import { useSearchParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { Show } from "solid-js";
import type { Comparison } from "../../../src/contract-insight.ts";
import { t } from "../../i18n/translate.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { comparisonQuery } from "./compare-query.ts";
import { ComparedMetrics } from "./compared-metrics.tsx";
import { ComparedRuns } from "./compared-runs.tsx";
import { FlippedClaims } from "./flipped-claims.tsx";
import { SettingsDiff } from "./settings-diff.tsx";

/** 对比: two runs over the same samples, and whether a difference is more than noise. */
export default function ComparePage() {
  const [search] = useSearchParams<{ base: string; other: string }>();
  const base = () => search.base ?? "";
  const other = () => search.other ?? "";
  const query = useQuery(() => comparisonQuery(base(), other()));
  const isIncomplete = () => base() === "" || other() === "";
  return (
    <>
      <PageHeading title={t().compare.title} intro={t().compare.intro}>
        <a class="button" href="/runs">
          {t().report.toRuns}
        </a>
        <Show when={!isIncomplete()}>
          <a
            class="button"
            href={`/compare?${new URLSearchParams({ base: other(), other: base() })}`}
          >
            {t().compare.swap}
          </a>
        </Show>
      </PageHeading>
      <Show when={!isIncomplete()} fallback={<p class="mt-6 text-soft">{t().compare.chooseTwo}</p>}>
        <QueryView
          query={query}
          gone={{
            title: t().report.gone,
            text: t().report.goneText,
            href: "/runs",
            link: t().report.toRuns,
          }}
        >
          {(comparison) => <Findings comparison={comparison()} />}
        </QueryView>
      </Show>
    </>
  );
}

function Findings(props: { comparison: Comparison }) {
  return (
    <div class="mt-6 grid grid-cols-1 gap-6">
      <ComparedRuns comparison={props.comparison} />
      <Show
        when={props.comparison.paired > 0}
        fallback={<p class="card p-6 text-soft">{t().compare.noPairs}</p>}
      >
        <ComparedMetrics comparison={props.comparison} />
        <FlippedClaims comparison={props.comparison} />
      </Show>
      <SettingsDiff comparison={props.comparison} />
    </div>
  );
}
