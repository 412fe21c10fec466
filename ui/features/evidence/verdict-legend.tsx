import { For } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { VerdictLabel } from "./verdict-label.tsx";
import type { ShownVerdict } from "./verdict-look.ts";

const ALL: readonly ShownVerdict[] = ["supported", "contradicted", "unsupported", "unjudged"];

export function VerdictLegend() {
  return (
    <ul class="flex flex-wrap gap-x-4 gap-y-1 text-xs">
      <For each={ALL}>
        {(verdict) => (
          <li class="inline-flex items-center gap-1.5 text-faint">
            <VerdictLabel verdict={verdict} />
            {t().sample.meaning[verdict]}
          </li>
        )}
      </For>
    </ul>
  );
}
