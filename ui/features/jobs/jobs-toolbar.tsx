import { For } from "solid-js";
import type { JobStatus } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";
import { createTyping } from "../../kit/create-typing.ts";
import { Icon } from "../../kit/icon.tsx";
import type { ListScope } from "../../kit/lists/list-scope.ts";
import { ScopeBar } from "../../kit/lists/scope-bar.tsx";

const STATUSES: readonly (JobStatus | null)[] = [
  null,
  "queued",
  "running",
  "completed",
  "failed",
  "cancelled",
];

export function JobsToolbar(props: {
  status: JobStatus | null;
  q: string;
  scope: ListScope;
  tags: readonly string[];
  onStatus: (status: JobStatus | null) => void;
  onSearch: (q: string) => void;
  onScope: (scope: Partial<ListScope>) => void;
}) {
  const [typed, type] = createTyping(
    () => props.q,
    (q) => props.onSearch(q),
  );
  return (
    <ScopeBar scope={props.scope} tags={props.tags} onChange={props.onScope}>
      <label class="relative min-w-56 flex-1">
        <span class="sr-only">{t().jobs.search}</span>
        <Icon
          name="search"
          class="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-faint"
        />
        <input
          type="search"
          class="field pl-9"
          placeholder={t().jobs.searchPlaceholder}
          value={typed()}
          onInput={(event) => type(event.currentTarget.value)}
        />
      </label>
      <fieldset class="flex max-w-full min-w-0 gap-1 overflow-x-auto rounded-field border border-line bg-surface p-1">
        <legend class="sr-only">{t().jobs.filter}</legend>
        <For each={STATUSES}>
          {(status) => (
            <button
              type="button"
              aria-pressed={props.status === status}
              class="min-h-7 shrink-0 rounded-md px-2.5 text-sm text-soft hover:text-ink aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-ink"
              onClick={() => props.onStatus(status)}
            >
              {status === null ? t().jobs.all : t().status[status]}
            </button>
          )}
        </For>
      </fieldset>
    </ScopeBar>
  );
}
