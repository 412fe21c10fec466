import { createMemo, For, Show } from "solid-js";
import type { EvidenceClaim } from "../../../src/scoring/evidence.ts";
import type { TextPlace } from "../../../src/scoring/judge.ts";
import { type Segment, segmentsOf } from "./cut-segments.ts";

/** A stretch of a text in which what differs from the other side is marked. */
export function DifferingText(props: { segment: Segment; places: readonly TextPlace[] }) {
  const parts = createMemo(() =>
    segmentsOf(
      props.segment.text,
      props.places.map(({ start, end }) => ({
        start: start - props.segment.start,
        end: end - props.segment.start,
      })),
    ),
  );
  return (
    <For each={parts()}>
      {(part) => (
        <Show when={part.claimIds.length > 0} fallback={part.text}>
          <mark class="difference">{part.text}</mark>
        </Show>
      )}
    </For>
  );
}

/** Where the claims say otherwise, in their own text. */
export function placesInText(claims: readonly EvidenceClaim[]): TextPlace[] {
  return claims.flatMap(({ difference }) => (difference ? [difference.text] : []));
}

/** Where one passage says otherwise than some claim. */
export function placesInPassage(claims: readonly EvidenceClaim[], passage: number): TextPlace[] {
  return claims.flatMap(({ difference }) =>
    difference?.passage.passage === passage ? [difference.passage] : [],
  );
}
