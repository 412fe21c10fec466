import type { EvidenceClaim } from "../../../src/scoring/evidence.ts";
import type { TextPlace } from "../../../src/scoring/judge.ts";
import type { Sentence } from "../../../src/scoring/sample.ts";

export interface Segment {
  text: string;
  /** Where it begins in the whole text. */
  start: number;
  /** The claims this stretch of text belongs to; none: plain text. */
  claimIds: readonly string[];
}

interface Span extends TextPlace {
  claimId: string;
}

/** The text of answer or reference, cut at the sentences its claims stand in. */
export function segmentsOfClaims(
  text: string,
  sentences: readonly Sentence[],
  claims: readonly EvidenceClaim[],
): Segment[] {
  const spans = claims.flatMap((claim) => {
    const sentence = sentences[claim.sentence];
    return sentence ? [{ start: sentence.start, end: sentence.end, claimId: claim.id }] : [];
  });
  return cutSegments(text, spans);
}

/** The text of one passage, cut at the sentences some claim rests on. */
export function segmentsOfEvidence(
  text: string,
  passage: number,
  claims: readonly EvidenceClaim[],
): Segment[] {
  const spans = claims.flatMap((claim) =>
    claim.evidence
      .filter((span) => span.passage === passage)
      .map(({ start, end }) => ({ start, end, claimId: claim.id })),
  );
  return cutSegments(text, spans);
}

/** The text cut at places that belong to nobody in particular: where it differs, and where not. */
export function segmentsOf(text: string, places: readonly TextPlace[]): Segment[] {
  return cutSegments(
    text,
    places.map(({ start, end }) => ({ start, end, claimId: "" })),
  );
}

/** Cuts a text at every edge of every span, so that overlapping spans share their common stretch. */
function cutSegments(text: string, spans: readonly Span[]): Segment[] {
  const inside = spans.flatMap(({ start, end, claimId }) => {
    const from = Math.max(0, start);
    const to = Math.min(text.length, end);
    return from < to ? [{ start: from, end: to, claimId }] : [];
  });
  const opening = groupBy(inside, (span) => span.start);
  const closing = groupBy(inside, (span) => span.end);
  const edges = [...new Set([0, text.length, ...opening.keys(), ...closing.keys()])].sort(
    (a, b) => a - b,
  );
  const open: string[] = [];
  const segments: Segment[] = [];
  for (const [at, edge] of edges.entries()) {
    for (const { claimId } of closing.get(edge) ?? []) open.splice(open.indexOf(claimId), 1);
    for (const { claimId } of opening.get(edge) ?? []) open.push(claimId);
    const next = edges[at + 1];
    if (next === undefined) break;
    segments.push({ start: edge, text: text.slice(edge, next), claimIds: [...new Set(open)] });
  }
  return segments;
}

function groupBy(spans: readonly Span[], key: (span: Span) => number): Map<number, Span[]> {
  const groups = new Map<number, Span[]>();
  for (const span of spans) {
    const group = groups.get(key(span));
    if (group) group.push(span);
    else groups.set(key(span), [span]);
  }
  return groups;
}
