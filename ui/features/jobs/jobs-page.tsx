import { useSearchParams } from "@solidjs/router";
import { createMemo, createSignal, lazy, Match, Show, Suspense, Switch } from "solid-js";
import type { JobStatus } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";
import { ApiError } from "../../kit/api.ts";
import { createClock } from "../../kit/clock.ts";
import { ErrorNotice } from "../../kit/error-notice.tsx";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";
import { createSelection } from "../../kit/lists/create-selection.ts";
import { isScoped, type ListSearch, readScope } from "../../kit/lists/list-scope.ts";
import { LoadMore } from "../../kit/load-more.tsx";
import { PageHeading } from "../../kit/page-heading.tsx";
import { CardSkeletons } from "../../kit/page-skeleton.tsx";
import { areLetterKeysOn } from "../../kit/preferences.ts";
import type { BulkResult } from "./bulk-jobs.ts";
import { announceEnds, createJobFeed, createLastLook, holdNewJobs } from "./create-job-feed.ts";
import { heldIds } from "./job-changes.ts";
import { isActive } from "./job-feed.ts";
import { JobList, NewPill } from "./job-list.tsx";
import { JobsToolbar } from "./jobs-toolbar.tsx";

const JobsEmpty = lazy(() => import("./recipes.tsx"));
const BulkBar = lazy(() => import("./bulk-bar.tsx"));
const BulkOutcome = lazy(async () => ({ default: (await import("./bulk-bar.tsx")).BulkOutcome }));

/** 评分记录: one card for each request to score. Filter and search live in the address. */
export default function JobsPage() {
  const [search, setSearch] = useSearchParams<ListSearch & { status: string; q: string }>();
  const scope = createMemo(() => readScope(search));
  const filter = createMemo(() => ({
    ...scope(),
    status: readStatus(search.status),
    q: search.q ?? "",
  }));
  const isFiltered = () => filter().status !== null || filter().q !== "" || isScoped(scope());
  const { query, feed, older, loadOlder } = createJobFeed(filter);
  const known = createMemo(() => {
    const held = heldIds();
    return held.size === 0 ? feed().jobs : feed().jobs.filter(({ job_id }) => !held.has(job_id));
  });
  const { shown, waiting, reveal } = holdNewJobs(known, filter);
  const isLive = createMemo(() => known().some((job) => isActive(job.status)));
  const nowMs = createClock(isLive);
  const seen = createLastLook(() => (isFiltered() ? null : (shown()[0]?.job_id ?? null)));
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
      <PageHeading title={t().jobs.title} intro={t().jobs.intro}>
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
        status={filter().status}
        q={filter().q}
        scope={scope()}
        tags={tags()}
        onStatus={(status) => setSearch({ status })}
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
            <JobsEmpty />
          </Suspense>
        </Match>
        <Match when={true}>
          <p class="mt-5 mb-3 flex min-h-5 flex-wrap items-center gap-x-3 text-xs text-faint">
            <span>
              {feed().older === null
                ? t().jobs.shown(formatCount(shown().length))
                : t().jobs.shownSoFar(formatCount(shown().length))}
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
          <JobList
            jobs={shown()}
            nowMs={nowMs()}
            selection={selection}
            seen={seen()}
            hasMore={feed().older !== null && !older.isError}
            isBusy={query.isPlaceholderData || older.isPending}
            onMore={loadOlder}
          />
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

function readStatus(text: string | undefined): JobStatus | null {
  return text !== undefined && Object.hasOwn(t().status, text) ? (text as JobStatus) : null;
}
