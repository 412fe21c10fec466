import { createMemo, For } from "solid-js";
import type { Evidence, EvidenceClaim } from "../../../src/scoring/evidence.ts";
import { ClaimItem } from "./claim-item.tsx";
import type { EvidenceLink } from "./create-link.ts";
import type { Reviews } from "./create-reviews.ts";
import { showEvidenceOf } from "./go-to.ts";
import { createWindow, ShowMore } from "./growing-window.tsx";

/** The claims one under another, with one stop for Tab. */
export function ClaimList(props: {
  label: string;
  claims: readonly EvidenceClaim[];
  evidence: Evidence;
  link: EvidenceLink;
  reviews: Reviews;
}) {
  const chosenAt = createMemo(() =>
    props.claims.findIndex((claim) => claim.id === props.link.chosen()),
  );
  const stopAt = () => Math.max(0, chosenAt());
  const window = createWindow(() => props.claims, chosenAt);
  return (
    <>
      <ul aria-label={props.label} class="grid grid-cols-1 gap-1.5">
        <For each={window.visible()}>
          {(claim, at) => (
            <ClaimItem
              claim={claim}
              evidence={props.evidence}
              link={props.link}
              reviews={props.reviews}
              isStop={at() === stopAt()}
              onChoose={() => {
                const isOpen = props.link.chosen() === claim.id;
                props.link.choose(isOpen ? null : claim.id);
                if (!isOpen) showEvidenceOf(claim.id);
              }}
            />
          )}
        </For>
      </ul>
      <ShowMore hidden={window.hidden()} onMore={window.showMore} />
    </>
  );
}
