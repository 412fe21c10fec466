import type { CutText } from "../../scoring/sample.ts";
import { isStopTerm } from "./stop-words.ts";
import type { TextIndex } from "./text-index.ts";
import { tokenize } from "./tokens.ts";

/** Characters in which a passage's heading ("Title: text", first line) is looked for. */
const HEAD_LIMIT = 100;
/** Places of one word looked at; a word that stands everywhere tells little by its neighbours. */
const PLACES = 8;

/** Passage → token positions of one term in it; passages without the term are left out. */
export type Places = ReadonlyMap<number, readonly number[]>;

/** The passages of an index as the ranking looks at them: by term, so that a long question costs what it finds. */
export interface PassageTerms {
  placesOf: (term: string) => Places;
  /** Telling words of each heading, in order. */
  heads: string[][];
}

export function readPassageTerms(passages: readonly CutText[], index: TextIndex): PassageTerms {
  const offsets = tokenOffsets(index);
  const known = new Map<string, Places>();
  const placesOf = (term: string): Places => {
    const remembered = known.get(term);
    if (remembered) return remembered;
    const found = new Map<number, number[]>();
    for (const at of index.postings.get(term) ?? []) {
      const sentence = index.sentences[at];
      if (!sentence) continue;
      const places = found.get(sentence.passage) ?? [];
      if (places.length >= PLACES) continue;
      for (const place of sentence.positions.get(term) ?? []) {
        places.push((offsets[at] ?? 0) + place);
      }
      found.set(sentence.passage, places);
    }
    known.set(term, found);
    return found;
  };
  return { placesOf, heads: passages.map(({ text }) => headOf(text)) };
}

/** Tokens of its passage before each sentence. */
function tokenOffsets({ sentences }: TextIndex): Uint32Array {
  const offsets = new Uint32Array(sentences.length);
  for (let at = 1; at < sentences.length; at++) {
    const before = sentences[at - 1];
    if (before && before.passage === sentences[at]?.passage) {
      offsets[at] = (offsets[at - 1] ?? 0) + before.tokens.length;
    }
  }
  return offsets;
}

/** 朱明（1850年－1920年），清末官员: what a Chinese passage is about stands at its beginning. */
const NAMED = /^[\p{Script=Han}·]{2,10}(?=\s?[（(])/u;

function headOf(text: string): string[] {
  const opening = text.slice(0, HEAD_LIMIT);
  const match = /^[^\n]{1,99}?(?::\s|\n|：)/.exec(opening) ?? NAMED.exec(opening);
  const heading = match ? match[0].replace(/\([^)]*\)/g, "") : "";
  return tokenize(heading)
    .filter(({ term }) => !isStopTerm(term))
    .map(({ term }) => term);
}
