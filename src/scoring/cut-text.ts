import type { CutSample, CutText, Sample, Sentence } from "./sample.ts";
import { cutLong } from "./sentences/cut-long.ts";
import { type Range, splitBlocks } from "./sentences/split-blocks.ts";
import { splitProse } from "./sentences/split-prose.ts";
import { runAtOnce, type Steps } from "./steps.ts";

/**
 * Sentences a text is cut into; two megabytes of prose have fewer. What is left of a text of more and shorter ones (a
 * character a line) goes into pieces of the greatest length: no character is lost, and the list of them stays shorter
 * than the text.
 */
const SENTENCES_PER_TEXT = 30_000;

/**
 * Cuts a text into numbered sentences by code. They are disjoint, in reading order, trimmed of blanks, and together
 * cover every character that is not blank. A table row, a heading and a line of code are one sentence each; a list
 * item starts a new one; text without punctuation is cut at clause marks or at a length. Linear in the text.
 * @param prefix stands before the number in the id: `"s"` gives `s1`, `"2."` gives `2.1`
 */
export function cutText(text: string, prefix: string): CutText {
  return runAtOnce(cutInSteps(text, prefix, SENTENCES_PER_TEXT));
}

/** Blocks cut, and pieces of one that is too long, between two rests. */
const BLOCKS_AT_ONCE = 2000;
const PIECES_AT_ONCE = 500;

function* cutInSteps(text: string, prefix: string, most: number): Steps<CutText> {
  const sentences: Sentence[] = [];
  function* add(range: Range): Steps<void> {
    let pieces = 0;
    for (const piece of cutLong(text, range)) {
      const [start, end] = trim(text, piece.start, piece.end);
      if (start < end) sentences.push({ id: `${prefix}${sentences.length + 1}`, start, end });
      pieces++;
      if (pieces % PIECES_AT_ONCE === 0) yield;
    }
  }
  const blocks = yield* splitBlocks(text);
  if (blocks.length > BLOCKS_AT_ONCE) yield;
  for (const [at, block] of blocks.entries()) {
    const ranges = block.isWhole ? [block] : yield* splitProse(text, block, most);
    for (const range of ranges) {
      if (sentences.length >= most) {
        yield* add({ start: range.start, end: text.length });
        return { text, sentences };
      }
      yield* add(range);
    }
    if (at > 0 && at % BLOCKS_AT_ONCE === 0) yield;
  }
  return { text, sentences };
}

/** All texts of a sample cut; answer and reference are numbered `s1`…, passages `1.1`…, `2.1`…. */
export function cutSample(sample: Sample): CutSample {
  return runAtOnce(cutSampleInSteps(sample));
}

/** The same for texts that may be megabytes long. */
export function* cutSampleInSteps({
  question,
  answer,
  passages,
  reference,
}: Sample): Steps<CutSample> {
  const cutAnswer = yield* cutInSteps(answer, "s", SENTENCES_PER_TEXT);
  const cutReference =
    reference === null ? null : yield* cutInSteps(reference, "s", SENTENCES_PER_TEXT);
  if (passages === null) {
    return { question, answer: cutAnswer, passages, reference: cutReference };
  }
  const cutPassages: CutText[] = [];
  let left = SENTENCES_PER_TEXT; // of the passages together, of which there may be a hundred
  for (const [rank, passage] of passages.entries()) {
    const cut = yield* cutInSteps(passage, `${rank + 1}.`, left);
    left = Math.max(0, left - cut.sentences.length);
    cutPassages.push(cut);
  }
  return { question, answer: cutAnswer, passages: cutPassages, reference: cutReference };
}

function trim(text: string, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charAt(start))) start++;
  while (end > start && isBlank(text.charAt(end - 1))) end--;
  return [start, end];
}

function isBlank(character: string): boolean {
  return /\s/.test(character);
}
