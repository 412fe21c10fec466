import { useQueryClient } from "@tanstack/solid-query";
import { createSignal, Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { t } from "../../i18n/translate.ts";
import { cancelJob, retryJob } from "../../kit/api.ts";
import { Icon } from "../../kit/icon.tsx";
import { sayWhy } from "../../kit/say-why.ts";
import { announce } from "../../kit/toasts.tsx";
import { deleteWithUndo, noteJobs } from "./job-changes.ts";
import { isActive } from "./job-feed.ts";

/** What can be done with a job in its state. `onDeleted` lets a page leave what is no more. */
export function JobActions(props: { job: Job; isPage?: boolean; onDeleted?: () => void }) {
  const client = useQueryClient();
  const [isBusy, setIsBusy] = createSignal(false);
  // By hand: a mutation for each card costs a tenth of drawing it.
  async function act(run: (id: string) => Promise<Job>, done: string): Promise<void> {
    const id = props.job.job_id;
    setIsBusy(true);
    try {
      const job = await run(id);
      announce(done);
      noteJobs(client, new Map([[id, job]]));
    } catch (error) {
      announce(sayWhy(error));
      noteJobs(client, new Map());
    } finally {
      setIsBusy(false);
    }
  }
  function remove(): void {
    deleteWithUndo(client, props.job.job_id);
    props.onDeleted?.();
  }
  const canRetry = () => props.job.status === "failed" || props.job.status === "cancelled";
  return (
    <div class="mt-4 flex flex-wrap items-center gap-2 print:hidden">
      <Show when={props.job.run_id}>
        {(runId) => (
          <a class="button button-primary" href={`/runs/${runId()}`}>
            {t().jobs.viewReport}
            <Icon name="right" />
          </a>
        )}
      </Show>
      <Show when={canRetry()}>
        <button
          type="button"
          class="button"
          disabled={isBusy()}
          onClick={() => act(retryJob, t().jobs.retried)}
        >
          <Icon name="refresh" />
          {t().jobs.retry}
        </button>
      </Show>
      <Show when={isActive(props.job.status)}>
        <button
          type="button"
          class="button"
          disabled={isBusy()}
          onClick={() => act(cancelJob, t().jobs.cancelled)}
        >
          {t().jobs.cancel}
        </button>
      </Show>
      <Show when={!props.isPage}>
        <a class="button button-quiet" href={`/jobs/${props.job.job_id}`}>
          {t().jobs.details}
        </a>
      </Show>
      <button
        type="button"
        class="button button-quiet ml-auto px-2.5"
        aria-label={`${t().jobs.delete}: ${props.job.question.slice(0, 60)}`}
        title={t().jobs.delete}
        disabled={isBusy()}
        onClick={remove}
      >
        <Icon name="trash" />
      </button>
    </div>
  );
}
