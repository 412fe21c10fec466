import { For, Show } from "solid-js";
import type { Comparison } from "../../../src/contract/comparison.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount } from "../../kit/format.ts";
import { Titled } from "../../kit/titled.tsx";
import { VerdictLabel } from "../evidence/verdict-label.tsx";

/** Claims both runs made and judged differently. */
export function FlippedClaims(props: { comparison: Comparison }) {
  const flips = () => props.comparison.flipped_claims;
  const hrefOf = (sample: string) =>
    `/runs/${props.comparison.other.run_id}?${new URLSearchParams({ sample })}`;
  return (
    <Titled
      id="flipped-claims"
      title={t().compare.flipped}
      text={t().compare.flippedCount(
        formatCount(flips().total),
        formatCount(flips().checked_pairs),
      )}
      class="card min-w-0 p-5"
    >
      <Show when={flips().claims.length > 0}>
        <ul class="mt-3 divide-y divide-line border-y border-line">
          <For each={flips().claims}>
            {(claim) => (
              <li class="py-2.5 text-sm">
                <p class="flex flex-wrap items-center gap-x-2">
                  <VerdictLabel verdict={claim.from} />
                  <span aria-hidden="true">→</span>
                  <span class="sr-only">{t().compare.becomes}</span>
                  <VerdictLabel verdict={claim.to} />
                  <span class="text-xs text-faint">
                    {claim.of === "answer" ? t().sample.inAnswer : t().sample.inReference}
                  </span>
                </p>
                <a class="link break-words" href={hrefOf(claim.other_sample_id)}>
                  {claim.text}
                </a>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Titled>
  );
}
