import { runAtOnce, type Steps } from "../steps.ts";
import { spaceCjk } from "./cjk.ts";
import { commonInSteps } from "./longest-common-subsequence.ts";
import { porterStem } from "./porter-stem.ts";

export interface Rouge {
  precision: number;
  recall: number;
  fmeasure: number;
}

const NOTHING: Rouge = { precision: 0, recall: 0, fmeasure: 0 };

/**
 * ROUGE-1: shared words, each counted as often as both texts have it. Precision is relative to the answer, recall to
 * the reference. Lower-cased, Porter stems for words over three letters. Range 0..1, higher is better; 0 when a side
 * has no words. Source: google `rouge_score`, as used by Ragas' `rouge_score`. There only a-z and 0-9 make words
 * (`compat: ragas`), so Chinese scores 0; here every script does, and each Chinese character is a word.
 */
export function rouge1(response: string, reference: string, compat: "ragas" | null = null): Rouge {
  return runAtOnce(rouge1InSteps(response, reference, compat));
}

/** The same for texts that may be long. */
export function* rouge1InSteps(
  response: string,
  reference: string,
  compat: "ragas" | null,
): Steps<Rouge> {
  const answer = yield* wordsInSteps(response, compat);
  const target = yield* wordsInSteps(reference, compat);
  const left = new Map<string, number>();
  for (const word of target) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of answer) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    shared++;
  }
  return toRouge(shared, answer.length, target.length);
}

/** ROUGE-L: the longest common subsequence of words over the whole texts; else as `rouge1`. */
export function rougeL(response: string, reference: string, compat: "ragas" | null = null): Rouge {
  const all = Number.POSITIVE_INFINITY;
  return runAtOnce(rougeLInSteps(response, reference, compat, all)) ?? NOTHING;
}

/** The same for texts that may be long; null: the table of their words has more cells than that. */
export function* rougeLInSteps(
  response: string,
  reference: string,
  compat: "ragas" | null,
  mostCells: number,
): Steps<Rouge | null> {
  const answer = yield* wordsInSteps(response, compat);
  const target = yield* wordsInSteps(reference, compat);
  if (answer.length * target.length > mostCells) return null;
  return toRouge(yield* commonInSteps(answer, target), answer.length, target.length);
}

function toRouge(shared: number, answerLength: number, targetLength: number): Rouge {
  if (answerLength === 0 || targetLength === 0) return NOTHING;
  const precision = shared / answerLength;
  const recall = shared / targetLength;
  const sum = precision + recall;
  return { precision, recall, fmeasure: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

/** Words read between two rests. */
const WORDS_AT_ONCE = 100_000;

function* wordsInSteps(text: string, compat: "ragas" | null): Steps<string[]> {
  const lower = text.toLowerCase();
  const pattern = compat === "ragas" ? /[a-z0-9]+/g : /[\p{L}\p{M}\p{N}]+/gu;
  const stems = new Map<string, string>();
  const words: string[] = [];
  for (const [word] of (compat === "ragas" ? lower : spaceCjk(lower)).matchAll(pattern)) {
    const known = stems.get(word) ?? stem(word);
    stems.set(word, known);
    words.push(known);
    if (words.length % WORDS_AT_ONCE === 0) yield;
  }
  return words;
}

function stem(word: string): string {
  return word.length > 3 && /^[a-z0-9]+$/.test(word) ? porterStem(word) : word;
}
