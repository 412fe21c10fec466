import type { CutText } from "../../scoring/sample.ts";
import { isStopTerm } from "./stop-words.ts";
import type { TextIndex } from "./text-index.ts";
import { tokenize } from "./tokens.ts";

/** Characters in which a passage's heading ("Title: text", first line) is looked for. */
const HEAD_LIMIT = 100;
/** Places of one word looked at; a word that stands everywhere tells little by its neighbours. */
const PLACES = 8;

export interface Terms {
  has(term: string): boolean;
  /** Token positions, empty when the term is absent. */
  get(term: string): readonly number[];
}

/** A passage as the ranking looks at it. */
export interface PreparedPassage {
  terms: Terms;
  sentences: { has(term: string): boolean }[];
  /** Telling words of the heading, in order. */
  head: string[];
}

/** The passages of an index, one entry a passage in rank order. */
export function preparePassages(passages: readonly CutText[], index: TextIndex): PreparedPassage[] {
  const own = passages.map((): PlacedSentence[] => []);
  for (const { passage, tokens, positions } of index.sentences) {
    const sentences = own[passage];
    const last = sentences?.at(-1);
    sentences?.push({
      positions,
      offset: last ? last.end : 0,
      end: (last?.end ?? 0) + tokens.length,
    });
  }
  return passages.map(({ text }, i) => {
    const sentences = own[i] ?? [];
    return {
      terms: lookUp(sentences),
      sentences: sentences.map(({ positions }) => positions),
      head: headOf(text),
    };
  });
}

interface PlacedSentence {
  positions: ReadonlyMap<string, number[]>;
  /** Tokens before the sentence, and up to its end. */
  offset: number;
  end: number;
}

/** Places of a term in the whole passage, looked up when asked for: few terms ever are. */
function lookUp(sentences: readonly PlacedSentence[]): Terms {
  const known = new Map<string, readonly number[]>();
  const get = (term: string): readonly number[] => {
    const remembered = known.get(term);
    if (remembered) return remembered;
    const places: number[] = [];
    for (const { positions, offset } of sentences) {
      if (places.length >= PLACES) break;
      for (const place of positions.get(term) ?? []) places.push(offset + place);
    }
    known.set(term, places);
    return places;
  };
  return { get, has: (term) => get(term).length > 0 };
}

function headOf(text: string): string[] {
  const match = /^[^\n]{1,99}?(?::\s|\n)/.exec(text.slice(0, HEAD_LIMIT));
  const heading = match ? match[0].replace(/\([^)]*\)/g, "") : "";
  return tokenize(heading)
    .filter(({ term }) => !isStopTerm(term))
    .map(({ term }) => term);
}
