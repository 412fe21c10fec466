import { Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { areLetterKeysOn } from "../../kit/preferences.ts";
import type { Reviews } from "./create-reviews.ts";

/** How far the reader has come with this sample, the way back, and the keys. */
export function ReviewBar(props: { reviews: Reviews; claimIds: readonly string[] }) {
  const done = () => props.claimIds.filter((id) => props.reviews.mine(id)).length;
  const text = () => t().review.progress(formatCount(done()), formatCount(props.claimIds.length));
  return (
    <Show when={props.reviews.areOpen() && props.claimIds.length > 0}>
      <div class="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-field bg-raised/60 px-3 py-2 text-sm print:hidden">
        <span class="font-medium" role="status">
          {text()}
        </span>
        <progress
          class="progress h-1.5 w-28"
          max={props.claimIds.length}
          value={done()}
          aria-label={text()}
        />
        <button
          type="button"
          class="link text-sm disabled:text-faint disabled:no-underline"
          disabled={!props.reviews.canUndo()}
          aria-keyshortcuts="u"
          onClick={() => props.reviews.undo()}
        >
          {t().review.undo}
        </button>
        <Show when={done() === props.claimIds.length}>
          <span class="text-good">{t().review.allDone}</span>
        </Show>
        <Show when={areLetterKeysOn()}>
          <span class="hidden w-full text-xs text-faint lg:block">{t().review.keys}</span>
        </Show>
      </div>
    </Show>
  );
}
