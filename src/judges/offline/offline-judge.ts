import type { Judge, Judged, JudgedClaim, JudgedTable, Needs } from "../../scoring/judge.ts";
import type { CutSample } from "../../scoring/sample.ts";
import { NO_USAGE } from "../../scoring/usage.ts";
import { isAbstention } from "./abstention.ts";
import { checkClaim } from "./check-claim.ts";
import { compareWithReference, type ReferenceCheck } from "./check-reference.ts";
import { selectClaims } from "./claims.ts";
import { isOnTopic, judgeRelevancy } from "./judge-relevancy.ts";
import { rankPassages } from "./rank-passages.ts";
import { indexTexts, type TextIndex } from "./text-index.ts";
import { trustOf } from "./trust.ts";

/**
 * Judges by words, numbers, names, negation and order alone: no model, no key, no network; same bytes on every
 * machine. Whatever costs nothing to know is filled in, asked for or not; the claims follow `needs`.
 */
export function createOfflineJudge(): Judge {
  return {
    name: "offline-lexical@1",
    async fill(sample, needs) {
      return fillTable(sample, needs);
    },
  };
}

function fillTable(sample: CutSample, needs: Needs): JudgedTable {
  const { question, answer, reference } = sample;
  const passages = sample.passages?.length ? indexTexts(sample.passages) : null;
  const compared = reference ? compareWithReference(question, answer, reference) : null;
  const abstained = isAbstention(answer.text);
  // Where the reference declines too, declining is the answer and can be right.
  const isSilent = abstained && !(reference && isAbstention(reference.text));
  const answerClaims =
    needs.answerClaims && !isSilent ? judgeAnswer(sample, needs, passages, compared) : [];
  const referenceClaims = needs.referenceClaims
    ? judgeReference(sample, needs, passages, compared)
    : [];
  return {
    method: "offline",
    answerClaims: needs.answerClaims ? done(answerClaims) : null,
    referenceClaims: needs.referenceClaims && reference ? done(referenceClaims) : null,
    abstained: done(abstained),
    relevance: passages ? done(rankPassages(sample, passages)) : null,
    answerRelevancy: done(judgeRelevancy(question, answer.text)),
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

function judgeAnswer(
  { question, answer }: CutSample,
  needs: Needs,
  passages: TextIndex | null,
  compared: ReferenceCheck | null,
): JudgedClaim[] {
  const relevancy = judgeRelevancy(question, answer.text);
  return selectClaims(answer).map(({ text, sentence }) => ({
    of: "answer",
    text,
    sentence,
    onTopic: isOnTopic(question, text, relevancy),
    passages: passages && needs.answerAgainstPassages ? done(checkClaim(text, passages)) : null,
    ...otherOf(needs.answerAgainstReference ? compared?.checkAnswerClaim(text) : undefined),
  }));
}

function judgeReference(
  { reference }: CutSample,
  needs: Needs,
  passages: TextIndex | null,
  compared: ReferenceCheck | null,
): JudgedClaim[] {
  if (!reference) return [];
  return selectClaims(reference).map(({ text, sentence }) => ({
    of: "reference",
    text,
    sentence,
    onTopic: null,
    passages: passages && needs.referenceAgainstPassages ? done(checkClaim(text, passages)) : null,
    ...otherOf(needs.referenceAgainstAnswer ? compared?.checkReferenceClaim(text) : undefined),
  }));
}

function otherOf(checked: ReturnType<ReferenceCheck["checkAnswerClaim"]> | undefined) {
  if (!checked) return { other: null };
  return { other: done(checked.verdict), otherSupport: checked.support };
}

function done<T>(value: T): Judged<T> {
  return { ok: true, value };
}
