import type { CutText } from "../../scoring/sample.ts";
import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { negatedPositions } from "./negation.ts";
import { numberTerm } from "./numerals.ts";
import { withoutMarks } from "./plain-text.ts";
import { readRespectively } from "./respectively.ts";
import { TableReader } from "./table-rows.ts";
import { backgroundWeight } from "./term-weight.ts";
import { type Token, tokenize } from "./tokens.ts";

export interface IndexedSentence {
  passage: number;
  sentence: number;
  tokens: Token[];
  /** For each token: is it under a negation? */
  negated: boolean[];
  /** Term → its first positions in `tokens`. */
  positions: Map<string, number[]>;
  /** The sentence before it in the same passage. */
  before: IndexedSentence | null;
}

/** The sentences a claim is compared with, and how telling each word is among them. */
export interface TextIndex {
  /** What was indexed. */
  texts: readonly CutText[];
  sentences: IndexedSentence[];
  /** Term → positions in `sentences`, ascending. */
  postings: Map<string, number[]>;
  /** First four letters → English terms, to find `photographi` for `photograph`. */
  byPrefix: Map<string, string[]>;
  /** Words written in capitals (`GAN`), lower case. */
  acronyms: Set<string>;
  /** A place for a number a sentence, all 0 between two searches: a map of thousands a claim costs more than the search. */
  scores: number[];
}

const POSITIONS_PER_TERM = 8;
export const PREFIX_LENGTH = 4;

export function indexTexts(texts: readonly CutText[]): TextIndex {
  return runAtOnce(indexInSteps(texts));
}

/** Characters indexed between two rests. */
const CHARACTERS_AT_ONCE = 100_000;

/** The same for texts that may be megabytes long. */
export function* indexInSteps(texts: readonly CutText[]): Steps<TextIndex> {
  const index: TextIndex = {
    texts,
    sentences: [],
    postings: new Map(),
    byPrefix: new Map(),
    acronyms: new Set(),
    scores: [],
  };
  let characters = 0;
  for (const [passage, { text, sentences }] of texts.entries()) {
    const table = new TableReader();
    for (const [sentence, { start, end }] of sentences.entries()) {
      const content = text.slice(start, end);
      for (const part of table.read(content) ?? readRespectively(content) ?? [content]) {
        addSentence(index, passage, sentence, tokenize(withoutMarks(part)));
      }
      characters += end - start;
      if (characters < CHARACTERS_AT_ONCE) continue;
      characters = 0;
      yield;
    }
  }
  return index;
}

function addSentence(index: TextIndex, passage: number, sentence: number, tokens: Token[]): void {
  const at = index.sentences.length;
  const positions = new Map<string, number[]>();
  const add = (token: Token, term: string, position: number): void => {
    const known = positions.get(term);
    if (known) {
      if (known.length < POSITIONS_PER_TERM) known.push(position);
      return;
    }
    positions.set(term, [position]);
    const postings = index.postings.get(term);
    if (postings) postings.push(at);
    else if (term === token.term) addTerm(index, token, at);
    else index.postings.set(term, [at]);
  };
  tokens.forEach((token, position) => {
    add(token, token.term, position);
    for (const term of otherTerms(token)) add(token, term, position);
  });
  const before = index.sentences.at(-1);
  index.sentences.push({
    passage,
    sentence,
    tokens,
    negated: negatedPositions(tokens),
    positions,
    before: before?.passage === passage ? before : null,
  });
  index.scores.push(0);
}

/** Under which other terms a number is found: other readings, and itself without a unit. */
function otherTerms({ also = [], quantity }: Token): readonly string[] {
  return quantity?.dimension === "" ? [...also, plainTerm(quantity.bare)] : also;
}

/** A number that stands without any unit. */
export function plainTerm(value: number): string {
  return `=${numberTerm(value).slice(1)}`;
}

function addTerm(index: TextIndex, token: Token, at: number): void {
  index.postings.set(token.term, [at]);
  if (token.kind !== "word") return;
  if (isAcronym(token.surface)) index.acronyms.add(token.term);
  if (token.term.length < PREFIX_LENGTH) return;
  const prefix = token.term.slice(0, PREFIX_LENGTH);
  const family = index.byPrefix.get(prefix);
  if (family) family.push(token.term);
  else index.byPrefix.set(prefix, [token.term]);
}

function isAcronym(surface: string): boolean {
  return surface.length >= 2 && surface.length <= 6 && /^[A-Z]+s?$/.test(surface);
}

/** Weight of a term, 0..1: telling in general and rare in the texts at hand. */
export function weigh(index: TextIndex, token: Pick<Token, "term" | "kind">): number {
  const n = index.sentences.length;
  const df = index.postings.get(token.term)?.length ?? 0;
  const local = Math.log(1 + (n - df + 0.5) / (df + 0.5)) / Math.log(2 + 2 * n);
  return backgroundWeight(token) * (0.6 + 0.4 * local);
}
