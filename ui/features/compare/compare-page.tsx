import { useSearchParams } from "@solidjs/router";
import { queryOptions, useQuery } from "@tanstack/solid-query";
import { Show } from "solid-js";
import type { Comparison } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { request } from "../../kit/api.ts";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { goneRun } from "../../kit/gone-run.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { ComparedMetrics } from "./compared-metrics.tsx";
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
        <QueryView query={query} gone={goneRun()}>
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

/** Which two runs, and how many samples they share. */
function ComparedRuns(props: { comparison: Comparison }) {
  return (
    <section aria-label={t().compare.runs}>
      <div class="grid gap-4 sm:grid-cols-2">
        <RunCard role={t().compare.base} run={props.comparison.base} />
        <RunCard role={t().compare.other} run={props.comparison.other} />
      </div>
      <p class="mt-3 text-sm text-soft">
        {t().compare.paired(
          formatCount(props.comparison.paired),
          formatCount(props.comparison.only_base),
          formatCount(props.comparison.only_other),
        )}
      </p>
    </section>
  );
}

function RunCard(props: { role: string; run: Comparison["base"] }) {
  return (
    <div class="card min-w-0 p-4">
      <p class="text-sm text-faint">{props.role}</p>
      <a class="link font-medium break-words" href={`/runs/${props.run.run_id}`}>
        {props.run.name ?? props.run.run_id}
      </a>
      <p class="mt-0.5 text-xs text-faint">
        <time datetime={props.run.finished_at}>{formatDateTime(props.run.finished_at)}</time>
        {" · "}
        {t().runs.sampleCount(props.run.total_samples, formatCount(props.run.total_samples))}
      </p>
    </div>
  );
}

function comparisonQuery(base: string, other: string) {
  return queryOptions({
    queryKey: ["comparison", base, other],
    queryFn: ({ signal }) => request("GET /api/runs/compare", { query: { base, other }, signal }),
    enabled: base !== "" && other !== "",
    staleTime: 60_000,
    // One of the runs may have been deleted in another tab.
    refetchOnWindowFocus: "always",
  });
}
