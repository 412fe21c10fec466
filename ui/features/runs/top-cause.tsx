import { Show } from "solid-js";
import type { RunRow } from "../../../src/contract.ts";
import { t } from "../../i18n/translate.ts";
import { CauseBadge } from "../../kit/cause-badge.tsx";

/** What to fix first. The advice itself is in the language of the run, so it stands only where no cause is known. */
export function TopCause(props: { run: RunRow }) {
  return (
    <Show when={props.run.advice_top} fallback={t().runs.noAdvice}>
      {(advice) => (
        <Show when={props.run.cause_top} fallback={<span class="line-clamp-2">{advice()}</span>}>
          <span title={advice()}>
            <CauseBadge cause={props.run.cause_top} />
          </span>
        </Show>
      )}
    </Show>
  );
}
