import { createEffect, createMemo, createSignal, For, type JSX, Show } from "solid-js";
import type { Evidence } from "../../../src/scoring/evidence.ts";
import { t } from "../../i18n/translate.ts";
import { Folded } from "../../kit/folded.tsx";
import { formatCount } from "../../kit/format.ts";
import { isElsewhere } from "../../kit/letter-keys.ts";
import { Subtitled } from "../../kit/titled.tsx";
import { ClaimGrid } from "./claim-grid.tsx";
import { ClaimList } from "./claim-list.tsx";
import { ClaimedText } from "./claimed-text.tsx";
import { createEvidenceLink } from "./create-link.ts";
import type { Reviews } from "./create-reviews.ts";
import { focusClaim, goToClaim, goToEvidence, showEvidenceOf } from "./go-to.ts";
import { PassageList } from "./passage-list.tsx";
import type { Problems } from "./problems.ts";
import { ReviewBar } from "./review-controls.tsx";
import { listenForOpinions } from "./review-keys.ts";
import { VerdictLegend } from "./verdict-label.tsx";

/**
 * Answer, reference and passages side by side, linked sentence by sentence, and under them what is wrong: all that the
 * numbers of the sample rest on. `evidence` is a plain object, not a store: it never changes, and thousands of tracked
 * reads would cost seconds.
 */
export function EvidenceView(props: { evidence: Evidence; problems: Problems; reviews: Reviews }) {
  const link = createEvidenceLink();
  const [areOthersOpen, setAreOthersOpen] = createSignal(props.problems.claims.length === 0);
  const claimsOf = (of: "answer" | "reference") =>
    props.evidence.claims.filter((claim) => claim.of === of);
  const problemIds = createMemo(() => props.problems.claims.map(({ id }) => id));
  const otherIds = createMemo(() => props.problems.others.map(({ id }) => id));
  /** What is to be reviewed: the problems, and where there are none all claims. */
  const asked = () => (problemIds().length > 0 ? problemIds() : otherIds());
  const firstOpen = (ids: readonly string[]) => ids.find((id) => !props.reviews.mine(id));
  function goOn(): void {
    const ids = [...problemIds(), ...otherIds()];
    const at = ids.indexOf(link.chosen() ?? "");
    const next = firstOpen(asked()) ?? firstOpen([...ids.slice(at + 1), ...ids.slice(0, at)]);
    if (next !== undefined) goTo(next);
  }
  function goTo(claimId: string): void {
    if (otherIds().includes(claimId)) setAreOthersOpen(true);
    link.choose(claimId);
    goToClaim(claimId);
    showEvidenceOf(claimId);
  }
  /** The arrow keys walk from claim to claim, Home and End jump; to the right lies the evidence. */
  function walk(event: KeyboardEvent): void {
    if (isElsewhere(event.target) || !focusedClaim()) return;
    if (event.key === "ArrowRight" && goToEvidence(link.chosen())) {
      event.preventDefault();
      return;
    }
    const ids = [...problemIds(), ...otherIds()];
    const from = Math.max(0, ids.indexOf(link.chosen() ?? focusedClaim() ?? ""));
    const to = ids[targetOf(event.key, from, ids.length) ?? -1];
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  }
  listenForOpinions({
    reviews: props.reviews,
    current: () => link.chosen() ?? focusedClaim(),
    onSaid: goOn,
    onUndone: (claimId) => claimId !== null && goTo(claimId),
    onNextProblem() {
      const ids = asked();
      const next = ids[(ids.indexOf(link.chosen() ?? "") + 1) % ids.length];
      if (next !== undefined) goTo(next);
    },
  });
  // Whoever opens a sample can speak of its first problem with the next key.
  let isPlaced = false;
  createEffect(() => {
    if (isPlaced || !props.reviews.areKnown()) return;
    isPlaced = true;
    const first = firstOpen(asked()) ?? asked()[0];
    if (first === undefined || link.chosen() !== null) return;
    link.choose(first);
    requestAnimationFrame(() => focusClaim(first));
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the claims inside
    <div class="@container grid grid-cols-[minmax(0,1fr)] gap-3" onKeyDown={walk}>
      <div
        class={`grid grid-cols-[minmax(0,1fr)] gap-4 ${props.evidence.reference ? "@2xl:grid-cols-3" : "@2xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"}`}
      >
        <Side id="answer" title={t().sample.answer}>
          <Show when={props.evidence.abstained}>
            <p class="mb-1 text-sm text-warn">{t().sample.abstained}</p>
          </Show>
          <ClaimedText text={props.evidence.answer} claims={claimsOf("answer")} link={link} />
          <Show when={claimsOf("answer").length === 0}>
            <p class="mt-2 text-sm text-faint">{t().sample.noClaims}</p>
          </Show>
        </Side>
        <Show when={props.evidence.reference}>
          {(reference) => (
            <Side id="reference" title={t().sample.reference}>
              <ClaimedText text={reference()} claims={claimsOf("reference")} link={link} />
            </Side>
          )}
        </Show>
        <Side id="passages" title={t().sample.passages}>
          <PassageList evidence={props.evidence} link={link} />
        </Side>
      </div>
      <ReviewBar reviews={props.reviews} claimIds={asked()} areProblems={problemIds().length > 0} />
      <Show when={props.problems.claims.length > 0}>
        <Subtitled id="problems" title={t().diagnosis.problems}>
          <div class="mt-2">
            <ClaimList
              label={t().diagnosis.problems}
              claims={props.problems.claims}
              evidence={props.evidence}
              link={link}
              reviews={props.reviews}
            />
          </div>
        </Subtitled>
      </Show>
      <Show when={props.problems.others.length > 0}>
        <Folded
          title={t().diagnosis.others(formatCount(props.problems.others.length))}
          isOpen={areOthersOpen()}
          onToggle={setAreOthersOpen}
        >
          <ClaimList
            label={t().sample.claims}
            claims={props.problems.others}
            evidence={props.evidence}
            link={link}
            reviews={props.reviews}
          />
        </Folded>
      </Show>
      <Show when={(props.evidence.passages?.length ?? 0) > 0 && props.evidence.claims.length > 0}>
        <Folded title={t().sample.grid}>
          <ClaimGrid evidence={props.evidence} link={link} />
        </Folded>
      </Show>
      <Show when={props.evidence.notes.length > 0}>
        <Subtitled id="notes" title={t().sample.notes}>
          <ul class="mt-1 list-disc pl-5 text-sm text-soft">
            <For each={props.evidence.notes}>{(note) => <li class="break-words">{note}</li>}</For>
          </ul>
        </Subtitled>
      </Show>
      <VerdictLegend />
    </div>
  );
}

/** A text beside others; a long one scrolls in its place, so that the page keeps its size. */
function Side(props: { id: string; title: string; children: JSX.Element }) {
  return (
    <section aria-labelledby={props.id} class="flex min-w-0 flex-col">
      <h3 id={props.id} class="mb-1 text-xs font-medium text-faint">
        {props.title}
      </h3>
      <div
        class="card max-h-[22rem] flex-1 overflow-y-auto p-3 print:max-h-none"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keyboard too
        tabIndex={0}
      >
        {props.children}
      </div>
    </section>
  );
}

function targetOf(key: string, from: number, n: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(from + 1, n - 1);
    case "ArrowUp":
      return Math.max(from - 1, 0);
    case "Home":
      return 0;
    case "End":
      return n - 1;
    default:
      return null;
  }
}

/** A claim is current once it is reached by Tab, before it is opened. */
function focusedClaim(): string | null {
  return document.activeElement?.getAttribute("data-claim") ?? null;
}
