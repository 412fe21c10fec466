import { useSearchParams } from "@solidjs/router";
import { createMemo, createSignal, lazy, Match, Show, Suspense, Switch } from "solid-js";
import { lazyWithWords } from "../../i18n/lazy-with-words.ts";
import { t } from "../../i18n/translate.ts";
import { ApiError } from "../../kit/api.ts";
import { createClock } from "../../kit/clock.ts";
import { ErrorNotice } from "../../kit/error-notice.tsx";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { createSelection } from "../../kit/lists/create-selection.ts";
import { isScoped, type ListSearch, readScope } from "../../kit/lists/list-scope.ts";
import { LoadMore } from "../../kit/load-more.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { CardSkeletons } from "../../kit/page-skeleton.tsx";
import { areLetterKeysOn } from "../../kit/preferences.ts";
import type { BulkResult } from "./bulk-jobs.ts";
import { announceEnds, createJobFeed, createLastLook, holdNewJobs } from "./create-job-feed.ts";
import { heldIds } from "./job-changes.ts";
import { isActive } from "./job-feed.ts";
import { JobList, NewPill } from "./job-list.tsx";
import { sortJobs } from "./job-result.tsx";
import { COLUMNS } from "./job-row.tsx";
import { filterOf, isNarrowed, type JobSearch, readSearch } from "./job-view.ts";
import { JobsToolbar } from "./jobs-toolbar.tsx";

const FirstJob = lazyWithWords(() => import("../first-job/recipes.tsx"), "first-job");
const BulkBar = lazy(() => import("./bulk-bar.tsx"));
const BulkOutcome = lazy(async () => ({ default: (await import("./bulk-bar.tsx")).BulkOutcome }));

/** 评分记录: a row for each request to score. What narrows and sorts lives in the address. */
export default function JobsPage() {
  const [search, setSearch] = useSearchParams<ListSearch & JobSearch>();
  const words = useMetricWords();
  const scope = createMemo(() => readScope(search));
  const view = createMemo(() => readSearch(search));
  const filter = createMemo(() => filterOf(view(), scope(), words));
  const isFiltered = () => isNarrowed(filter()) || isScoped(scope());
  const { query, feed, older, loadOlder } = createJobFeed(filter);
  const known = createMemo(() => {
    const held = heldIds();
    return held.size === 0 ? feed().jobs : feed().jobs.filter(({ job_id }) => !held.has(job_id));
  });
  const { shown: inOrder, waiting, reveal } = holdNewJobs(known, filter);
  const shown = createMemo(() => sortJobs(inOrder(), view().sort, words));
  const isLive = createMemo(() => known().some((job) => isActive(job.status)));
  const nowMs = createClock(isLive);
  const seen = createLastLook(() => (isFiltered() ? null : (inOrder()[0]?.job_id ?? null)));
  const selection = createSelection(() => shown().map((job) => job.job_id));
  const [result, setResult] = createSignal<BulkResult | null>(null);
  const tags = createMemo(() => [
    ...new Set(feed().jobs.flatMap((job) => Object.entries(job.tags).map((tag) => tag.join("=")))),
  ]);
  /** Shown instead of the list: nothing is known, or the reader was locked out meanwhile. */
  const refusal = () => {
    const error = query.isError ? query.error : null;
    const isLockedOut = error instanceof ApiError && (error.status === 401 || error.status === 403);
    return known().length === 0 || isLockedOut ? error : null;
  };
  announceEnds(known);

  return (
    <>
      <PageHeading title={t().jobs.title}>
        <button
          type="button"
          class="button"
          onClick={() => query.refetch()}
          title={isLive() ? t().jobs.live : undefined}
        >
          <Icon name="refresh" class={query.isFetching ? "animate-spin" : ""} />
          <span class="max-sm:sr-only">{t().app.refresh}</span>
        </button>
      </PageHeading>
      <JobsToolbar
        view={view()}
        scope={scope()}
        tags={tags()}
        onChange={(part) => setSearch({ ...part })}
        onSearch={(q) => setSearch({ q }, { replace: true })}
        onScope={(part) => setSearch({ ...part })}
      />
      <div role="status">
        <Show when={result()}>
          {(known) => (
            <Suspense>
              <BulkOutcome result={known()} onClose={() => setResult(null)} />
            </Suspense>
          )}
        </Show>
      </div>
      <Switch>
        <Match when={query.isPending}>
          <CardSkeletons />
        </Match>
        <Match when={refusal()}>
          {(error) => (
            <div class="mt-6">
              <ErrorNotice error={error()} onRetry={() => query.refetch()} />
            </div>
          )}
        </Match>
        <Match when={known().length === 0 && isFiltered()}>
          <div class="card mt-6 p-6">
            <h2 class="font-semibold">{t().jobs.emptyFilterTitle}</h2>
            <p class="mt-1 text-soft">{t().jobs.emptyFilterText}</p>
            <a class="button mt-4" href="/">
              {t().jobs.clearFilter}
            </a>
            {/* A search looks at so many jobs a page; older ones may still match. */}
            <LoadMore
              hasMore={feed().older !== null}
              isLoading={older.isPending}
              onMore={loadOlder}
            />
          </div>
        </Match>
        <Match when={known().length === 0 && feed().older === null}>
          <Suspense fallback={<CardSkeletons />}>
            <FirstJob />
          </Suspense>
        </Match>
        <Match when={true}>
          <p class="mt-3 mb-1.5 flex min-h-5 flex-wrap items-center gap-x-3 text-xs text-faint">
            <span>
              {feed().older === null
                ? t().jobs.shown(formatCount(shown().length))
                : view().sort === ""
                  ? t().jobs.shownSoFar(formatCount(shown().length))
                  : t().jobs.sortedLoaded(formatCount(shown().length))}
            </span>
            <Show when={isLive()}>
              <span>{t().jobs.live}</span>
            </Show>
            <Show when={query.isRefetchError}>
              <span class="text-bad">{t().app.updateFailed}</span>
            </Show>
            <Show when={areLetterKeysOn()}>
              <span class="ml-auto hidden lg:inline" aria-hidden="true">
                {t().jobs.keysHint}
              </span>
            </Show>
          </p>
          <NewPill n={waiting()} onShow={reveal} />
          <div class="-mx-4 overflow-hidden border-y border-line bg-surface sm:mx-0 sm:rounded-card sm:border">
            <div
              aria-hidden="true"
              class={`hidden border-b border-line bg-raised/50 px-3 py-1.5 text-xs text-faint lg:grid ${COLUMNS}`}
            >
              <span />
              <span>{t().jobs.asked}</span>
              <span>{t().jobs.result}</span>
              <span>{t().jobs.came}</span>
            </div>
            <JobList
              jobs={shown()}
              nowMs={nowMs()}
              selection={selection}
              seen={seen()}
              hasMore={feed().older !== null && !older.isError}
              isBusy={query.isPlaceholderData || older.isPending}
              isByTime={view().sort === ""}
              onMore={loadOlder}
            />
          </div>
          <Show when={older.error}>
            {(error) => (
              <div class="mt-2">
                <ErrorNotice error={error()} onRetry={loadOlder} />
              </div>
            )}
          </Show>
          <LoadMore
            hasMore={feed().older !== null && !older.isError}
            isLoading={older.isPending}
            onMore={loadOlder}
          />
          <Show when={selection.ids().length > 0}>
            <Suspense>
              <BulkBar jobs={shown()} selection={selection} onResult={setResult} />
            </Suspense>
          </Show>
        </Match>
      </Switch>
    </>
  );
}
