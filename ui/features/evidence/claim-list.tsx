import { createMemo, For } from "solid-js";
import type { Evidence, EvidenceClaim } from "../../../src/scoring/evidence.ts";
import { isElsewhere } from "../../kit/letter-keys.ts";
import { ClaimItem } from "./claim-item.tsx";
import type { EvidenceLink } from "./create-link.ts";
import type { Reviews } from "./create-reviews.ts";
import { goToEvidence, showEvidenceOf } from "./go-to.ts";
import { createWindow, ShowMore } from "./growing-window.tsx";

/** The claims one under another. One stop for Tab; the arrow keys walk, Home and End jump. */
export function ClaimList(props: {
  label: string;
  claims: readonly EvidenceClaim[];
  evidence: Evidence;
  link: EvidenceLink;
  reviews: Reviews;
}) {
  let list: HTMLUListElement | undefined;
  const chosenAt = createMemo(() =>
    props.claims.findIndex((claim) => claim.id === props.link.chosen()),
  );
  const stopAt = () => Math.max(0, chosenAt());
  const window = createWindow(() => props.claims, chosenAt);
  function walk(event: KeyboardEvent): void {
    if (isElsewhere(event.target)) return;
    if (event.key === "ArrowRight" && goToEvidence(props.link.chosen())) {
      event.preventDefault();
      return;
    }
    const to = targetOf(event.key, stopAt(), props.claims.length);
    const claim = to === null ? undefined : props.claims[to];
    if (to === null || !claim) return;
    event.preventDefault();
    props.link.choose(claim.id);
    list?.querySelectorAll<HTMLElement>("[data-claim]")[to]?.focus();
    showEvidenceOf(claim.id);
  }
  return (
    <>
      <ul ref={list} aria-label={props.label} class="grid grid-cols-1 gap-1.5" onKeyDown={walk}>
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
