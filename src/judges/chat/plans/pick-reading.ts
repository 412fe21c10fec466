import type { Attempt, Reading } from "../questions/question.ts";
import { type ReadReply, readReplies } from "../questions/read-reply.ts";

/**
 * The last object that answers every id; else the last that answers one. An example after the reply, or a text quoted
 * before it, answers none, or fails the control claims of this call.
 */
export function pickReading<Item>(
  attempt: Attempt<Item>,
  pending: readonly string[],
  { text, isTruncated }: { text: string; isTruncated: boolean },
): { read: ReadReply | null; reading: Reading<Item> | null } {
  let best: { read: ReadReply; reading: Reading<Item>; rank: number } | null = null;
  for (const read of readReplies(text, isTruncated)) {
    const reading = attempt.read(read.value);
    const answered = pending.filter((id) => reading.items.has(id)).length;
    const rank = answered === 0 ? 0 : reading.controlsHeld ? 2 : 1;
    if (rank === 2 && answered === pending.length) return { read, reading };
    if (best === null || rank > best.rank) best = { read, reading, rank };
  }
  return best ?? { read: null, reading: null };
}
