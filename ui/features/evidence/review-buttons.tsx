import { For } from "solid-js";
import type { Opinion } from "../../../src/contract-insight.ts";
import { t } from "../../i18n/translate.ts";
import { type Reviews, toggle } from "./create-reviews.ts";

export const OPINIONS: readonly { opinion: Opinion; key: string }[] = [
  { opinion: "agree", key: "y" },
  { opinion: "disagree", key: "n" },
  { opinion: "unsure", key: "?" },
];

/** Three buttons, of which one may be pressed; the key that does the same stands on each. */
export function ReviewButtons(props: {
  reviews: Reviews;
  claimId: string | null;
  label: string;
  /** Only the buttons of the current claim are stops for Tab, so that a long list stays short. */
  isStop: boolean;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend to be seen
    <span
      role="group"
      aria-label={props.label}
      class="inline-flex overflow-hidden rounded-field border border-line text-xs"
    >
      <For each={OPINIONS}>
        {({ opinion, key }) => (
          <button
            type="button"
            class="inline-flex min-h-8 items-center gap-1.5 border-r border-line px-2.5 text-faint last:border-r-0 hover:bg-raised hover:text-ink aria-pressed:bg-primary aria-pressed:font-medium aria-pressed:text-primary-ink max-lg:min-h-10 max-lg:px-3.5"
            aria-pressed={props.reviews.mine(props.claimId)?.opinion === opinion}
            aria-keyshortcuts={props.claimId === null ? key.toUpperCase() : key}
            tabIndex={props.isStop ? 0 : -1}
            data-opinion={opinion}
            onClick={() => toggle(props.reviews, props.claimId, opinion)}
          >
            {t().review[opinion]}
            <span class="hidden font-mono opacity-70 lg:inline" aria-hidden="true">
              {props.claimId === null && key !== "?" ? key.toUpperCase() : key}
            </span>
          </button>
        )}
      </For>
    </span>
  );
}
