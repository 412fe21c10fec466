import { createMemo, For, Show } from "solid-js";
import type { Evidence, EvidenceClaim, EvidencePassage } from "../../../src/scoring/evidence.ts";
import type { TextPlace } from "../../../src/scoring/judge.ts";
import { t } from "../../i18n/translate.ts";
import { formatCount, formatPercent } from "../../kit/format.ts";
import type { EvidenceLink } from "./create-link.ts";
import { type Segment, segmentsOfEvidence } from "./cut-segments.ts";
import { DifferingText, placesInPassage } from "./differing-text.tsx";
import { goToClaim } from "./go-to.ts";
import { worstVerdict } from "./verdict-label.tsx";

/** The passages some claim rests on, in rank order and with those sentences marked; the rest stand folded below. */
export function PassageList(props: { evidence: Evidence; link: EvidenceLink }) {
  const used = createMemo(
    () =>
      new Set(
        props.evidence.claims.flatMap(({ evidence, difference }) => [
          ...evidence.map(({ passage }) => passage),
          ...(difference ? [difference.passage.passage] : []),
        ]),
      ),
  );
  const first = (passages: readonly EvidencePassage[]) =>
    used().size === 0 ? passages : passages.filter(({ index }) => used().has(index));
  const rest = (passages: readonly EvidencePassage[]) =>
    used().size === 0 ? [] : passages.filter(({ index }) => !used().has(index));
  return (
    <Show
      when={props.evidence.passages}
      fallback={<p class="text-faint">{t().sample.noPassages}</p>}
    >
      {(passages) => (
        <>
          <ol class="grid grid-cols-1 gap-3" onKeyDown={walkMarks}>
            <For
              each={first(passages())}
              fallback={<li class="text-faint">{t().sample.emptyPassages}</li>}
            >
              {(passage) => (
                <Passage passage={passage} claims={props.evidence.claims} link={props.link} />
              )}
            </For>
          </ol>
          <Show when={rest(passages()).length > 0}>
            <details class="mt-3">
              <summary class="text-xs text-faint hover:text-ink">
                {t().diagnosis.otherPassages(formatCount(rest(passages()).length))}
              </summary>
              <ol class="mt-3 grid grid-cols-1 gap-3">
                <For each={rest(passages())}>
                  {(passage) => <Passage passage={passage} claims={[]} link={props.link} />}
                </For>
              </ol>
            </details>
          </Show>
        </>
      )}
    </Show>
  );
}

function Passage(props: {
  passage: EvidencePassage;
  claims: readonly EvidenceClaim[];
  link: EvidenceLink;
}) {
  const segments = createMemo(() =>
    segmentsOfEvidence(props.passage.text, props.passage.index, props.claims),
  );
  const places = createMemo(() => placesInPassage(props.claims, props.passage.index));
  return (
    <li>
      <p class="mb-0.5 flex items-center justify-between gap-3 text-xs text-faint">
        <span class="font-medium text-soft">{t().sample.passage(props.passage.index + 1)}</span>
        <Show when={props.passage.relevance !== null}>
          <span>{t().sample.relevance(formatPercent(props.passage.relevance ?? 0))}</span>
        </Show>
      </p>
      <p class="text-sm leading-6 break-words whitespace-pre-wrap">
        <For each={segments()}>
          {(segment) => (
            <Show when={segment.claimIds.length > 0} fallback={segment.text}>
              <EvidenceMark
                segment={segment}
                places={places()}
                claims={props.claims}
                link={props.link}
              />
            </Show>
          )}
        </For>
      </p>
    </li>
  );
}

/** Up and down go from marked sentence to marked sentence, as they do from claim to claim. */
function walkMarks(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement)) return;
  const marks = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-evidence]")];
  const next = marks[marks.indexOf(event.target) + step];
  event.preventDefault();
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

/** A sentence some claim rests on. Choosing it goes to that claim. */
function EvidenceMark(props: {
  segment: Segment;
  places: readonly TextPlace[];
  claims: readonly EvidenceClaim[];
  link: EvidenceLink;
}) {
  function choose(): void {
    const claimId = props.segment.claimIds[0];
    if (claimId === undefined) return;
    props.link.choose(claimId);
    goToClaim(claimId);
  }
  return (
    // A real button cannot break across lines like text does.
    // biome-ignore lint/a11y/useSemanticElements: as said above
    <span
      role="button"
      tabIndex={0}
      class="evidence-mark"
      data-evidence={props.segment.claimIds.join(" ")}
      data-verdict={worstVerdict(
        props.claims.filter(({ id }) => props.segment.claimIds.includes(id)),
      )}
      data-lit={props.link.isLit(props.segment.claimIds)}
      onPointerEnter={() => props.link.point(props.segment.claimIds)}
      onPointerLeave={() => props.link.leave()}
      onFocus={() => props.link.point(props.segment.claimIds)}
      onBlur={() => props.link.leave()}
      onClick={choose}
      onKeyDown={(event) => {
        if (!["Enter", " ", "ArrowLeft"].includes(event.key)) return;
        event.preventDefault();
        choose();
      }}
    >
      <DifferingText segment={props.segment} places={props.places} />
      <span class="sr-only">
        {" "}
        ({t().sample.clickClaim} {props.segment.claimIds.join(", ")})
      </span>
    </span>
  );
}
