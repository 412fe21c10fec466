import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { Icon } from "../../kit/icon.tsx";

/** Jobs that came while the reader was further down: nothing moves under their eyes until they ask for it. */
export function NewPill(props: { n: number; onShow: () => void }) {
  return (
    <div
      role="status"
      class="pointer-events-none sticky top-18 z-20 flex h-0 justify-center lg:top-4 print:hidden"
    >
      <Show when={props.n > 0}>
        <button
          type="button"
          class="button button-primary pointer-events-auto rounded-full shadow-lg"
          onClick={() => props.onShow()}
        >
          <Icon name="down" class="rotate-180" />
          {t().jobs.newOnes(formatCount(props.n))}
        </button>
      </Show>
    </div>
  );
}
