import type { Sample } from "../../src/scoring/sample.ts";

/** Numbered facts, so that every sentence is its own claim and the fake judge can check them by their words. */
function fact(subject: string, number: number): string {
  return `The ${subject} record number ${number} was filed in the archive of station ${number * 7}.`;
}

/** About 200 tokens: a sentence that answers nothing, over and over, around the facts of this passage. */
function passage(facts: readonly string[], rank: number): string {
  const filler = `Shelf ${rank} of the reading room holds maps, letters and drawings that visitors may study at any hour.`;
  const sentences = [...facts];
  while (sentences.join(" ").length + filler.length < 800) sentences.push(filler);
  return sentences.join(" ");
}

/** The sample of the economy figures: 8 answer claims, 6 reference claims, passages of 200 tokens. */
export function referenceSample(passages: number, seed = 0): Sample {
  const first = seed * 100;
  const answer = Array.from({ length: 8 }, (_, at) => fact("expedition", first + at + 1));
  const reference = Array.from({ length: 6 }, (_, at) => fact("expedition", first + at + 1));
  const perPassage = Math.ceil(6 / passages);
  return {
    question: `Which expedition records were filed in the archive, and where? Case ${seed}.`,
    answer: answer.join(" "),
    passages: Array.from({ length: passages }, (_, rank) =>
      passage(reference.slice(rank * perPassage, (rank + 1) * perPassage), rank + 1),
    ),
    reference: reference.join(" "),
    referencePassages: null,
    retrievedIds: null,
    referenceIds: null,
  };
}
