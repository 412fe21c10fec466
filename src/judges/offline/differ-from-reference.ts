import { findDifferences } from "./differences.ts";
import { findEquivalents } from "./equivalents.ts";
import { laySideBySide } from "./lay-side-by-side.ts";
import { piecesOf } from "./pieces.ts";
import { areComparable, implies } from "./quantity.ts";
import { isStopTerm } from "./stop-words.ts";
import type { TextIndex } from "./text-index.ts";
import { type Token, tokenize } from "./tokens.ts";

/** A brief reference as each statement of the answer is held against it. */
export interface BriefReference {
  tokens: Token[];
  /** What the question asks with: saying it again proves nothing. */
  asked: ReadonlySet<string>;
}

export function readBriefReferences(
  question: string,
  accepted: readonly string[],
): BriefReference[] {
  const asked = new Set(tokenize(question).map(({ term }) => term));
  return accepted.map((text) => ({ tokens: tokenize(text), asked }));
}

/** Does the statement speak of what the reference says? Words of the question alone do not. */
export function mentions(statement: readonly Token[], { tokens, asked }: BriefReference): boolean {
  const said = new Set(statement.flatMap(({ term, also = [] }) => [term, ...also]));
  const telling = tokens.filter(({ term }) => !isStopTerm(term));
  const fresh = telling.filter(({ term }) => !asked.has(term));
  const wanted = fresh.length > 0 ? fresh : telling.length > 0 ? telling : tokens;
  return wanted.some(
    (token) =>
      said.has(token.term) ||
      (token.also ?? []).some((term) => said.has(term)) ||
      isRival(token, statement),
  );
}

/** A number of the same kind is said of the same thing. */
function isRival({ quantity }: Token, statement: readonly Token[]): boolean {
  return (
    quantity !== undefined &&
    statement.some((other) => other.quantity && areComparable(quantity, other.quantity))
  );
}

/** Does the statement say otherwise than the reference: another number, the opposite, another name, the other way round? */
export function contradictsBrief(statement: readonly Token[], reference: BriefReference): boolean {
  return saysOtherNumber(statement, reference) || differs(statement, reference);
}

function saysOtherNumber(statement: readonly Token[], { tokens, asked }: BriefReference): boolean {
  const numbers = statement.filter(
    ({ quantity, term }) => quantity !== undefined && !asked.has(term),
  );
  return tokens.some(({ quantity, term, also = [] }) => {
    if (!quantity || asked.has(term)) return false;
    const rivals = numbers.filter(
      (other) => other.quantity && areComparable(quantity, other.quantity),
    );
    if (rivals.length === 0) return false;
    return !statement.some((other) => {
      if (!other.quantity) return false;
      if (also.includes(other.term) || other.also?.includes(term)) return true;
      return implies(other.quantity, quantity) || implies(quantity, other.quantity);
    });
  });
}

/** The reference is laid beside the statement, which says more. */
function differs(statement: readonly Token[], { tokens }: BriefReference): boolean {
  const side = laySideBySide(
    piecesOf(tokens, findEquivalents(tokens, indexOf(statement))),
    piecesOf(statement),
  );
  if (side.pairs.length === 0) return false;
  return findDifferences(side).some(
    ({ kind }) =>
      kind === "polarity" || kind === "swap" || kind === "name" || kind === "quantifier",
  );
}

/** The least of an index that equivalents are looked up in. */
function indexOf(tokens: readonly Token[]): Pick<TextIndex, "postings" | "byPrefix" | "acronyms"> {
  const postings = new Map<string, number[]>();
  const byPrefix = new Map<string, string[]>();
  for (const { term, kind, also = [] } of tokens) {
    for (const one of [term, ...also]) postings.set(one, [0]);
    if (kind !== "word" || term.length < 4) continue;
    const family = byPrefix.get(term.slice(0, 4));
    if (family) family.push(term);
    else byPrefix.set(term.slice(0, 4), [term]);
  }
  return { postings, byPrefix, acronyms: new Set() };
}
