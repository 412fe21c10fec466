import { For, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import { Icon } from "../../kit/icon.tsx";
import { isDisputed, type Reviews } from "./create-reviews.ts";

/** What others said of the claim, with their notes; a dispute is named. */
export function OtherOpinions(props: { reviews: Reviews; claimId: string | null }) {
  return (
    <Show when={props.reviews.others(props.claimId).length > 0}>
      <ul class="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
        <Show when={isDisputed(props.reviews, props.claimId)}>
          <li class="inline-flex items-center gap-1 rounded-full bg-warn-wash px-2 py-0.5 text-warn">
            <Icon name="warning" class="size-3" />
            {t().review.peopleDisagree}
          </li>
        </Show>
        <For each={props.reviews.others(props.claimId)}>
          {(review) => (
            <li class="break-words">
              {t().review.by(nameOf(review.reviewer), t().review[review.opinion])}
              <Show when={review.verdict}>
                {(verdict) => <> ({t().sample.verdicts[verdict()]})</>}
              </Show>
              <Show when={review.note}>{(note) => <q class="ml-1">{note()}</q>}</Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** `key:id (name)` is written for the audit log; people know the name. */
function nameOf(reviewer: string): string {
  return reviewer.match(/^key:\S+ \((.+)\)$/)?.[1] ?? (reviewer || t().review.someone);
}
