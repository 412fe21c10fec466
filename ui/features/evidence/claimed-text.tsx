import { createMemo, For, Show } from "solid-js";
import type { EvidenceClaim } from "../../../src/scoring/evidence.ts";
import type { CutText } from "../../../src/scoring/sample.ts";
import { t } from "../../i18n/translate.ts";
import { Icon } from "../../kit/icon.tsx";
import type { EvidenceLink } from "./create-link.ts";
import { type Segment, segmentsOfClaims } from "./cut-segments.ts";
import { DifferingText, placesInText } from "./differing-text.tsx";
import { VERDICT_LOOKS, worstVerdict } from "./verdict-label.tsx";

/** Answer or reference with the sentences of its claims marked. The list of claims beside it is the way by keyboard. */
export function ClaimedText(props: {
  text: CutText;
  claims: readonly EvidenceClaim[];
  link: EvidenceLink;
}) {
  const segments = createMemo(() =>
    segmentsOfClaims(props.text.text, props.text.sentences, props.claims),
  );
  const byId = createMemo(() => new Map(props.claims.map((claim) => [claim.id, claim])));
  return (
    <p class="leading-7 break-words whitespace-pre-wrap">
      <For each={segments()}>
        {(segment) => (
          <Show when={segment.claimIds.length > 0} fallback={segment.text}>
            <MarkedSentence
              segment={segment}
              claims={segment.claimIds.flatMap((id) => byId().get(id) ?? [])}
              link={props.link}
            />
          </Show>
        )}
      </For>
    </p>
  );
}

function MarkedSentence(props: {
  segment: Segment;
  claims: readonly EvidenceClaim[];
  link: EvidenceLink;
}) {
  const ids = () => props.claims.map((claim) => claim.id);
  const verdict = () => worstVerdict(props.claims);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing is an extra; the list of claims does the same by keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <span
      class="claim-mark"
      data-verdict={verdict()}
      data-lit={props.link.isLit(ids())}
      title={props.claims
        .map((claim) => `${claim.id}: ${t().sample.verdicts[claim.verdict ?? "unjudged"]}`)
        .join("\n")}
      onPointerEnter={() => props.link.point(ids())}
      onPointerLeave={() => props.link.leave()}
      onClick={() => props.link.choose(ids()[0] ?? null)}
    >
      <DifferingText
        segment={{ ...props.segment, text: props.segment.text.trimEnd() }}
        places={placesInText(props.claims)}
      />
      <Icon
        name={VERDICT_LOOKS[verdict()].icon}
        class={`ml-0.5 inline size-3.5 align-[-0.15em] ${VERDICT_LOOKS[verdict()].text}`}
      />
      {props.segment.text.slice(props.segment.text.trimEnd().length)}
    </span>
  );
}
