import { createMemo, For, Show } from "solid-js";
import type { Evidence } from "../../../src/scoring/evidence.ts";
import { t } from "../../i18n/translate.ts";
import { Subtitled } from "../../kit/titled.tsx";
import { ClaimGrid } from "./claim-grid.tsx";
import { ClaimList } from "./claim-list.tsx";
import { ClaimedText } from "./claimed-text.tsx";
import { createEvidenceLink } from "./create-link.ts";
import type { Reviews } from "./create-reviews.ts";
import { goToClaim, showEvidenceOf } from "./go-to.ts";
import { PassageList } from "./passage-list.tsx";
import { ReviewBar } from "./review-controls.tsx";
import { listenForOpinions } from "./review-keys.ts";
import { VerdictLegend } from "./verdict-label.tsx";

/**
 * Answer beside passages, linked sentence by sentence: what every number of the sample rests on. `evidence` is a
 * plain object, not a store: it never changes, and thousands of tracked reads would cost seconds.
 */
export function EvidenceView(props: { evidence: Evidence; reviews: Reviews }) {
  const link = createEvidenceLink();
  const claims = createMemo(() => ({
    answer: props.evidence.claims.filter((claim) => claim.of === "answer"),
    reference: props.evidence.claims.filter((claim) => claim.of === "reference"),
  }));
  const claimIds = createMemo(() =>
    [...claims().answer, ...claims().reference].map((claim) => claim.id),
  );
  function goOn(): void {
    const ids = claimIds();
    const at = ids.indexOf(link.chosen() ?? "");
    const next = [...ids.slice(at + 1), ...ids.slice(0, at)].find((id) => !props.reviews.mine(id));
    if (next !== undefined) goTo(next);
  }
  function goTo(claimId: string): void {
    link.choose(claimId);
    goToClaim(claimId);
    showEvidenceOf(claimId);
  }
  listenForOpinions({
    reviews: props.reviews,
    current: () => link.chosen() ?? focusedClaim(),
    onSaid: goOn,
    onUndone: (claimId) => claimId !== null && goTo(claimId),
  });
  return (
    <div class="grid grid-cols-1 gap-8">
      <div class="grid gap-3">
        <VerdictLegend />
        <ReviewBar reviews={props.reviews} claimIds={claimIds()} />
      </div>
      <div class="grid gap-8 lg:grid-cols-2">
        <div class="grid min-w-0 content-start gap-5">
          <Subtitled id="answer" title={t().sample.answer}>
            <Show when={props.evidence.abstained}>
              <p class="mt-1 text-sm text-warn">{t().sample.abstained}</p>
            </Show>
            <div class="mt-2">
              <ClaimedText text={props.evidence.answer} claims={claims().answer} link={link} />
            </div>
          </Subtitled>
          <Show
            when={claims().answer.length > 0}
            fallback={<p class="text-sm text-faint">{t().sample.noClaims}</p>}
          >
            <Subtitled id="claims" title={t().sample.claims}>
              <p class="mt-1 mb-3 text-sm text-soft print:hidden">{t().sample.hint}</p>
              <ClaimList
                label={t().sample.claims}
                claims={claims().answer}
                evidence={props.evidence}
                link={link}
                reviews={props.reviews}
              />
            </Subtitled>
          </Show>
        </div>
        <section
          aria-labelledby="passages"
          class="min-w-0 lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:self-start lg:overflow-y-auto lg:pr-1 print:static print:max-h-none"
        >
          <h3 id="passages" class="mb-2 font-semibold">
            {t().sample.passages}
          </h3>
          <PassageList evidence={props.evidence} link={link} />
        </section>
      </div>
      <ClaimGrid evidence={props.evidence} link={link} />
      <Show when={props.evidence.reference}>
        {(reference) => (
          <Subtitled id="reference" title={t().sample.reference}>
            <div class="mt-2 grid gap-x-8 gap-y-4 lg:grid-cols-2">
              <ClaimedText text={reference()} claims={claims().reference} link={link} />
              <Show when={claims().reference.length > 0}>
                <ClaimList
                  label={t().sample.referenceClaims}
                  claims={claims().reference}
                  evidence={props.evidence}
                  link={link}
                  reviews={props.reviews}
                />
              </Show>
            </div>
          </Subtitled>
        )}
      </Show>
      <Show when={props.evidence.notes.length > 0}>
        <Subtitled id="notes" title={t().sample.notes}>
          <ul class="mt-1 list-disc pl-5 text-sm text-soft">
            <For each={props.evidence.notes}>{(note) => <li class="break-words">{note}</li>}</For>
          </ul>
        </Subtitled>
      </Show>
    </div>
  );
}

/** A claim is current once it is reached by Tab, before it is opened. */
function focusedClaim(): string | null {
  return document.activeElement?.getAttribute("data-claim") ?? null;
}
