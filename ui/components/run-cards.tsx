import { For } from "solid-js";
import type { Run } from "../../src/contract.ts";
import { formatCount, formatDateTime } from "../format.ts";
import { t } from "../i18n/translate.ts";
import { useMetricWords } from "../metric-words.ts";
import { ChooseRun, type RunChoice } from "./choose-run.tsx";
import { MeanCell } from "./mean-cell.tsx";
import { RunName } from "./run-name.tsx";

/** The same runs for narrow screens, one card each. */
export function RunCards(props: { runs: readonly Run[]; choice: RunChoice }) {
  const words = useMetricWords();
  return (
    <ul class="mt-6 grid grid-cols-1 gap-4 lg:hidden">
      <For each={props.runs}>
        {(run) => (
          <li class="card p-4">
            <span class="flex items-start gap-2.5">
              <ChooseRun run={run} choice={props.choice} />
              <RunName run={run} />
            </span>
            <p class="mt-0.5 text-xs text-faint">
              <time datetime={run.finished_at}>{formatDateTime(run.finished_at)}</time>
              {" · "}
              {t().runs.sampleCount(run.total_samples, formatCount(run.total_samples))}
              {" · "}
              {run.judge_model ?? run.judge}
            </p>
            <dl class="mt-3 grid grid-cols-2 gap-x-5 gap-y-3">
              <For each={run.metrics.slice(0, 6)}>
                {(metric) => (
                  <div class="min-w-0">
                    <dt class="truncate text-xs text-faint">{words.title(metric)}</dt>
                    <dd>
                      <MeanCell run={run} metric={metric} />
                    </dd>
                  </div>
                )}
              </For>
            </dl>
            <p class="mt-3 border-t border-line pt-3 text-sm text-soft">
              <span class="sr-only">{t().runs.advice}: </span>
              {run.advice_top ?? t().runs.noAdvice}
            </p>
          </li>
        )}
      </For>
    </ul>
  );
}
