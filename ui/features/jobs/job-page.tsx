import { useNavigate, useParams } from "@solidjs/router";
import { useQueryClient } from "@tanstack/solid-query";
import { createEffect, createSignal, on, onCleanup, Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { t } from "../../i18n/translate.ts";
import { pathOf } from "../../kit/api.ts";
import { FactList, formatUsage } from "../../kit/fact-list.tsx";
import { formatCount, formatDateTime } from "../../kit/format.ts";
import { PageHeading } from "../../kit/page-heading.tsx";
import { CardSkeletons } from "../../kit/page-skeleton.tsx";
import { QueryView } from "../../kit/query-view.tsx";
import { JobCard } from "./job-card.tsx";
import { jobKey, useJob } from "./job-query.ts";

/** One job. Who waits here for it is taken to the report the moment it is there. */
export default function JobPage() {
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const id = () => params.id;
  const isFollowed = followJob(id, () => isWaiting());
  const { query, job, isWaiting, nowMs } = useJob(id, () => isFollowed());
  createEffect(
    on(isWaiting, (waits, waited) => {
      const runId = job()?.run_id;
      if (waited && !waits && job()?.status === "completed" && runId) {
        navigate(`/runs/${runId}`, { replace: true });
      }
    }),
  );
  return (
    <>
      <PageHeading title={t().job.title} tab={job()?.question.slice(0, 60)}>
        <a class="button" href="/">
          {t().app.back}
        </a>
      </PageHeading>
      <QueryView
        query={query}
        skeleton={<CardSkeletons n={1} />}
        gone={{ title: t().job.gone, text: t().job.goneText, href: "/", link: t().nav.jobs }}
      >
        {(shown) => (
          <div class="mt-6 grid grid-cols-1 gap-6">
            <Show when={isWaiting()}>
              <p role="status" class="text-soft">
                {t().job.waitingForReport}
              </p>
            </Show>
            <JobCard job={shown()} nowMs={nowMs()} onDeleted={() => navigate("/")} isPage />
            <JobFacts job={shown()} />
          </div>
        )}
      </QueryView>
    </>
  );
}

function JobFacts(props: { job: Job }) {
  const tags = () => Object.entries(props.job.tags).map(([name, value]) => `${name}=${value}`);
  return (
    <FactList
      facts={[
        [t().job.id, props.job.job_id],
        [t().jobs.created, formatDateTime(props.job.created_at)],
        [t().jobs.judge, props.job.judge],
        [t().job.model, props.job.judge_model],
        [t().job.usage, formatUsage(props.job.usage)],
        [t().job.attempts, formatCount(props.job.attempts)],
        [t().job.session, props.job.session_id],
        [t().job.tags, tags().join(", ") || null],
      ]}
    />
  );
}

const EVENTS = ["queued", "running", "progress", "done"] as const;

/**
 * Follows a job by its event stream while `isActive`; the browser comes back by itself after a broken line. True while
 * the stream is open: whoever polls may rest.
 */
function followJob(id: () => string, isActive: () => boolean): () => boolean {
  const client = useQueryClient();
  const [isOpen, setOpen] = createSignal(false);
  createEffect(() => {
    if (!isActive()) return;
    const key = jobKey(id());
    const source = new EventSource(pathOf("GET /api/score/jobs/:id/events", { id: id() }));
    const take = ({ data }: MessageEvent<string>) => {
      const job = JSON.parse(data) as Job;
      // An event shows a preview of the question, the page the whole of it. And the stream cannot be told which
      // language is read here, so sentences are asked for.
      client.setQueryData<Job>(key, (known) => ({
        ...job,
        question: known?.question ?? job.question,
        error: job.error && (known?.error ?? null),
        warnings: job.warnings.length > 0 ? (known?.warnings ?? []) : [],
      }));
      if (job.error !== null || job.warnings.length > 0) {
        client.invalidateQueries({ queryKey: key });
      }
    };
    for (const name of EVENTS) source.addEventListener(name, take);
    source.addEventListener("done", () => source.close());
    source.addEventListener("open", () => setOpen(true));
    source.addEventListener("error", () => setOpen(false));
    onCleanup(() => {
      source.close();
      setOpen(false);
    });
  });
  return isOpen;
}
