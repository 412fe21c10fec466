import { For, Show } from "solid-js";
import type { Run } from "../../src/contract.ts";
import { formatCount, formatDateTime } from "../format.ts";
import { t } from "../i18n/translate.ts";
import { useMetricWords } from "../metric-words.ts";
import { ChooseRun, type RunChoice } from "./choose-run.tsx";
import { MeanCell } from "./mean-cell.tsx";
import { RunName } from "./run-name.tsx";

/** Runs side by side, one metric a column, for screens wide enough to compare. */
export function RunTable(props: {
  runs: readonly Run[];
  metrics: readonly string[];
  choice: RunChoice;
}) {
  const words = useMetricWords();
  return (
    <div class="card mt-6 hidden overflow-x-auto lg:block">
      <table class="w-full border-collapse text-sm">
        <thead>
          <tr class="border-b border-line text-left text-xs text-faint">
            <th scope="col" class="px-4 py-3 font-medium">
              {t().runs.name}
            </th>
            <For each={props.metrics}>
              {(metric) => (
                <th scope="col" class="px-3 py-3 font-medium" title={directionOf(metric)}>
                  {words.title(metric)}
                  <Show when={words.info(metric)?.direction === "lower"}>
                    <span aria-hidden="true"> ↓</span>
                    <span class="sr-only"> ({t().score.lower})</span>
                  </Show>
                </th>
              )}
            </For>
            <th scope="col" class="px-4 py-3 font-medium">
              {t().runs.advice}
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.runs}>
            {(run) => (
              <tr class="border-b border-line align-top last:border-0 hover:bg-raised/60">
                <th scope="row" class="w-3/10 min-w-60 px-4 py-3 text-left font-normal">
                  <span class="flex items-start gap-2.5">
                    <ChooseRun run={run} choice={props.choice} />
                    <RunName run={run} />
                  </span>
                  <span class="mt-0.5 block pl-6.5 text-xs text-faint">
                    <time datetime={run.finished_at}>{formatDateTime(run.finished_at)}</time>
                    {" · "}
                    {t().runs.sampleCount(run.total_samples, formatCount(run.total_samples))}
                    {" · "}
                    {run.judge_model ?? run.judge}
                  </span>
                </th>
                <For each={props.metrics}>
                  {(metric) => (
                    <td class="px-3 py-3">
                      <MeanCell run={run} metric={metric} />
                    </td>
                  )}
                </For>
                <td class="w-1/5 min-w-36 px-4 py-3 text-soft">
                  {run.advice_top ?? t().runs.noAdvice}
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
