import type { PassageCheck, SentenceRef, Verdict } from "../../scoring/judge.ts";
import { type Alignment, alignClaim } from "./align.ts";
import { CLAIM_FEATURES, measureClaim } from "./claim-features.ts";
import { compareClaim } from "./compare-claim.ts";
import { isFamiliar } from "./familiar.ts";
import { type LinearModel, loadModel, probabilityOf, round } from "./linear-model.ts";
import { locate } from "./locate.ts";
import type { ReadClaim } from "./read-claim.ts";
import { findRival } from "./rivals.ts";
import { type Ruling, ruleOn, ruleOnRival, supportOfCopy } from "./rule-on-differences.ts";
import type { IndexedSentence, TextIndex } from "./text-index.ts";
import type { Token } from "./tokens.ts";

const SUPPORT = loadModel("support", CLAIM_FEATURES);

/** From this probability on a claim counts as supported. */
const SUPPORT_THRESHOLD = 0.5;

/** Features of a claim that shares no word with the texts. */
function measureNothing(tokens: readonly Token[]): number[] {
  const numbers = tokens.filter(({ kind }) => kind === "number").length;
  return CLAIM_FEATURES.map((feature) => {
    if (feature === "missingWeight" || feature === "missingAnywhere") return 0.8;
    if (feature === "rarestMissing") return 1;
    if (feature === "missingNumbers") return numbers / (1 + numbers);
    return feature === "length" ? Math.log(5) : 0;
  });
}

/** A claim measured against the texts: what the support model reads, and what the differences prove. */
export interface MeasuredClaim {
  features: number[];
  ruling: Ruling | null;
  /** Probability of a claim that is copied; null: it is not. */
  copied: number | null;
}

interface Measured extends MeasuredClaim {
  alignment: Alignment | null;
}

/** As the support model is fitted and cross-validated on it. */
export function measureSupport(claim: ReadClaim, index: TextIndex): MeasuredClaim {
  const { features, ruling, copied } = measure(claim, index);
  return { features, ruling, copied };
}

function measure({ statement, tokens }: ReadClaim, index: TextIndex): Measured {
  const alignment = alignClaim(tokens, index);
  if (!alignment)
    return { features: measureNothing(tokens), ruling: null, copied: null, alignment };
  const compared = compareClaim(alignment);
  const copied = supportOfCopy(compared);
  // Words taken from all over a sentence may belong to another value of it than the one that stands beside them.
  const isUnbroken = compared.every((clause) => clause.isUnbroken);
  const rival = copied === null || !isUnbroken ? findRival(alignment) : null;
  return {
    features: measureClaim(statement, alignment, compared),
    ruling: ruleOn(compared) ?? (rival && ruleOnRival(rival)),
    copied,
    alignment,
  };
}

/** Probability of support under a model, held down by what is proved against the claim. */
export function supportUnder(
  model: LinearModel,
  { features, ruling, copied }: MeasuredClaim,
): number {
  const support = probabilityOf(model, features);
  if (ruling) return Math.min(support, ruling.cap);
  return copied === null ? support : Math.max(support, copied);
}

export type ClaimCheck = Required<Omit<PassageCheck, "difference">> &
  Pick<PassageCheck, "difference">;

/**
 * Does any stretch of the texts carry the claim? `support` is the calibrated probability 0..1, `confidence` that of
 * the verdict. Linear in the claim for an index already built.
 */
export function checkClaim(claim: ReadClaim, index: TextIndex): ClaimCheck {
  const measured = measure(claim, index);
  const { alignment, ruling } = measured;
  const support = supportUnder(SUPPORT, measured);
  if (alignment && support >= SUPPORT_THRESHOLD) {
    const { evidence, jointly } = collectEvidence(alignment);
    const confidence = isFamiliar(claim.text) ? support : Math.min(support, UNFAMILIAR);
    return { verdict: "supported", evidence, jointly, confidence, support };
  }
  const verdict: Verdict = ruling?.contradicts ? "contradicted" : "unsupported";
  const confidence = sureOfNone(support, ruling);
  return {
    verdict,
    evidence: ruling?.contradicts ? refsOf([ruling.sentence]) : [],
    jointly: false,
    ...(ruling?.contradicts ? placesOf(claim, ruling, index) : {}),
    confidence: isFamiliar(claim.text) ? confidence : Math.min(confidence, UNFAMILIAR),
    support,
  };
}

/** Where claim and sentence say otherwise; nothing when either is not found as written. */
function placesOf(
  { text, statement, tokens }: ReadClaim,
  { difference, sentence }: Ruling,
  { texts }: TextIndex,
): Pick<PassageCheck, "difference"> {
  const cut = texts[sentence.passage];
  const bounds = cut?.sentences[sentence.sentence];
  const source = cut && bounds ? cut.text.slice(bounds.start, bounds.end) : "";
  const said = locate(text, tokens, difference.claim, statement.slice(0, BEGINNING));
  const told = locate(source, sentence.tokens, difference.source);
  return said && told ? { difference: { claim: said, sentence: told } } : {};
}

/** Characters by which the statement is found behind its frame. */
const BEGINNING = 16;

/** Of a claim that is a copy but for a number or a negation the verdict is sure; that of a missing claim never is. */
const SURE = 0.92;
const UNSURE_OF_NONE = 0.78;
/** In a language the weights have not seen. */
const UNFAMILIAR = 0.7;

function sureOfNone(support: number, ruling: Ruling | null): number {
  if (ruling?.isSure) return SURE;
  return Math.max(0.5, Math.min(round(1 - support), UNSURE_OF_NONE));
}

/**
 * The window; further sentences that add to it; and in every other passage the stretch that covers the claim about as
 * well, because each passage that supports a claim alone counts in the retrieval metrics.
 */
function collectEvidence(alignment: Alignment): { evidence: SentenceRef[]; jointly: boolean } {
  const { window, joint, also } = alignment;
  const home = window[0]?.passage;
  const near = joint.filter(({ passage }) => passage === home);
  const far = joint.filter(({ passage }) => passage !== home);
  if (also.length > 0 || far.length === 0) {
    return { evidence: refsOf([...near, ...also.flat()]), jointly: false };
  }
  return { evidence: refsOf(joint), jointly: true };
}

function refsOf(sentences: readonly IndexedSentence[]): SentenceRef[] {
  return sentences
    .map(({ passage, sentence }) => ({ passage, sentence }))
    .sort((a, b) => a.passage - b.passage || a.sentence - b.sentence);
}
