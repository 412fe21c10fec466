import { For, Show } from "solid-js";
import type { Warning } from "../../../src/contract/outcome.ts";
import { t } from "../../i18n/translate.ts";

/** The warnings of a job, in the reader's language as far as their codes are known; then with the server's own words. */
export default function WarningList(props: { warnings: readonly Warning[] }) {
  return (
    <ul class="grid grid-cols-1 gap-3 px-3 pb-3">
      <For each={props.warnings}>
        {(warning) => (
          <li class="break-words">
            <p class="text-ink">{(wordsFor(warning) ?? warning).message}</p>
            <p class="mt-0.5 text-soft">
              <span class="font-medium">{t().jobs.fix}: </span>
              {(wordsFor(warning) ?? warning).fix}
            </p>
            <Show when={wordsFor(warning)}>
              <p class="mt-0.5 text-xs text-faint">
                {t().warnings.original}: <span lang="en">{warning.message}</span>
              </p>
            </Show>
          </li>
        )}
      </For>
    </ul>
  );
}

/** Rows of a batch carry the words of their warning behind a line number, so only the code says which it is. */
function wordsFor({ code }: Warning): { message: string; fix: string } | null {
  const { known } = t().warnings;
  return Object.hasOwn(known, code) ? (known[code] ?? null) : null;
}
