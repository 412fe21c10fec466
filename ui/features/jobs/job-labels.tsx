import { For, Show } from "solid-js";
import type { Job } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";

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
      <ul class="mt-2 flex flex-wrap gap-1.5">
        <For each={labels()}>
          {({ text, title, query }) => (
            <li class="max-w-full">
              <a
                class="block max-w-64 truncate rounded-full border border-line px-2 py-0.5 text-xs text-soft hover:border-line-strong hover:text-ink"
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
