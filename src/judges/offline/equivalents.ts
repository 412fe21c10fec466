import { looseTerm, type Quantity } from "./quantity.ts";
import { synonymsOf } from "./synonyms.ts";
import { PREFIX_LENGTH, plainTerm, type TextIndex } from "./text-index.ts";
import type { Token } from "./tokens.ts";

type Lookup = Pick<TextIndex, "postings" | "byPrefix" | "acronyms">;

/** A term of the texts that can stand for a claim's term, and how well (0..1]. */
export interface Equivalent {
  term: string;
  likeness: number;
}

/** Members of one prefix family looked at; only very long texts have more. */
const FAMILY_LIMIT = 60;
/** Of the equivalents of a term only the nearest count. */
const KEPT = 4;
/** Shared beginning ÷ longer word, from which two words count as the same family. */
const LEAST_LIKENESS = 0.6;
const SYNONYM_LIKENESS = 0.7;

/**
 * For each claim token the terms of the texts that mean the same: itself, words of the same family
 * (`photograph`, `photographi`), the short form of its phrase (`GAN`) or the phrase of the short form.
 */
export function findEquivalents(tokens: readonly Token[], index: Lookup): Equivalent[][] {
  const found = tokens.map((token) => equivalentsOf(token, index));
  addAcronyms(tokens, index, found);
  return found;
}

function equivalentsOf(token: Token, index: Lookup): Equivalent[] {
  const found: Equivalent[] = [];
  if (index.postings.has(token.term)) found.push({ term: token.term, likeness: 1 });
  if (token.quantity) {
    for (const term of otherReadings(token, token.quantity)) {
      if (index.postings.has(term)) found.push({ term, likeness: 0.9 });
    }
  } else {
    for (const term of synonymsOf(token.term)) {
      if (index.postings.has(term)) found.push({ term, likeness: SYNONYM_LIKENESS });
    }
  }
  // A code or address is itself or another one.
  if (token.kind !== "word" || token.term.length < PREFIX_LENGTH || /[\d@/]/.test(token.term)) {
    return found;
  }
  const family = index.byPrefix.get(token.term.slice(0, PREFIX_LENGTH)) ?? [];
  for (let i = 0; i < Math.min(family.length, FAMILY_LIMIT); i++) {
    const term = family[i] ?? "";
    if (term === token.term) continue;
    const likeness = sharedPrefix(term, token.term) / Math.max(term.length, token.term.length);
    if (likeness >= LEAST_LIKENESS) found.push({ term, likeness: likeness * 0.9 });
  }
  return found.sort((a, b) => b.likeness - a.likeness || (a.term < b.term ? -1 : 1)).slice(0, KEPT);
}

/** The other order of a date; and where one of the two texts leaves the unit to a heading, the number without it. */
function* otherReadings({ also = [] }: Token, { dimension, bare }: Quantity): Generator<string> {
  for (const term of also) if (!term.startsWith("~")) yield term;
  if (dimension === "") yield looseTerm(bare);
  else if (!DATE_PARTS.has(dimension)) yield plainTerm(bare);
}

const DATE_PARTS = new Set(["y", "d", "mon", "wd", "clock", "q", "ver"]);

/** "generative adversarial networks" in the claim, GAN in the texts. */
function addAcronyms(tokens: readonly Token[], index: Lookup, found: Equivalent[][]): void {
  if (index.acronyms.size === 0) return;
  for (let start = 0; start < tokens.length; start++) {
    let initials = "";
    for (let end = start; end < Math.min(start + 6, tokens.length); end++) {
      const token = tokens[end];
      if (token?.kind !== "word") break;
      initials += token.surface.charAt(0).toLowerCase();
      if (initials.length < 3 || !index.acronyms.has(initials)) continue;
      for (const list of found.slice(start, end + 1)) list.push({ term: initials, likeness: 0.9 });
    }
  }
}

/** Of two words of one family, whose first letters are the same. */
function sharedPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = PREFIX_LENGTH;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
