import { Show } from "solid-js";
import type { Run } from "../../../src/contract/run.ts";
import { t } from "../../i18n/translate.ts";

/**
 * Under the list once a run is chosen: leads to the comparison of two. The baseline is the one that was made it, else
 * the older of the two.
 */
export function CompareBar(props: {
  chosen: readonly Run[];
  base: Run | null;
  onClear: () => void;
}) {
  const href = () => {
    const others = props.chosen.filter((run) => run.run_id !== props.base?.run_id);
    const [first, second] = [...others].sort(
      (a, b) => Date.parse(a.finished_at) - Date.parse(b.finished_at),
    );
    const [base, other] = props.base ? [props.base, second ?? first] : [first, second];
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
