import { For, Show } from "solid-js";
import type { Job } from "../../../src/contract/job.ts";
import type { JobStatus } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";
import { Badge, type Look } from "../../kit/badge.tsx";
import type { Selection } from "../../kit/lists/create-selection.ts";

const LOOKS: Record<JobStatus, Look> = {
  queued: ["clock", "plain"],
  running: ["running", "info"],
  completed: ["check", "good"],
  failed: ["cross", "bad"],
  cancelled: ["stop", "plain"],
};

export function StatusBadge(props: { status: JobStatus }) {
  return (
    <Badge look={LOOKS[props.status]} isTurning={props.status === "running"}>
      {t().status[props.status]}
    </Badge>
  );
}

/** Session and tags of a job; each shows the jobs that have it too. */
export function JobLabels(props: { job: Job }) {
  const labels = (): { text: string; title: string; query: Record<string, string> }[] => [
    ...(props.job.session_id === null
      ? []
      : [
          {
            text: props.job.session_id,
            title: t().lists.session,
            query: { session: props.job.session_id },
          },
        ]),
    ...Object.entries(props.job.tags).map(([name, value]) => ({
      text: `${name}=${value}`,
      title: t().lists.tag,
      query: { tag: `${name}=${value}` },
    })),
  ];
  return (
    <Show when={labels().length > 0}>
      <ul class="flex min-w-0 gap-2 overflow-hidden">
        <For each={labels()}>
          {({ text, title, query }) => (
            <li class="min-w-0 max-w-full shrink-0">
              <a
                class="block max-w-34 truncate text-xs text-soft underline decoration-line-strong underline-offset-2 hover:text-ink"
                href={`/?${new URLSearchParams(query)}`}
                title={`${title}: ${text}`}
              >
                {text}
              </a>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** Takes a job into what is done to several; with Shift all in between too. */
export function TickJob(props: { job: Job; selection: Selection }) {
  return (
    <input
      type="checkbox"
      class="size-4 accent-accent-fill print:hidden"
      aria-label={t().jobs.choose(props.job.question.slice(0, 60))}
      title={t().jobs.chooseHint}
      checked={props.selection.has(props.job.job_id)}
      onClick={(event) => props.selection.toggle(props.job.job_id, event.shiftKey)}
    />
  );
}
