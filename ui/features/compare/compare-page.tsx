import { useSearchParams } from "@solidjs/router";
import { queryOptions, useQuery } from "@tanstack/solid-query";
import { Show } from "solid-js";
import type { Comparison } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { dataOf } from "../../kit/data-of.ts";
import { formatCount } from "../../kit/format.ts";
import { goneRun } from "../../kit/gone-run.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { MetricTable } from "./compared-metrics.tsx";
import { ComparedPairs } from "./compared-pairs.tsx";
import { FlippedClaims } from "./flipped-claims.tsx";
import { RunPickers } from "./run-pickers.tsx";
import { SettingsDiff } from "./settings-diff.tsx";

/** 对比: both answers to each question side by side, and whether the difference of the runs is more than noise. */
export default function ComparePage() {
  const [search, setSearch] = useSearchParams<{ base: string; other: string; by: string }>();
  const base = () => search.base ?? "";
  const other = () => search.other ?? "";
  const query = useQuery(() => comparisonQuery(base(), other()));
  const isIncomplete = () => base() === "" || other() === "";
  return (
    <>
      <PageHeading title={t().compare.title}>
        <a class="button" href="/runs">
          {t().report.toRuns}
        </a>
      </PageHeading>
      <RunPickers
        base={base()}
        other={other()}
        comparison={dataOf(query)}
        onChoose={(choice) => setSearch({ ...choice })}
      />
      <Show when={!isIncomplete()} fallback={<p class="mt-6 text-soft">{t().compare.chooseTwo}</p>}>
        <QueryView query={query} gone={goneRun()}>
          {(comparison) => (
            <Findings
              comparison={comparison()}
              metric={search.by ?? ""}
              onMetric={(by) => setSearch({ by }, { replace: true, scroll: false })}
            />
          )}
        </QueryView>
      </Show>
    </>
  );
}

function Findings(props: {
  comparison: Comparison;
  metric: string;
  onMetric: (metric: string) => void;
}) {
  const counts = () =>
    t().compare.paired(
      formatCount(props.comparison.paired),
      formatCount(props.comparison.only_base),
      formatCount(props.comparison.only_other),
    );
  return (
    <div class="mt-4 grid grid-cols-1 gap-4">
      <p class="text-sm text-soft">{counts()}</p>
      <Show
        when={props.comparison.paired > 0}
        fallback={<p class="card p-6 text-soft">{t().compare.noPairs}</p>}
      >
        <MetricTable {...props} />
        <ComparedPairs {...props} />
        <FlippedClaims comparison={props.comparison} />
      </Show>
      <SettingsDiff comparison={props.comparison} />
    </div>
  );
}

/** Without the claims that flipped: for those all evidence would have to be read first. */
function comparisonQuery(base: string, other: string) {
  return queryOptions({
    queryKey: ["comparison", base, other],
    queryFn: ({ signal }) =>
      request("GET /api/runs/compare", { query: { base, other, claims: "no" }, signal }),
    enabled: base !== "" && other !== "",
    staleTime: 60_000,
    // One of the runs may have been deleted in another tab.
    refetchOnWindowFocus: "always",
  });
}
