import { Show } from "solid-js";
import type { Run } from "../../src/contract.ts";
import { t } from "../i18n/translate.ts";

/** Under the list once a run is chosen: leads to the comparison of two, the older one as the baseline. */
export function CompareBar(props: { chosen: readonly Run[]; onClear: () => void }) {
  const href = () => {
    const [base, other] = [...props.chosen].sort(
      (a, b) => Date.parse(a.finished_at) - Date.parse(b.finished_at),
    );
    if (!base || !other) return null;
    return `/compare?${new URLSearchParams({ base: base.run_id, other: other.run_id })}`;
  };
  return (
    <div role="status" class="sticky bottom-20 z-20 mt-4 lg:bottom-4 print:hidden">
      <Show when={props.chosen.length > 0}>
        <div class="card flex flex-wrap items-center gap-3 border-accent-fill p-3 shadow-lg">
          <Show when={href()} fallback={<p class="text-soft">{t().compare.oneMore}</p>}>
            {(known) => (
              <a class="button button-primary" href={known()}>
                {t().compare.action}
              </a>
            )}
          </Show>
          <button type="button" class="button button-quiet ml-auto" onClick={() => props.onClear()}>
            {t().compare.clear}
          </button>
        </div>
      </Show>
    </div>
  );
}
