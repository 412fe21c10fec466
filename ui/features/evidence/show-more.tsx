import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";

export function ShowMore(props: { hidden: number; onMore: () => void }) {
  return (
    <Show when={props.hidden > 0}>
      <button type="button" class="button mt-3" onClick={() => props.onMore()}>
        {t().sample.showMore(formatCount(props.hidden))}
      </button>
    </Show>
  );
}
