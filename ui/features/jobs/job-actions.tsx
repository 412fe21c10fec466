import { useQueryClient } from "@tanstack/solid-query";
import { createSignal, Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import { t } from "../../i18n/translate.ts";
import { Icon, type IconName } from "../../kit/icon.tsx";
import { sayWhy } from "../../kit/say-why.ts";
import { announce } from "../../kit/toasts.tsx";
import { deleteWithUndo, noteJobs } from "./job-changes.ts";
import { isActive } from "./job-feed.ts";
import { cancelJob, retryJob } from "./jobs-api.ts";

/** What can be done with a job in its state. By hand: a mutation for each row costs a tenth of drawing it. */
export function createDeeds(job: () => Job) {
  const client = useQueryClient();
  const [isBusy, setIsBusy] = createSignal(false);
  async function act(run: (id: string) => Promise<Job>, done: string): Promise<void> {
    const id = job().job_id;
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
  return {
    isBusy,
    retry: () => act(retryJob, t().jobs.retried),
    cancel: () => act(cancelJob, t().jobs.cancelled),
    remove: () => deleteWithUndo(client, job().job_id),
    canRetry: () => job().status === "failed" || job().status === "cancelled",
    deleteName: () => `${t().jobs.delete}: ${job().question.slice(0, 60)}`,
  };
}

const SMALL = "rounded-md p-1.5 text-soft hover:bg-raised hover:text-ink disabled:opacity-60";
/** On a wide screen only while the row is looked at; a finger has nothing to hover with. */
const LATER =
  "lg:opacity-0 lg:group-hover:opacity-100 lg:group-focus-within:opacity-100 lg:group-focus:opacity-100";

/** In a row: the report always, the rest while somebody is there. */
export function RowActions(props: { job: Job }) {
  const deeds = createDeeds(() => props.job);
  return (
    <div class="flex items-center gap-1 text-sm lg:justify-end print:hidden">
      <span class={`flex max-lg:order-2 max-lg:ml-auto ${LATER}`}>
        <Show when={deeds.canRetry()}>
          <SmallButton icon="refresh" name={t().jobs.retry} deeds={deeds} onPress={deeds.retry} />
        </Show>
        <Show when={isActive(props.job.status)}>
          <SmallButton icon="stop" name={t().jobs.cancel} deeds={deeds} onPress={deeds.cancel} />
        </Show>
        <Show when={props.job.run_id !== null}>
          <a
            class={SMALL}
            href={`/jobs/${props.job.job_id}`}
            aria-label={t().jobs.details}
            title={t().jobs.details}
          >
            <Icon name="jobs" />
          </a>
        </Show>
        <SmallButton
          icon="trash"
          name={deeds.deleteName()}
          title={t().jobs.delete}
          deeds={deeds}
          onPress={deeds.remove}
        />
      </span>
      <Show
        when={props.job.run_id}
        fallback={
          <a class="link whitespace-nowrap" href={`/jobs/${props.job.job_id}`}>
            {t().jobs.details}
          </a>
        }
      >
        {(runId) => (
          <a class="link whitespace-nowrap" href={`/runs/${runId()}`}>
            {t().jobs.viewReport}
          </a>
        )}
      </Show>
    </div>
  );
}

function SmallButton(props: {
  icon: IconName;
  name: string;
  title?: string;
  deeds: ReturnType<typeof createDeeds>;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      class={SMALL}
      aria-label={props.name}
      title={props.title ?? props.name}
      disabled={props.deeds.isBusy()}
      onClick={() => props.onPress()}
    >
      <Icon name={props.icon} />
    </button>
  );
}
