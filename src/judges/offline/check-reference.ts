import type { Verdict } from "../../scoring/judge.ts";
import type { CutText } from "../../scoring/sample.ts";
import { runAtOnce, type Steps } from "../../scoring/steps.ts";
import { AGREEMENT_FEATURES, measureAgreementInSteps } from "./agreement.ts";
import { checkClaim } from "./check-claim.ts";
import { type Selection, selectClaimsInSteps } from "./claims.ts";
import { contradictsBrief, mentions, readBriefReferences } from "./differ-from-reference.ts";
import { loadModel, probabilityOf, round } from "./linear-model.ts";
import { type ReadClaim, readClaim } from "./read-claim.ts";
import {
  measureShortInSteps,
  prepareInSteps,
  SHORT_ANSWER_FEATURES,
  splitAliases,
} from "./short-answer.ts";
import { indexInSteps } from "./text-index.ts";
import { hasMoreTokens } from "./tokens.ts";
import { readYesNo, stanceOf, statementOf } from "./yes-no.ts";

const SHORT_ANSWER = loadModel("shortAnswer", SHORT_ANSWER_FEATURES);
const AGREEMENT = loadModel("agreement", AGREEMENT_FEATURES);
/** What the agreement features of a text with itself add up to; length says nothing about likeness. */
const FULL_AGREEMENT = AGREEMENT_FEATURES.reduce(
  (sum, feature, i) => sum + (isLikeness(feature) ? Math.max(0, AGREEMENT.weights[i] ?? 0) : 0),
  0,
);
const THRESHOLD = 0.5;
/** A reference of one claim no longer than this is one statement; the answer agrees with it or not as a whole. */
const BRIEF_TOKENS = 40;

interface CheckedAgainst {
  verdict: Verdict;
  /** Probability 0..1. */
  support: number;
}

export interface ReferenceCheck {
  /** An answer claim against the reference. */
  checkAnswerClaim: (claim: ReadClaim) => CheckedAgainst;
  /** A reference claim against the answer. */
  checkReferenceClaim: (claim: ReadClaim) => CheckedAgainst;
  /** Likeness of answer and reference, 0..1. */
  similarity: number;
}

/**
 * Compares answer and reference both ways. A bare reference ("25 December 2010", aliases between slashes) says nothing
 * of its own about the sentences around the answer, so all claims share the one probability that the answer gives it.
 * A brief reference agrees with the answer or not as a whole, question words set aside; of a longer one each claim is
 * looked for in the other text.
 */
export function compareWithReference(
  question: string,
  answer: CutText,
  reference: CutText,
): ReferenceCheck {
  return runAtOnce(
    (function* () {
      const claims = yield* selectClaimsInSteps(reference);
      return yield* compareInSteps(question, answer, reference, claims);
    })(),
  );
}

/** The same for texts that may be megabytes long; `claims` are those of the reference. */
export function* compareInSteps(
  question: string,
  answer: CutText,
  reference: CutText,
  claims: Selection,
): Steps<ReferenceCheck> {
  const aliases = splitAliases(reference.text);
  if (aliases) return yield* compareBare(question, answer, aliases);
  const features = yield* measureAgreementInSteps(question, answer.text, reference.text);
  const similarity = likenessOf(features);
  if (isBrief(reference, claims)) {
    const support = probabilityOf(AGREEMENT, features);
    const verdict: Verdict = support >= THRESHOLD ? "supported" : "unsupported";
    return {
      ...(yield* holdAgainst(question, answer, [reference.text], { verdict, support })),
      similarity,
    };
  }
  const answerIndex = yield* indexInSteps([answer]);
  const referenceIndex = yield* indexInSteps([reference]);
  return {
    checkAnswerClaim: (claim) => checkClaim(claim, referenceIndex),
    checkReferenceClaim: (claim) => checkClaim(claim, answerIndex),
    similarity,
  };
}

function* compareBare(
  question: string,
  answer: CutText,
  aliases: readonly string[],
): Steps<ReferenceCheck> {
  const features = yield* measureShortInSteps(
    question,
    yield* prepareInSteps(answer.text),
    aliases,
  );
  const support = probabilityOf(SHORT_ANSWER, features);
  const verdict = verdictOf(support, features);
  return {
    ...(yield* holdAgainst(question, answer, aliases, { verdict, support })),
    similarity: support,
  };
}

/** Says otherwise than the reference; speaks of something else; says what the question's yes says. */
const OTHERWISE = 0.08;
const NOT_MENTIONED = 0.2;
const SAID_SO = 0.88;
/** Sentences of the answer looked at one by one; a longer one is judged as a whole. */
const SENTENCES_LIMIT = 60;

/**
 * A brief reference agrees with the answer as a whole or not; but each statement of the answer is held against it by
 * itself: one that contradicts it is wrong, and one that does not speak of it is not supported by it.
 */
function* holdAgainst(
  question: string,
  answer: CutText,
  accepted: readonly string[],
  whole: CheckedAgainst,
): Steps<Pick<ReferenceCheck, "checkAnswerClaim" | "checkReferenceClaim">> {
  const briefs = yield* readBriefReferences(question, accepted);
  const statement = statementOf(question);
  const wanted = statement === null ? null : readYesNo(accepted[0] ?? "");
  const isOnly = answer.sentences.length <= 1;
  const check = ({ text, tokens }: ReadClaim): CheckedAgainst => {
    const said = readYesNo(text);
    if (statement !== null && wanted !== null) {
      const stance = said ?? stanceOf(text, statement);
      if (stance === wanted)
        return { verdict: "supported", support: Math.max(whole.support, SAID_SO) };
      if (stance !== null) return { verdict: "contradicted", support: OTHERWISE };
    }
    if (briefs.every((brief) => contradictsBrief(tokens, brief))) {
      return { verdict: "contradicted", support: Math.min(whole.support, OTHERWISE) };
    }
    if (!isOnly && !briefs.some((brief) => mentions(tokens, brief))) {
      return { verdict: "unsupported", support: Math.min(whole.support, NOT_MENTIONED) };
    }
    return whole;
  };
  return {
    checkAnswerClaim: check,
    checkReferenceClaim: () => {
      if (answer.sentences.length > SENTENCES_LIMIT) return whole;
      const checks = answer.sentences.map(({ start, end }) =>
        check(readClaim(answer.text.slice(start, end))),
      );
      const best = checks.reduce((a, b) => (b.support > a.support ? b : a), checks[0] ?? whole);
      const contradicted = checks.find(({ verdict }) => verdict === "contradicted");
      return best.verdict !== "supported" && contradicted
        ? contradicted
        : best.verdict === "supported"
          ? best
          : whole;
    },
  };
}

function verdictOf(support: number, features: readonly number[]): Verdict {
  if (support >= THRESHOLD) return "supported";
  const says = (name: (typeof SHORT_ANSWER_FEATURES)[number]) =>
    features[SHORT_ANSWER_FEATURES.indexOf(name)] === 1;
  return says("otherNumber") || says("negated") ? "contradicted" : "unsupported";
}

function isBrief({ text }: CutText, { claims }: Selection): boolean {
  return claims.length <= 1 && !hasMoreTokens(text, BRIEF_TOKENS);
}

function likenessOf(features: readonly number[]): number {
  const sum = AGREEMENT_FEATURES.reduce(
    (total, feature, i) =>
      total + (isLikeness(feature) ? (AGREEMENT.weights[i] ?? 0) * (features[i] ?? 0) : 0),
    0,
  );
  return round(Math.min(1, Math.max(0, sum / FULL_AGREEMENT)));
}

function isLikeness(feature: string): boolean {
  return feature !== "length" && feature !== "bothDeny";
}
