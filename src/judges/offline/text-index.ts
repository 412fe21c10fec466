import type { CutText } from "../../scoring/sample.ts";
import { fold } from "./fold.ts";
import { STOP_TERMS } from "./stop-words.ts";
import { type Token, tokenize } from "./tokens.ts";

export interface IndexedSentence {
  passage: number;
  sentence: number;
  tokens: Token[];
  folded: string;
}

/** The sentences a claim is compared with, and how telling each word is among them. */
export interface TextIndex {
  sentences: IndexedSentence[];
  /** Term → positions in `sentences`, ascending. */
  postings: Map<string, number[]>;
}

export function indexTexts(texts: readonly CutText[]): TextIndex {
  const sentences: IndexedSentence[] = [];
  const postings = new Map<string, number[]>();
  texts.forEach((text, passage) => {
    text.sentences.forEach(({ start, end }, sentence) => {
      const raw = text.text.slice(start, end);
      const tokens = tokenize(raw);
      const position = sentences.length;
      sentences.push({ passage, sentence, tokens, folded: fold(raw) });
      for (const term of new Set(tokens.map((token) => token.term))) {
        const list = postings.get(term);
        if (list) list.push(position);
        else postings.set(term, [position]);
      }
    });
  });
  return { sentences, postings };
}

/** Weight of a term: rare in the texts at hand weighs more, grammar weighs almost nothing. */
export function weigh(index: TextIndex, token: Token): number {
  if (STOP_TERMS.has(token.term)) return 0.05;
  const n = index.sentences.length;
  const df = index.postings.get(token.term)?.length ?? 0;
  const idf = Math.log(1 + (n - df + 0.5) / (df + 0.5));
  return (token.kind === "number" ? 1.5 : 1) * (0.5 + idf / Math.log(2 + 2 * n));
}
