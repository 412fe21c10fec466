import { artifactsKey } from "./artifacts.ts";
import { ObjectWriter } from "./stream-object.ts";

// A page of a large batch, sorted by what was asked for, would have the database read all samples of the batch. So the
// report leaves the orders behind: one object, in it for each thing samples are sorted by their places from the lowest
// to the highest and back, four bytes each. Equal values stand as submitted, those without a value last.

/** Below this the database sorts as fast, and an object would cost more. */
export const LEAST_ORDERED = 500;

const BYTES_EACH = 4;
/** Behind every gain there is, as the database sorts it. */
const NO_GAIN = -1;

/** What samples are sorted by besides metrics; `problems`: by gain, those without a problem behind all others. */
const OTHERS = ["gain", "weighted_score", "feedback", "problems"] as const;

export interface Sorted {
  seq: number;
  scores: Readonly<Record<string, number | null>>;
  gain: number | null;
  weightedScore: number | null;
  feedback: "like" | "dislike" | null;
  cause: string | null;
}

/** What "only with problems" shows: a cause was found, or there is no score, and not because nothing was asked. */
export function hasProblem(sample: Pick<Sorted, "cause" | "weightedScore" | "gain">): boolean {
  const { cause, weightedScore, gain } = sample;
  return cause !== null || (weightedScore === null && gain === null);
}

/** What users disliked first, what they liked last; of each the lowest scored first. */
function feedbackOf({ feedback, weightedScore }: Sorted): number {
  const first = feedback === "dislike" ? 0 : feedback === "like" ? 4 : 2;
  return first + (weightedScore ?? 1);
}

function numberOf(sample: Sorted, by: string): number | null {
  if (by === "gain") return sample.gain;
  if (by === "weighted_score") return sample.weightedScore;
  if (by === "problems") return hasProblem(sample) ? (sample.gain ?? NO_GAIN) : null;
  return by === "feedback" ? feedbackOf(sample) : (sample.scores[by] ?? null);
}

const orderKey = (prefix: string) => `${prefix}/order`;

/** Written by whoever builds the report; `pause` lets others in between the orders. */
export async function writeSampleOrder(
  bucket: R2Bucket,
  prefix: string,
  metrics: readonly string[],
  samples: readonly Sorted[],
  pause: () => Promise<void>,
): Promise<void> {
  const object = new ObjectWriter(bucket, orderKey(prefix), "application/octet-stream");
  try {
    for (const by of [...metrics, ...OTHERS]) {
      for (const places of orderBoth(samples, (sample) => numberOf(sample, by))) {
        await object.write(new Uint8Array(places.buffer));
        await pause();
      }
    }
    await object.finish();
  } catch (error) {
    await object.abort();
    throw error;
  }
}

/** Ascending and descending. */
function orderBoth(
  samples: readonly Sorted[],
  read: (sample: Sorted) => number | null,
): [Uint32Array, Uint32Array] {
  const valued = samples.map((sample) => ({ seq: sample.seq, value: read(sample) }));
  const without = valued.filter(({ value }) => value === null);
  const known = valued.flatMap(({ seq, value }) => (value === null ? [] : [{ seq, value }]));
  const inOrder = (sorted: { seq: number }[]) =>
    Uint32Array.from([...sorted, ...without], ({ seq }) => seq);
  return [
    inOrder(known.toSorted((a, b) => a.value - b.value || a.seq - b.seq)),
    inOrder(known.toSorted((a, b) => b.value - a.value || a.seq - b.seq)),
  ];
}

/** The places of a page; null: no such order was left behind. */
export async function readSampleOrder(
  bucket: R2Bucket,
  run: { project: string; id: string; attempt: number; totalSamples: number; metrics: object },
  { sort, descending }: { sort: string; descending: boolean },
  page: { limit: number; offset: number },
): Promise<number[] | null> {
  const at = [...Object.keys(run.metrics), ...OTHERS].indexOf(sort);
  const count = Math.min(page.limit, run.totalSamples - page.offset);
  if (at < 0) return null;
  if (count <= 0) return [];
  const first = (2 * at + Number(descending)) * run.totalSamples + page.offset;
  const object = await bucket.get(orderKey(artifactsKey(run.project, run.id, run.attempt)), {
    range: { offset: first * BYTES_EACH, length: count * BYTES_EACH },
  });
  return object ? [...new Uint32Array(await object.arrayBuffer())] : null;
}
