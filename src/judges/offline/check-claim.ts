import type { PassageCheck, SentenceRef, Verdict } from "../../scoring/judge.ts";
import { type Alignment, alignClaim } from "./align.ts";
import { stripFrame } from "./checkable.ts";
import { CLAIM_FEATURES, measureClaim } from "./claim-features.ts";
import { type Conflicts, findConflicts } from "./conflicts.ts";
import { loadModel, probabilityOf, round } from "./linear-model.ts";
import type { IndexedSentence, TextIndex } from "./text-index.ts";

const SUPPORT = loadModel("support", CLAIM_FEATURES);

/** From this probability on a claim counts as supported. */
export const SUPPORT_THRESHOLD = 0.5;
/** From this coverage on a conflict contradicts; below, the text is about something else. */
const SAME_SUBJECT = 0.5;
const NEGATION_SHARE = 0.15;

/** Features of a claim that shares no word with the texts. */
const NOTHING_SHARED = CLAIM_FEATURES.map((feature) => {
  if (feature === "missingWeight" || feature === "missingAnywhere") return 0.8;
  if (feature === "rarestMissing") return 1;
  return feature === "length" ? Math.log(5) : 0;
});

/** Features of a claim against the texts, as the support model was fitted on. */
export function measureSupport(claim: string, index: TextIndex): number[] {
  const statement = stripFrame(claim);
  const alignment = alignClaim(statement, index);
  return alignment ? measureClaim(statement, alignment) : [...NOTHING_SHARED];
}

/**
 * Does any stretch of the texts carry the claim? `support` is the calibrated probability 0..1, `confidence` that of
 * the verdict. Linear in the claim for an index already built.
 */
export function checkClaim(claim: string, index: TextIndex): Required<PassageCheck> {
  const statement = stripFrame(claim);
  const alignment = alignClaim(statement, index);
  if (!alignment) {
    const support = probabilityOf(SUPPORT, NOTHING_SHARED);
    return {
      verdict: "unsupported",
      evidence: [],
      jointly: false,
      confidence: round(1 - support),
      support,
    };
  }
  const support = probabilityOf(SUPPORT, measureClaim(statement, alignment));
  if (support >= SUPPORT_THRESHOLD) {
    const { evidence, jointly } = collectEvidence(alignment);
    return { verdict: "supported", evidence, jointly, confidence: support, support };
  }
  const verdict: Verdict = contradicts(alignment, findConflicts(alignment))
    ? "contradicted"
    : "unsupported";
  const evidence = verdict === "contradicted" ? refsOf(alignment.window) : [];
  return { verdict, evidence, jointly: false, confidence: round(1 - support), support };
}

function contradicts({ coverage }: Alignment, conflicts: Conflicts): boolean {
  if (coverage.window < SAME_SUBJECT) return false;
  return (
    conflicts.negation >= NEGATION_SHARE ||
    conflicts.antonym > 0 ||
    conflicts.number > 0 ||
    conflicts.substitution >= SAME_SUBJECT
  );
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
