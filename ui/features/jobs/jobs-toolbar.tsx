import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { createTyping } from "../../kit/create-typing.ts";
import { Icon } from "../../kit/icon.tsx";
import type { ListScope } from "../../kit/lists/list-scope.ts";
import { ScopeBar } from "../../kit/lists/scope-bar.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Select } from "../../kit/select.tsx";
import type { JobSearch } from "./job-view.ts";

/** What narrows and sorts the list. Each control says by itself what it is about, so they fit into one line. */
export function JobsToolbar(props: {
  view: JobSearch;
  scope: ListScope;
  tags: readonly string[];
  onSearch: (q: string) => void;
  onChange: (part: Partial<JobSearch>) => void;
  onScope: (scope: Partial<ListScope>) => void;
}) {
  const words = useMetricWords();
  const [typed, type] = createTyping(
    () => props.view.q,
    (q) => props.onSearch(q),
  );
  const isLower = () => words.info(props.view.metric)?.direction === "lower";
  return (
    <ScopeBar
      scope={props.scope}
      tags={props.tags}
      onChange={props.onScope}
      more={
        <>
          <Choice
            name={t().jobs.filter}
            any={t().jobs.anyState}
            chosen={props.view.lost === "yes" ? "lost" : props.view.status}
            options={[...Object.entries(t().status), ["lost", t().jobs.withLosses]]}
            onChoose={(chosen) =>
              props.onChange(
                chosen === "lost" ? { status: "", lost: "yes" } : { status: chosen, lost: "" },
              )
            }
          />
          <Choice
            name={t().jobs.cause}
            any={t().jobs.anyCause}
            chosen={props.view.cause}
            options={Object.entries(t().causes)}
            onChoose={(cause) => props.onChange({ cause })}
          />
          <Choice
            name={t().jobs.source}
            any={t().jobs.anySource}
            chosen={props.view.source}
            options={Object.entries(t().jobs.sources)}
            onChoose={(source) => props.onChange({ source })}
          />
          <Choice
            name={t().jobs.metric}
            any={t().jobs.anyMetric}
            chosen={props.view.metric}
            options={[
              ["weighted_score", t().jobs.weighted],
              ...words.names().map((one) => [one, words.title(one)] as const),
            ]}
            onChoose={(metric) => props.onChange({ metric, limit: props.view.limit || "0.5" })}
          />
          <Show when={props.view.metric !== ""}>
            <label class="flex items-center gap-1.5 text-sm whitespace-nowrap text-soft">
              {isLower() ? t().jobs.atLeast : t().jobs.atMost}
              <input
                type="number"
                class="field w-18 px-2 py-1.5"
                aria-label={t().jobs.limit}
                min="0"
                max="1"
                step="0.05"
                value={props.view.limit}
                onChange={(event) => props.onChange({ limit: event.currentTarget.value })}
              />
            </label>
          </Show>
          <Choice
            name={t().jobs.sort}
            any={t().jobs.sorts.time}
            chosen={props.view.sort}
            options={[
              ["worst", t().jobs.sorts.worst],
              ["best", t().jobs.sorts.best],
            ]}
            onChoose={(sort) => props.onChange({ sort })}
          />
        </>
      }
    >
      <label class="relative min-w-40 flex-1">
        <span class="sr-only">{t().jobs.search}</span>
        <Icon
          name="search"
          class="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-faint"
        />
        <input
          type="search"
          class="field py-1.5 pl-9"
          placeholder={t().jobs.searchPlaceholder}
          value={typed()}
          onInput={(event) => type(event.currentTarget.value)}
        />
      </label>
    </ScopeBar>
  );
}

/** A choice whose first says that nothing is chosen. */
function Choice(props: {
  name: string;
  any: string;
  chosen: string;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
}) {
  return (
    <Select
      aria-label={props.name}
      class={`field w-auto max-w-36 px-2 py-1.5 text-sm ${props.chosen === "" ? "" : "border-accent-fill bg-accent-wash font-medium text-accent"}`}
      chosen={props.chosen}
      options={[["", props.any], ...props.options]}
      onChoose={props.onChoose}
    />
  );
}
