import { For, Show } from "solid-js";
import type { Warning } from "../../src/contract.ts";
import { t } from "../i18n/translate.ts";
import { Icon } from "./icon.tsx";

/** What intake found odd, each with its fix; folded, because the scores matter more. */
export function JobWarnings(props: { warnings: readonly Warning[] }) {
  return (
    <Show when={props.warnings.length > 0}>
      <details class="group mt-4 rounded-field bg-warn-wash text-sm">
        <summary class="flex list-none items-center gap-2 rounded-field px-3 py-2 font-medium text-warn">
          <Icon name="warning" />
          {t().jobs.warnings(props.warnings.length)}
          <Icon name="down" class="ml-auto group-open:rotate-180" />
        </summary>
        <ul class="grid grid-cols-1 gap-3 px-3 pb-3">
          <For each={props.warnings}>
            {(warning) => (
              <li class="break-words">
                <p class="text-ink">{warning.message}</p>
                <p class="mt-0.5 text-soft">
                  <span class="font-medium">{t().jobs.fix}: </span>
                  {warning.fix}
                </p>
              </li>
            )}
          </For>
        </ul>
      </details>
    </Show>
  );
}
