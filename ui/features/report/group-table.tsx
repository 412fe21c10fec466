import { For } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";

/** Means by tag. */
export function GroupTable(props: { report: Report }) {
  const words = useMetricWords();
  return (
    <div
      class="overflow-x-auto"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be scrolled by keyboard too
      tabIndex={0}
    >
      <table class="w-full text-sm">
        <thead>
          <tr class="border-b border-line text-left text-xs text-faint">
            <th scope="col" class="px-4 py-2.5 font-medium">
              {t().report.groupTag}
            </th>
            <th scope="col" class="px-3 py-2.5 text-right font-medium">
              n
            </th>
            <For each={props.report.run.metrics}>
              {(metric) => (
                <th scope="col" class="min-w-20 px-3 py-2.5 text-right font-medium">
                  {words.title(metric)}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.report.groups}>
            {(group) => (
              <tr class="border-b border-line last:border-0">
                <th scope="row" class="max-w-64 px-4 py-2.5 text-left font-normal break-words">
                  {group.tag}
                </th>
                <td class="px-3 py-2.5 text-right">{formatCount(group.n)}</td>
                <For each={props.report.run.metrics}>
                  {(metric) => (
                    <td class="px-3 py-2.5 text-right">{scoreOrDash(group.means[metric])}</td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

function scoreOrDash(value: number | null | undefined): string {
  return value == null ? "–" : formatScore(value);
}
