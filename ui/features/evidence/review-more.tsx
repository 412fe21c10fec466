import { createMemo, For, Show } from "solid-js";
import { t } from "../../i18n/translate.ts";
import type { Reviews, Word } from "./create-reviews.ts";

const VERDICTS = ["supported", "contradicted", "unsupported"] as const;

/** After a word on a claim: what the verdict should have been, and why. */
export function ReviewMore(props: { reviews: Reviews; claimId: string }) {
  const mine = () => props.reviews.mine(props.claimId);
  // Equal notes are one: an answer of the server must not write over what is being typed.
  const note = createMemo(() => mine()?.note ?? "");
  const change = (part: Partial<Word>) => {
    const now = mine();
    if (now) {
      const { opinion, verdict, note } = now;
      props.reviews.say(props.claimId, { opinion, verdict, note, ...part });
    }
  };
  return (
    <Show when={mine()}>
      {(word) => (
        <div class="mt-2 flex flex-wrap items-end gap-3 px-3 print:hidden">
          <Show when={word().opinion === "disagree"}>
            <label class="grid gap-1 text-xs text-faint">
              {t().review.instead}
              <select
                class="field w-auto py-1 text-sm"
                value={word().verdict ?? ""}
                onChange={(event) =>
                  change({
                    verdict:
                      VERDICTS.find((verdict) => verdict === event.currentTarget.value) ?? null,
                  })
                }
              >
                <option value="">{t().review.insteadNone}</option>
                <For each={VERDICTS}>
                  {(verdict) => (
                    <option value={verdict} selected={word().verdict === verdict}>
                      {t().sample.verdicts[verdict]}
                    </option>
                  )}
                </For>
              </select>
            </label>
          </Show>
          <label class="grid min-w-40 flex-1 gap-1 text-xs text-faint">
            {t().review.note}
            <input
              class="field py-1 text-sm"
              maxlength={2000}
              placeholder={t().review.notePlaceholder}
              value={note()}
              onChange={(event) => change({ note: event.currentTarget.value.trim() || null })}
            />
          </label>
        </div>
      )}
    </Show>
  );
}
