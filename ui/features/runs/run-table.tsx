import { For, type JSX, Show } from "solid-js";
import type { RunRow } from "../../../src/contract/run.ts";
import { t } from "../../i18n/translate.ts";
import { Icon } from "../../kit/icon.tsx";
import { useMetricWords } from "../../kit/metric-words.ts";
import { RunName } from "../../kit/run-name.tsx";
import { GateBadge } from "./gate-badge.tsx";
import { MeanCell } from "./mean-cell.tsx";
import {
  BaseButton,
  ChooseRun,
  type RunChoice,
  RunFacts,
  RunSize,
  TopCause,
} from "./run-parts.tsx";
import type { RunView } from "./runs-view.ts";

/** Runs side by side, one metric a column, for screens wide enough to compare. */
export function RunTable(props: { runs: readonly RunRow[]; view: RunView; choice: RunChoice }) {
  const words = useMetricWords();
  return (
    <div class="card mt-4 hidden overflow-x-auto lg:block">
      <table class="w-full border-collapse text-sm">
        <thead>
          <tr class="border-b border-line text-left text-xs text-faint">
            <SortHead by="time" view={props.view} class="px-4" title={t().runs.time}>
              {t().runs.name}
            </SortHead>
            <th scope="col" class="px-2 py-2 text-right font-medium">
              n
            </th>
            <For each={props.view.metrics}>
              {(metric) => (
                <SortHead by={metric} view={props.view} class="px-3" title={directionOf(metric)}>
                  {words.title(metric)}
                  <Show when={words.info(metric)?.direction === "lower"}>
                    <span aria-hidden="true"> ↓</span>
                    <span class="sr-only"> ({t().score.lower})</span>
                  </Show>
                </SortHead>
              )}
            </For>
            <th scope="col" class="px-3 py-2 font-medium whitespace-nowrap">
              {t().runs.gate.title}
            </th>
            <th scope="col" class="px-4 py-2 font-medium">
              {t().runs.advice}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.runs}>
            {(run) => (
              <tr
                class="group border-b border-line align-top last:border-0 hover:bg-raised/60"
                classList={{ "bg-accent-wash/50": props.view.base?.run_id === run.run_id }}
              >
                <th scope="row" class="relative w-3/10 min-w-52 px-4 py-2 text-left font-normal">
                  <span class="flex items-start gap-2.5">
                    <ChooseRun run={run} choice={props.choice} />
                    <RunName run={run} />
                  </span>
                  <span class="mt-0.5 flex flex-wrap items-center gap-x-2 pl-6.5 text-xs text-faint">
                    <span class="min-w-0">
                      <RunFacts run={run} />
                    </span>
                    <span
                      classList={{
                        "absolute right-1 bottom-1.5 rounded-md bg-surface px-1.5 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100":
                          props.view.base?.run_id !== run.run_id,
                      }}
                    >
                      <BaseButton run={run} view={props.view} />
                    </span>
                  </span>
                </th>
                <td class="px-2 py-2 text-right">
                  <RunSize run={run} />
                </td>
                <For each={props.view.metrics}>
                  {(metric) => (
                    <td class="px-3 py-2">
                      <MeanCell run={run} metric={metric} base={props.view.base} />
                    </td>
                  )}
                </For>
                <td class="px-3 py-2 whitespace-nowrap">
                  <GateBadge run={run} rules={props.view.rules} />
                </td>
                <td class="min-w-28 px-4 py-2 text-soft">
                  <TopCause run={run} />
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );

  function directionOf(metric: string): string | undefined {
    const direction = words.info(metric)?.direction;
    return direction && t().score[direction];
  }
}

function SortHead(props: {
  by: string;
  view: RunView;
  class: string;
  title?: string;
  children: JSX.Element;
}) {
  const isSorted = () => props.view.sorting.by === props.by;
  const order = () => (props.view.sorting.descending ? "descending" : "ascending");
  return (
    <th
      scope="col"
      class={`${props.class} py-2 font-medium`}
      aria-sort={isSorted() ? order() : undefined}
    >
      <button
        type="button"
        class="inline-flex items-center gap-1 text-left hover:text-ink"
        classList={{ "text-ink": isSorted() }}
        title={props.title}
        onClick={() => props.view.onSort(props.by)}
      >
        <span>{props.children}</span>
        <Show when={isSorted()}>
          <Icon name="down" class={`size-3 ${props.view.sorting.descending ? "" : "rotate-180"}`} />
        </Show>
      </button>
    </th>
  );
}
