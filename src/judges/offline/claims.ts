import { CLAIM_BYTES_PER_TEXT, CLAIMS_PER_TEXT } from "../../scoring/judge.ts";
import type { CutText } from "../../scoring/sample.ts";
import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { isCheckable, isLeadIn, isNonClaim } from "./checkable.ts";
import { hasTokens } from "./tokens.ts";
import { readYesNo } from "./yes-no.ts";

export interface ClaimText {
  text: string;
  /** Zero-based index of the sentence. */
  sentence: number;
}

/**
 * The sentences that state something, each one claim. Questions and courtesy are left out unless there is nothing
 * else. Splitting sentences into clauses was tried: a clause without its subject matches anything, and the measures fell.
 */
export function selectClaims(text: CutText): ClaimText[] {
  return runAtOnce(selectClaimsInSteps(text)).claims;
}

/** Sentences and characters read between two rests. */
const SENTENCES_AT_ONCE = 2000;
const CHARACTERS_AT_ONCE = 200_000;

/** The first claims of a text, up to the bound, and how many there are beyond it. */
export interface Selection {
  claims: ClaimText[];
  beyond: number;
}

/** The same for a text that may be megabytes long. */
export function* selectClaimsInSteps({ text, sentences }: CutText): Steps<Selection> {
  const stating = new Bounded();
  const others = new Bounded();
  let rested = 0;
  for (const [sentence, { start, end }] of sentences.entries()) {
    const isMuch = start - rested > CHARACTERS_AT_ONCE;
    if (isMuch || (sentence > 0 && sentence % SENTENCES_AT_ONCE === 0)) {
      rested = start;
      yield;
    }
    const claim = { text: text.slice(start, end), sentence };
    const isLast = sentence === sentences.length - 1;
    if (isCheckable(claim.text) && (isLast || !isLeadIn(claim.text))) stating.add(claim);
    else if (
      stating.isEmpty() &&
      hasTokens(claim.text) &&
      (!isNonClaim(claim.text) || readYesNo(claim.text) !== null)
    )
      others.add(claim);
  }
  return stating.isEmpty() ? others : stating;
}

const UTF8 = new TextEncoder();

class Bounded implements Selection {
  readonly claims: ClaimText[] = [];
  beyond = 0;
  #bytes = 0;

  add(claim: ClaimText): void {
    this.#bytes += UTF8.encode(claim.text).length;
    const isWithin = this.#bytes <= CLAIM_BYTES_PER_TEXT;
    if (isWithin && this.claims.length < CLAIMS_PER_TEXT) this.claims.push(claim);
    else this.beyond++;
  }

  isEmpty(): boolean {
    return this.claims.length === 0;
  }
}
