import { useSearchParams } from "@solidjs/router";
import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { QueryView } from "../../kit/query-view.tsx";
import { JobCard } from "../jobs/job-card.tsx";
import { useJob } from "../jobs/job-query.ts";
import { BadRowList } from "../upload/bad-row-list.tsx";

/** What was sent last, until its report is there. Its id is in the address, so a reload shows it again. */
export default function SentJob() {
  const [search, setSearch] = useSearchParams<{ job: string; way: string }>();
  const { query, nowMs } = useJob(() => search.job ?? "");
  const close = () => setSearch({ job: null });
  return (
    <section class="mt-6" aria-label={t().submit.result}>
      <div class="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 class="font-semibold">{t().submit.result}</h2>
        <button type="button" class="button" onClick={close}>
          {t().submit.another}
        </button>
      </div>
      <QueryView
        query={query}
        skeleton={<div class="skeleton h-52" />}
        errorClass=""
        gone={{
          title: t().submit.resultGone,
          text: t().job.goneText,
          href: search.way === "file" ? "/submit?way=file" : "/submit",
          link: t().submit.another,
        }}
      >
        {(job) => (
          <>
            <JobCard job={job()} nowMs={nowMs()} onDeleted={close} />
            <Show when={job().bad_rows > 0}>
              <BadRowList jobId={job().job_id} count={job().bad_rows} />
            </Show>
          </>
        )}
      </QueryView>
    </section>
  );
}
