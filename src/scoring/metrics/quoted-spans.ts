import { runAtOnce, type Steps } from "../steps.ts";
import { hasWords } from "./cjk.ts";
import { costOfSearch, findParts } from "./find-parts.ts";

/** Closing marks by opening mark. */
const PAIRS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["“", "”"],
  ["„", "“"],
  ["'", "'"],
  ["‘", "’"],
  ["`", "`"],
  ["«", "»"],
  ["「", "」"],
  ["『", "』"],
]);
const ANY_MARK = /["'`´“”‘’]/g;
const MIN_WORDS = 3;
/** Quotations read between two rests. */
const SPANS_AT_ONCE = 20_000;
/** A Chinese character is worth half a word: a quoted term is short, a quotation has six or more. */
const CJK_WORD_SHARE = 0.5;

export interface QuotedSpans {
  score: number;
  matched: number;
  total: number;
}

/**
 * quoted_spans: share of the quotations in the answer (at least three words between two quotation marks, six
 * characters in Chinese) that stand word for word in the passages. Case and runs of blanks are ignored. Range 0..1,
 * higher is better; 1 when nothing is quoted. Source: Ragas' quoted spans. There any two marks make a span, so that an
 * apostrophe opens a quotation (`compat: ragas`); here marks pair and an apostrophe inside a word is none.
 */
export function quotedSpans(
  response: string,
  passages: readonly string[],
  options: Options = {},
): QuotedSpans {
  const found = runAtOnce(quotedInSteps(response, passages, options));
  if (found) return found;
  throw new RangeError("quoted spans: the texts are too long to search");
}

interface Options {
  casefold?: boolean;
  minWords?: number;
  compat?: "ragas" | null;
  /** Characters the search may walk over. */
  budget?: number;
}

/** The same for texts that may be long; null: the search would cost more than the budget. */
export function* quotedInSteps(
  response: string,
  passages: readonly string[],
  options: Options,
): Steps<QuotedSpans | null> {
  const { minWords = MIN_WORDS, budget = Number.POSITIVE_INFINITY } = options;
  const isFolded = options.casefold !== false;
  const source = normalize(passages.join(" "), isFolded);
  const found = options.compat === "ragas" ? betweenAnyMarks(response) : betweenPairs(response);
  const spans: string[] = [];
  for (const [at, span] of found.entries()) {
    if (at > 0 && at % SPANS_AT_ONCE === 0) yield;
    if (hasWords(span, minWords, CJK_WORD_SHARE)) spans.push(normalize(span, isFolded));
  }
  const distinct = new Set(spans);
  if (costOfSearch(source, distinct) > budget) return null;
  const standing = yield* findParts(source, distinct);
  const matched = spans.filter((span) => standing.has(span)).length;
  return { score: spans.length === 0 ? 1 : matched / spans.length, matched, total: spans.length };
}

function betweenAnyMarks(text: string): string[] {
  const marks = [...text.matchAll(ANY_MARK)].map(({ index }) => index);
  const spans: string[] = [];
  for (let i = 0; i + 1 < marks.length; i += 2) {
    spans.push(text.slice((marks[i] ?? 0) + 1, marks[i + 1]));
  }
  return spans;
}

function betweenPairs(text: string): string[] {
  const spans: string[] = [];
  const nextClose = new Map<string, number>(); // known place of each closing mark, so the scan stays linear
  let at = 0;
  while (at < text.length) {
    const close = PAIRS.get(text.charAt(at));
    if (close === undefined || isApostrophe(text, at)) {
      at++;
      continue;
    }
    const end = findClose(text, close, at + 1, nextClose);
    if (end === -1) {
      at++;
      continue;
    }
    spans.push(text.slice(at + 1, end));
    at = end + 1;
  }
  return spans;
}

function findClose(text: string, close: string, from: number, known: Map<string, number>): number {
  let at = known.get(close);
  if (at === undefined || (at !== -1 && at < from)) at = text.indexOf(close, from);
  while (at !== -1 && isApostrophe(text, at)) at = text.indexOf(close, at + 1);
  known.set(close, at);
  return at;
}

/** `don't`, `l’eau`: a mark between two letters. */
function isApostrophe(text: string, at: number): boolean {
  if (!"'’".includes(text.charAt(at))) return false;
  return /\p{L}/u.test(text.charAt(at - 1)) && /\p{L}/u.test(text.charAt(at + 1));
}

function normalize(text: string, isFolded: boolean): string {
  const collapsed = text.replace(/\s+/g, " ").trim();
  return isFolded ? collapsed.toLowerCase() : collapsed;
}
