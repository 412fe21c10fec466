import { useSearchParams } from "@solidjs/router";
import { useQuery } from "@tanstack/solid-query";
import { createMemo, Match, Show, Switch } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { createClock } from "../../kit/clock.ts";
import { ErrorNotice } from "../../kit/error-notice.tsx";
import { JobCard } from "../jobs/job-card.tsx";
import { isActive } from "../jobs/job-feed.ts";
import { jobQuery } from "../jobs/job-query.ts";
import { BadRowList } from "../upload/bad-row-list.tsx";

/** What was sent last, until its report is there. Its id is in the address, so a reload shows it again. */
export default function SentJob() {
  const [search, setSearch] = useSearchParams<{ job: string; way: string }>();
  const query = useQuery(() => jobQuery(search.job ?? ""));
  const job = createMemo(() => (query.isPending ? undefined : query.data));
  const nowMs = createClock(() => {
    const known = job();
    return known !== undefined && isActive(known.status);
  });
  const close = () => setSearch({ job: null });
  return (
    <section class="mt-6" aria-label={t().submit.result}>
      <div class="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 class="font-semibold">{t().submit.result}</h2>
        <button type="button" class="button" onClick={close}>
          {t().submit.another}
        </button>
      </div>
      <Switch>
        <Match when={query.isPending}>
          <div class="skeleton h-52" />
        </Match>
        <Match when={query.isError && !job() && query.error}>
          {(error) => (
            <ErrorNotice
              error={error()}
              onRetry={() => query.refetch()}
              gone={{
                title: t().submit.resultGone,
                text: t().job.goneText,
                href: search.way === "file" ? "/submit?way=file" : "/submit",
                link: t().submit.another,
              }}
            />
          )}
        </Match>
        <Match when={job()}>
          {(known) => (
            <>
              <JobCard job={known()} nowMs={nowMs()} onDeleted={close} />
              <Show when={known().bad_rows > 0}>
                <BadRowList jobId={known().job_id} count={known().bad_rows} />
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </section>
  );
}
