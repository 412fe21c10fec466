import { For, Show } from "solid-js";
import type { Report } from "../../../src/contract/report.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { formatCount, formatScore } from "../../kit/format.ts";
import { useMetricWords } from "../../kit/metric-words.ts";
import { Titled } from "../../kit/titled.tsx";

/** Why samples are weak, most frequent first. Each cause filters the samples. */
export function CauseList(props: { report: Report; hrefOfCause: (cause: string) => string }) {
  const causes = () =>
    Object.entries(props.report.diagnosis)
      .filter(([, n]) => n > 0)
      .sort(([, a], [, b]) => b - a);
  const share = (n: number) => `${(100 * n) / Math.max(1, props.report.run.total_samples)}%`;
  return (
    <Show when={causes().length > 0 && props.report.run.total_samples > 1}>
      <Titled id="causes" title={t().report.causesTitle}>
        <ul class="card mt-3 grid grid-cols-1 gap-1 p-2">
          <For each={causes()}>
            {([cause, n]) => (
              <li>
                <a
                  class="grid w-full grid-cols-[minmax(0,13rem)_minmax(0,1fr)_auto] items-center gap-4 rounded-field px-3 py-2 text-left text-sm hover:bg-raised"
                  href={props.hrefOfCause(cause)}
                  noScroll
                >
                  <span class="truncate">{wordFor(t().causes, cause)}</span>
                  <svg class="h-2 w-full" aria-hidden="true">
                    <rect width="100%" height="8" rx="4" class="fill-raised" />
                    <rect width={share(n)} height="8" rx="4" class="fill-accent-fill" />
                  </svg>
                  <span class="text-soft">{t().report.causeCount(formatCount(n))}</span>
                </a>
              </li>
            )}
          </For>
        </ul>
      </Titled>
    </Show>
  );
}

/** Means by tag. Where all samples share their tags there is nothing to compare. */
export function GroupTable(props: { report: Report }) {
  const words = useMetricWords();
  return (
    <Show when={props.report.groups.length > 1}>
      <Titled id="groups" title={t().report.groups}>
        <div
          class="card mt-3 overflow-x-auto"
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
      </Titled>
    </Show>
  );
}

function scoreOrDash(value: number | null | undefined): string {
  return value == null ? "–" : formatScore(value);
}
