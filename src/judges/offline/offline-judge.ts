import type {
  Judge,
  Judged,
  JudgedClaim,
  JudgedTable,
  Needs,
  PassageCheck,
  PassageRelevance,
} from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import { runWithPauses, type Steps } from "../../scoring/steps.ts";
import { NO_USAGE } from "../../scoring/usage.ts";
import { isAbstention } from "./abstention.ts";
import { prepareQuestion } from "./answer-relevancy.ts";
import { type ClaimCheck, checkClaim } from "./check-claim.ts";
import { compareInSteps, type ReferenceCheck } from "./check-reference.ts";
import { type ClaimText, type Selection, selectClaimsInSteps } from "./claims.ts";
import { isOnTopic, judgeRelevancy, ON_TOPIC } from "./judge-relevancy.ts";
import { once } from "./once.ts";
import { PARTIAL, rankPassages } from "./rank-passages.ts";
import { type ReadClaim, readClaim } from "./read-claim.ts";
import { indexInSteps, type TextIndex } from "./text-index.ts";
import { trustOf } from "./trust.ts";
import { readYesNo, statementOf } from "./yes-no.ts";

/**
 * Judges by words, numbers, names, negation and order alone: no model, no key, no network; same bytes on every
 * machine. Whatever costs nothing to know is filled in, asked for or not; the claims follow `needs`.
 */
export function createOfflineJudge(): Judge {
  return {
    name: "offline-lexical@1",
    async fill(sample, needs, _signal, pause) {
      return runWithPauses(fillTable(sample, needs), pause);
    },
  };
}

function* fillTable(sample: CutSample, needs: Needs): Steps<JudgedTable> {
  const { question, answer, reference } = sample;
  const passages = sample.passages?.length ? yield* indexInSteps(sample.passages) : null;
  const stated = reference ? yield* selectClaimsInSteps(reference) : NOTHING;
  const compared = reference ? yield* compareInSteps(question, answer, reference, stated) : null;
  const abstained = isAbstention(answer.text);
  // Where the reference declines too, declining is the answer and can be right.
  const isSilent = abstained && !(reference && isAbstention(reference.text));
  const said = needs.answerClaims && !isSilent ? yield* selectClaimsInSteps(answer) : NOTHING;
  const asked = yield* prepareQuestion(question);
  const relevancy = yield* judgeRelevancy(asked, answer.text);
  let isAnswered = false;
  const answerClaims = yield* judgeEach(said, ({ text, sentence }) => {
    const claim = readClaim(text);
    const againstReference = once(() => compared?.checkAnswerClaim(claim));
    // What the reference supports answers the question, however few of its words it repeats.
    const isRight = relevancy < ON_TOPIC && againstReference()?.verdict === "supported";
    isAnswered ||= isRight && !abstained;
    return {
      of: "answer",
      text,
      sentence,
      onTopic: isRight || isOnTopic(asked, text, relevancy),
      passages:
        passages && needs.answerAgainstPassages ? done(checkSaid(claim, question, passages)) : null,
      ...otherOf(needs.answerAgainstReference ? againstReference() : undefined),
    };
  });
  // Read once, for the passages and for the answer.
  const readings = stated.claims.map(({ text }) => once(() => readClaim(text)));
  const proofs = passages ? readings.map((claim) => once(() => checkClaim(claim(), passages))) : [];
  const referenceClaims = yield* judgeEach(
    needs.referenceClaims ? stated : NOTHING,
    ({ text, sentence }, at) => {
      const claim = readings[at];
      const proof = needs.referenceAgainstPassages ? proofs[at] : undefined;
      return {
        of: "reference",
        text,
        sentence,
        onTopic: null,
        passages: proof ? done(proof()) : null,
        ...otherOf(
          claim && needs.referenceAgainstAnswer
            ? compared?.checkReferenceClaim(claim())
            : undefined,
        ),
      };
    },
  );
  const unchecked = {
    answer: said.beyond,
    reference: needs.referenceClaims ? stated.beyond : 0,
  };
  return {
    method: "offline",
    answerClaims: needs.answerClaims ? done(answerClaims) : null,
    referenceClaims: needs.referenceClaims && reference ? done(referenceClaims) : null,
    ...(unchecked.answer + unchecked.reference > 0 ? { unchecked } : {}),
    abstained: done(abstained),
    relevance: passages ? done(proven(yield* rankPassages(sample, passages), proofs)) : null,
    answerRelevancy: done(isAnswered ? Math.max(relevancy, ANSWERS) : relevancy),
    questionSimilarities: null,
    similarity: compared ? done(compared.similarity) : null,
    similarityMethod: compared ? "offline" : null,
    referenceEntities: null,
    criteria: {},
    confidence: trustOf([...answerClaims, ...referenceClaims]),
    usage: NO_USAGE,
    notes: [],
  };
}

/** "Yes" and "no" say what the question asks, or its opposite. */
function checkSaid(claim: ReadClaim, question: string, passages: TextIndex): PassageCheck {
  const said = readYesNo(claim.text);
  const statement = said === null ? null : statementOf(question);
  if (said === null || statement === null) return checkClaim(claim, passages);
  // What differs stands in the question's words, which the answer does not repeat.
  const { difference: _, ...check } = checkClaim(readClaim(statement), passages);
  return said ? check : denied(check);
}

/** What the passages contradict is rightly denied; what they do not speak of stays open. */
function denied(check: ClaimCheck): PassageCheck {
  if (check.verdict === "unsupported") return check;
  const support = 1 - check.support;
  const isRight = check.verdict === "contradicted";
  return {
    ...check,
    verdict: isRight ? "supported" : "contradicted",
    support,
    confidence: Math.min(check.confidence ?? 0.5, MIDDLING),
  };
}

const MIDDLING = 0.85;
/** Relevancy of an answer that says something the reference says. */
const ANSWERS = 0.7;

/** Claims of the reference looked at to see whether the passages hold any. */
const PROOFS = 10;

/**
 * A passage that proves something of the reference serves at least in part, and such passages can answer the question
 * at least in part, whatever words it asks with.
 */
function proven(
  { scores, answerable }: PassageRelevance,
  proofs: readonly (() => ClaimCheck)[],
): PassageRelevance {
  const proving = new Set(
    proofs
      .slice(0, PROOFS)
      .map((check) => check())
      .filter(({ verdict }) => verdict === "supported")
      .flatMap(({ evidence }) => evidence.map(({ passage }) => passage)),
  );
  return {
    scores: scores.map((score, at) => (proving.has(at) ? Math.max(score, PARTIAL) : score)),
    answerable: proving.size > 0 && answerable === "none" ? "partial" : answerable,
  };
}

const NOTHING: Selection = { claims: [], beyond: 0 };

/** Claims judged between two rests; the longest take a few milliseconds each. */
const CLAIMS_AT_ONCE = 25;

function* judgeEach(
  { claims }: Selection,
  judge: (claim: ClaimText, at: number) => JudgedClaim,
): Steps<JudgedClaim[]> {
  const judged: JudgedClaim[] = [];
  for (const claim of claims) {
    judged.push(judge(claim, judged.length));
    if (judged.length % CLAIMS_AT_ONCE === 0) yield;
  }
  return judged;
}

function otherOf(checked: ReturnType<ReferenceCheck["checkAnswerClaim"]> | undefined) {
  if (!checked) return { other: null };
  return { other: done(checked.verdict), otherSupport: checked.support };
}

function done<T>(value: T): Judged<T> {
  return { ok: true, value };
}
