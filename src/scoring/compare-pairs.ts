import type { Scores } from "../contract/outcome.ts";
import type { Cause } from "./evidence.ts";

/** What of a sample two runs are compared by. */
export interface ComparedSample {
  sampleId: string;
  /** Preview; empty where the project keeps no texts. */
  question: string;
  scores: Scores;
  /** Metrics whose number is of low confidence. */
  unsure: ReadonlySet<string>;
  cause: Cause | string | null;
}

export interface Pair<S extends ComparedSample = ComparedSample> {
  base: S;
  other: S;
}

/** Ids nobody chose: the place in the upload says nothing about which question stands there. */
const COUNTED_ID = /^\d+$/;

/**
 * Pairs the samples of two runs: by id and question together, then by an id somebody chose (the question may have been
 * reworded), then by question alone. The k-th of several equal ones pairs with the k-th.
 */
export function pairSamples<S extends ComparedSample>(
  base: readonly S[],
  other: readonly S[],
): Pair<S>[] {
  const keys: ((sample: S) => string | null)[] = [
    ({ sampleId, question }) => JSON.stringify([sampleId, normalise(question)]),
    ({ sampleId }) => (COUNTED_ID.test(sampleId) ? null : sampleId),
    ({ question }) => normalise(question) || null,
  ];
  const partners = new Map<S, S>();
  const taken = new Set<S>();
  for (const keyOf of keys) {
    const waiting = new Map<string, S[]>();
    for (const sample of other) {
      const key = taken.has(sample) ? null : keyOf(sample);
      if (key === null) continue;
      const queue = waiting.get(key);
      if (queue) queue.push(sample);
      else waiting.set(key, [sample]);
    }
    for (const queue of waiting.values()) queue.reverse();
    for (const sample of base) {
      const key = partners.has(sample) ? null : keyOf(sample);
      const partner = key === null ? undefined : waiting.get(key)?.pop();
      if (!partner) continue;
      partners.set(sample, partner);
      taken.add(partner);
    }
  }
  return base.flatMap((sample) => {
    const partner = partners.get(sample);
    return partner ? [{ base: sample, other: partner }] : [];
  });
}

function normalise(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}
