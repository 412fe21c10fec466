import { For, Show } from "solid-js";
import type { Report } from "../../../src/contract.ts";
import { t, wordFor } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";

/** Why samples are weak, most frequent first. Each cause filters the samples. */
export function CauseList(props: { report: Report; hrefOfCause: (cause: string) => string }) {
  const causes = () =>
    Object.entries(props.report.diagnosis)
      .filter(([, n]) => n > 0)
      .sort(([, a], [, b]) => b - a);
  const share = (n: number) => `${(100 * n) / Math.max(1, props.report.run.total_samples)}%`;
  return (
    <Show when={causes().length > 0 && props.report.run.total_samples > 1}>
      <section aria-labelledby="causes">
        <h2 id="causes" class="text-lg font-semibold">
          {t().report.causesTitle}
        </h2>
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
      </section>
    </Show>
  );
}
