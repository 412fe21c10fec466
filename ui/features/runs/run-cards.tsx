import { For } from "solid-js";
import type { RunRow } from "../../../src/contract/run.ts";
import { t } from "../../i18n/translate.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { RunName } from "../../kit/run-name.tsx";
import { Select } from "../../kit/select.tsx";
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

/** The same runs for narrow screens, one card each. */
export function RunCards(props: { runs: readonly RunRow[]; view: RunView; choice: RunChoice }) {
  const words = useMetricWords();
  return (
    <div class="mt-4 lg:hidden">
      <label class="flex items-center gap-2 text-sm text-soft">
        {t().runs.view.sort}
        <Select
          class="field w-auto"
          chosen={props.view.sorting.by}
          options={[
            ["time", t().runs.time],
            ["name", t().runs.name],
            ...props.view.metrics.map((metric) => [metric, words.title(metric)] as const),
          ]}
          onChoose={props.view.onSort}
        />
      </label>
      <ul class="mt-4 grid grid-cols-1 gap-4">
        <For each={props.runs}>
          {(run) => (
            <li
              class="card p-4"
              classList={{ "border-accent-fill": props.view.base?.run_id === run.run_id }}
            >
              <span class="flex items-start gap-2.5">
                <ChooseRun run={run} choice={props.choice} />
                <RunName run={run} />
              </span>
              <p class="mt-0.5 text-xs text-faint">
                n = <RunSize run={run} />
                {" · "}
                <RunFacts run={run} />
              </p>
              <p class="mt-2 flex flex-wrap items-center gap-2">
                <BaseButton run={run} view={props.view} />
                <GateBadge run={run} rules={props.view.rules} />
              </p>
              <dl class="mt-3 grid grid-cols-2 gap-x-5 gap-y-3">
                <For each={props.view.metrics}>
                  {(metric) => (
                    <div class="min-w-0">
                      <dt class="truncate text-xs text-faint">{words.title(metric)}</dt>
                      <dd>
                        <MeanCell run={run} metric={metric} base={props.view.base} />
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
              <div class="mt-3 border-t border-line pt-3 text-sm text-soft">
                <span class="sr-only">{t().runs.advice}: </span>
                <TopCause run={run} />
              </div>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}
