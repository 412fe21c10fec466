import { For, Show } from "solid-js";
import type { Evidence, EvidenceClaim } from "../../../src/scoring/evidence.ts";
import { readDifference } from "../../../src/scoring/read-difference.ts";
import { sayDifference } from "../../../src/words/difference-words.ts";
import { t } from "../../i18n/translate.ts";
import { formatPercent } from "../../kit/format.ts";
import { language } from "../../kit/preferences.ts";
import type { EvidenceLink } from "./create-link.ts";
import type { Reviews } from "./create-reviews.ts";
import { OtherOpinions, ReviewButtons, ReviewMore } from "./review-controls.tsx";
import { shownVerdict, VerdictLabel } from "./verdict-label.tsx";

/** One claim: verdict in words, the statement, and once chosen the very sentences it rests on. */
export function ClaimItem(props: {
  claim: EvidenceClaim;
  evidence: Evidence;
  link: EvidenceLink;
  reviews: Reviews;
  isStop: boolean;
  onChoose: () => void;
}) {
  const isChosen = () => props.link.chosen() === props.claim.id;
  return (
    <li
      data-lit={props.link.isLit([props.claim.id])}
      class="rounded-field border border-line has-[[data-claim]:focus-visible]:outline-2 has-[[data-claim]:focus-visible]:outline-(--focus) hover:border-line-strong data-[lit=true]:border-accent-fill data-[lit=true]:bg-accent-wash"
      onPointerEnter={() => props.link.point([props.claim.id])}
      onPointerLeave={() => props.link.leave()}
    >
      <button
        type="button"
        data-claim={props.claim.id}
        data-lit={props.link.isLit([props.claim.id])}
        tabIndex={props.isStop ? 0 : -1}
        aria-expanded={isChosen()}
        class="w-full rounded-field px-3 py-2 text-left text-sm outline-none"
        onClick={() => props.onChoose()}
        onFocus={() => props.link.point([props.claim.id])}
        onBlur={() => props.link.leave()}
      >
        <span class="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span class="font-mono text-xs text-faint">{props.claim.id}</span>
          <VerdictLabel verdict={shownVerdict(props.claim)} />
          <span class="text-xs text-faint">{remarks(props.claim)}</span>
        </span>
        <span class="mt-0.5 block break-words">{props.claim.text}</span>
        <Show when={readDifference(props.claim, props.evidence)}>
          {(sides) => (
            <span class="mt-0.5 block break-words text-bad">
              {sayDifference(sides(), language())}
            </span>
          )}
        </Show>
      </button>
      <Show when={isChosen()}>
        <Quotes claim={props.claim} evidence={props.evidence} />
      </Show>
      <Show when={props.reviews.areOpen()}>
        <div
          class={`flex flex-wrap items-center justify-end gap-2 px-3 pb-2 ${props.reviews.mine(props.claim.id) ? "" : "print:hidden"}`}
        >
          <div class="mr-auto">
            <OtherOpinions reviews={props.reviews} claimId={props.claim.id} />
          </div>
          <ReviewButtons
            reviews={props.reviews}
            claimId={props.claim.id}
            label={t().review.ofClaim(props.claim.id)}
            isStop={props.isStop}
          />
        </div>
        <Show when={isChosen()}>
          <ReviewMore reviews={props.reviews} claim={props.claim} evidence={props.evidence} />
        </Show>
      </Show>
    </li>
  );
}

function Quotes(props: { claim: EvidenceClaim; evidence: Evidence }) {
  const textOf = (passage: number) => props.evidence.passages?.[passage]?.text ?? "";
  return (
    <ul class="mx-3 mt-1.5 mb-2 grid grid-cols-1 gap-1.5 border-l-2 border-accent-fill pl-3 text-sm">
      <For
        each={props.claim.evidence}
        fallback={<li class="text-faint">{t().sample.noEvidenceFor}</li>}
      >
        {(span) => (
          <li>
            <span class="block text-xs text-faint">{t().sample.passage(span.passage + 1)}</span>
            <q class="break-words text-soft">{textOf(span.passage).slice(span.start, span.end)}</q>
          </li>
        )}
      </For>
    </ul>
  );
}

/** What else was judged about the claim, in words. */
function remarks(claim: EvidenceClaim): string {
  const words = t().sample;
  const other = claim.supported_by_reference ?? claim.supported_by_answer ?? null;
  return [
    other &&
      (claim.of === "answer"
        ? words.byReference(words.verdicts[other])
        : words.byAnswer(words.verdicts[other])),
    claim.on_topic === false && words.offTopic,
    claim.jointly && words.jointly,
    claim.confidence !== null && words.certainty(formatPercent(claim.confidence)),
  ]
    .filter(Boolean)
    .join(" · ");
}
