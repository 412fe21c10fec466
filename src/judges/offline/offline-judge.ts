import type { Judge, Judged, JudgedClaim, JudgedTable, Needs } from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import { runWithPauses, type Steps } from "../../scoring/steps.ts";
import { NO_USAGE } from "../../scoring/usage.ts";
import { isAbstention } from "./abstention.ts";
import { prepareQuestion } from "./answer-relevancy.ts";
import { checkClaim } from "./check-claim.ts";
import { compareInSteps, type ReferenceCheck } from "./check-reference.ts";
import { type ClaimText, type Selection, selectClaimsInSteps } from "./claims.ts";
import { isOnTopic, judgeRelevancy } from "./judge-relevancy.ts";
import { rankPassages } from "./rank-passages.ts";
import { indexInSteps } from "./text-index.ts";
import { trustOf } from "./trust.ts";

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
  const answerClaims = yield* judgeEach(said, ({ text, sentence }) => ({
    of: "answer",
    text,
    sentence,
    onTopic: isOnTopic(asked, text, relevancy),
    passages: passages && needs.answerAgainstPassages ? done(checkClaim(text, passages)) : null,
    ...otherOf(needs.answerAgainstReference ? compared?.checkAnswerClaim(text) : undefined),
  }));
  const referenceClaims = yield* judgeEach(
    needs.referenceClaims ? stated : NOTHING,
    ({ text, sentence }) => ({
      of: "reference",
      text,
      sentence,
      onTopic: null,
      passages:
        passages && needs.referenceAgainstPassages ? done(checkClaim(text, passages)) : null,
      ...otherOf(needs.referenceAgainstAnswer ? compared?.checkReferenceClaim(text) : undefined),
    }),
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
    relevance: passages ? done(yield* rankPassages(sample, passages)) : null,
    answerRelevancy: done(relevancy),
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

const NOTHING: Selection = { claims: [], beyond: 0 };

/** Claims judged between two rests; the longest take a few milliseconds each. */
const CLAIMS_AT_ONCE = 25;

function* judgeEach(
  { claims }: Selection,
  judge: (claim: ClaimText) => JudgedClaim,
): Steps<JudgedClaim[]> {
  const judged: JudgedClaim[] = [];
  for (const claim of claims) {
    judged.push(judge(claim));
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
