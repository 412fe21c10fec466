import { useSearchParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { Match, Show, Switch } from "solid-js";
import type { Comparison } from "../../src/contract-insight.ts";
import { comparisonQuery } from "../compare-query.ts";
import { ComparedMetrics } from "../components/compare/compared-metrics.tsx";
import { ComparedRuns } from "../components/compare/compared-runs.tsx";
import { FlippedClaims } from "../components/compare/flipped-claims.tsx";
import { SettingsDiff } from "../components/compare/settings-diff.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { CardSkeletons } from "../components/page-skeleton.tsx";
import { t } from "../i18n/translate.ts";

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
      <Switch>
        <Match when={isIncomplete()}>
          <p class="mt-6 text-soft">{t().compare.chooseTwo}</p>
        </Match>
        <Match when={query.isPending}>
          <CardSkeletons />
        </Match>
        <Match when={query.isError && query.error}>
          {(error) => (
            <div class="mt-6">
              <ErrorNotice
                error={error()}
                onRetry={() => query.refetch()}
                gone={{
                  title: t().report.gone,
                  text: t().report.goneText,
                  href: "/runs",
                  link: t().report.toRuns,
                }}
              />
            </div>
          )}
        </Match>
        <Match when={query.data}>{(comparison) => <Findings comparison={comparison()} />}</Match>
      </Switch>
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
