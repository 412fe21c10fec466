import type { Steps } from "../../scoring/steps.ts";
import { findDifferences } from "./differences.ts";
import { findEquivalents } from "./equivalents.ts";
import { laySideBySide } from "./lay-side-by-side.ts";
import { piecesOf } from "./pieces.ts";
import { areComparable, implies } from "./quantity.ts";
import { isStopTerm } from "./stop-words.ts";
import type { TextIndex } from "./text-index.ts";
import { type Token, tokenize, tokenizeInSteps } from "./tokens.ts";

/** A brief reference as each statement of the answer is held against it. */
export interface BriefReference {
  tokens: Token[];
  /** "602/623": any of the numbers is right. */
  isChoice: boolean;
  /** What the question asks with: saying it again proves nothing. */
  asked: ReadonlySet<string>;
}

export function* readBriefReferences(
  question: string,
  accepted: readonly string[],
): Steps<BriefReference[]> {
  const asked = new Set((yield* tokenizeInSteps(question)).map(({ term }) => term));
  return accepted.map((text) => ({ tokens: tokenize(text), isChoice: text.includes("/"), asked }));
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
      statement.some((other) => areRivals(token, other)),
  );
}

/** Does the statement say otherwise than the reference: another number, the opposite, another name, the other way round? */
export function contradictsBrief(statement: readonly Token[], reference: BriefReference): boolean {
  return saysOtherNumber(statement, reference) || differs(statement, reference);
}

function saysOtherNumber(
  statement: readonly Token[],
  { tokens, asked, isChoice }: BriefReference,
): boolean {
  const said = statement.filter(({ quantity }) => quantity !== undefined);
  const wanted = tokens.filter(({ quantity, term }) => quantity && !asked.has(term));
  const isSaid = (one: Token) => said.some((other) => agree(one, other));
  if (isChoice && wanted.some(isSaid)) return false;
  const strange = said.filter(({ term }) => !asked.has(term));
  return wanted.some((one) => !isSaid(one) && strange.some((other) => areRivals(one, other)));
}

function agree(a: Token, b: Token): boolean {
  if (!a.quantity || !b.quantity) return false;
  if (a.also?.includes(b.term) || b.also?.includes(a.term)) return true;
  return implies(a.quantity, b.quantity) || implies(b.quantity, a.quantity);
}

function areRivals(a: Token, b: Token): boolean {
  return (
    a.quantity !== undefined && b.quantity !== undefined && areComparable(a.quantity, b.quantity)
  );
}

/** The reference is laid beside the statement, which says more. */
function differs(statement: readonly Token[], { tokens }: BriefReference): boolean {
  const reference = piecesOf(tokens, findEquivalents(tokens, indexOf(statement)));
  const side = laySideBySide(reference, piecesOf(statement));
  if (side.pairs.length === 0) return false;
  const isMeasured = reference.some(({ wordClass }) => wordClass !== undefined);
  return findDifferences(side).some(({ kind, claim }) => {
    if (kind === "quantifier") return isMeasured;
    // Names have many forms; a letter or code ("Door A") has one.
    if (kind === "name") {
      const [only, more] = claim;
      return more === undefined && /^(?:.|.*\d.*)$/u.test(only?.surface ?? "");
    }
    return kind === "polarity" || kind === "swap";
  });
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
