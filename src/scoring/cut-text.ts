import type { CutSample, CutText, Sample, Sentence } from "./sample.ts";
import { cutLong } from "./sentences/cut-long.ts";
import { splitBlocks } from "./sentences/split-blocks.ts";
import { splitProse } from "./sentences/split-prose.ts";

/**
 * Cuts a text into numbered sentences by code. They are disjoint, in reading order, trimmed of blanks, and together
 * cover every character that is not blank. A table row, a heading and a line of code are one sentence each; a list
 * item starts a new one; text without punctuation is cut at clause marks or at a length. Linear in the text.
 * @param prefix stands before the number in the id: `"s"` gives `s1`, `"2."` gives `2.1`
 */
export function cutText(text: string, prefix: string): CutText {
  const sentences: Sentence[] = [];
  for (const block of splitBlocks(text)) {
    const ranges = block.isWhole ? [block] : splitProse(text, block);
    for (const range of ranges) {
      for (const piece of cutLong(text, range)) {
        const [start, end] = trim(text, piece.start, piece.end);
        if (start < end) sentences.push({ id: `${prefix}${sentences.length + 1}`, start, end });
      }
    }
  }
  return { text, sentences };
}

/** All texts of a sample cut; answer and reference are numbered `s1`…, passages `1.1`…, `2.1`…. */
export function cutSample(sample: Sample): CutSample {
  return {
    question: sample.question,
    answer: cutText(sample.answer, "s"),
    passages: sample.passages?.map((passage, rank) => cutText(passage, `${rank + 1}.`)) ?? null,
    reference: sample.reference === null ? null : cutText(sample.reference, "s"),
  };
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
