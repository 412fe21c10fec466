import { useSearchParams } from "@solidjs/router";
import { useInfiniteQuery } from "@tanstack/solid-query";
import { createEffect, createMemo, For, Match, on, Show, Switch } from "solid-js";
import type { Job, JobStatus } from "../../src/contract.ts";
import { createClock } from "../clock.ts";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Icon } from "../components/icon.tsx";
import { JobCard } from "../components/job-card.tsx";
import { JobsToolbar } from "../components/jobs-toolbar.tsx";
import { LoadMore } from "../components/load-more.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { CardSkeletons } from "../components/page-skeleton.tsx";
import { announce } from "../components/toasts.tsx";
import { formatCount } from "../format.ts";
import { lazyWithWords } from "../i18n/lazy-with-words.ts";
import { t } from "../i18n/translate.ts";
import { isActive, jobsQuery } from "../queries.ts";

const JobsEmpty = lazyWithWords(() => import("../components/jobs-empty.tsx"), "jobs", "connect");

/** From here on only the cards near the screen are laid out. */
const LONG = 60;

/** 评分记录: one card for each request to score. Filter and search live in the address. */
export default function JobsPage() {
  const [search, setSearch] = useSearchParams<{ status: string; q: string }>();
  const filter = () => ({ status: readStatus(search.status), q: search.q ?? "" });
  const isFiltered = () => filter().status !== null || filter().q !== "";
  const query = useInfiniteQuery(() => ({ ...jobsQuery(filter()), reconcile: "job_id" }));
  const jobs = createMemo(() =>
    query.isPending ? [] : (query.data?.pages.flatMap((page) => page.jobs) ?? []),
  );
  const isLive = () => jobs().some((job) => isActive(job.status));
  const nowMs = createClock(isLive);
  announceEnds(jobs);

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
        onStatus={(status) => setSearch({ status })}
        onSearch={(q) => setSearch({ q }, { replace: true })}
      />
      <Switch>
        <Match when={query.isPending}>
          <CardSkeletons />
        </Match>
        <Match when={query.isError && jobs().length === 0 && query.error}>
          {(error) => (
            <div class="mt-6">
              <ErrorNotice error={error()} onRetry={() => query.refetch()} />
            </div>
          )}
        </Match>
        <Match when={jobs().length === 0 && isFiltered()}>
          <div class="card mt-6 p-6">
            <h2 class="font-semibold">{t().jobs.emptyFilterTitle}</h2>
            <p class="mt-1 text-soft">{t().jobs.emptyFilterText}</p>
            <a class="button mt-4" href="/">
              {t().jobs.clearFilter}
            </a>
            {/* A search looks at so many jobs a page; older ones may still match. */}
            <LoadMore
              hasMore={query.hasNextPage}
              isLoading={query.isFetchingNextPage}
              onMore={() => query.fetchNextPage()}
            />
          </div>
        </Match>
        <Match when={jobs().length === 0}>
          <JobsEmpty />
        </Match>
        <Match when={true}>
          <p class="mt-5 mb-3 flex min-h-5 flex-wrap items-center gap-x-3 text-xs text-faint">
            <span>{t().jobs.shown(formatCount(jobs().length))}</span>
            <Show when={isLive()}>
              <span>{t().jobs.live}</span>
            </Show>
            <Show when={query.isRefetchError}>
              <span class="text-bad">{t().app.updateFailed}</span>
            </Show>
          </p>
          <div class="grid grid-cols-1 gap-4" classList={{ "long-list": jobs().length > LONG }}>
            <For each={jobs()}>{(job) => <JobCard job={job} nowMs={nowMs()} />}</For>
          </div>
          <LoadMore
            hasMore={query.hasNextPage}
            isLoading={query.isFetchingNextPage}
            onMore={() => query.fetchNextPage()}
          />
        </Match>
      </Switch>
    </>
  );
}

function readStatus(text: string | undefined): JobStatus | null {
  return text !== undefined && Object.hasOwn(t().status, text) ? (text as JobStatus) : null;
}

/** Says which of the shown jobs ended since the last look. */
function announceEnds(jobs: () => readonly Job[]): void {
  const active = new Set<string>();
  createEffect(
    on(
      () => jobs().map(({ job_id, status, question }) => ({ job_id, status, question })),
      (seen) => {
        for (const { job_id, status, question } of seen) {
          if (isActive(status)) active.add(job_id);
          else if (active.delete(job_id)) sayEnd(status, question.slice(0, 80));
        }
      },
    ),
  );
}

function sayEnd(status: JobStatus, question: string): void {
  if (status === "completed") announce(t().jobs.nowCompleted(question));
  if (status === "failed") announce(t().jobs.nowFailed(question));
}
