import type { Judged, JudgedClaim, JudgedTable, Needs } from "../../../scoring/judge.ts";
import type { CutSample } from "../../../scoring/sample.ts";
import { checkAll } from "./check-all.ts";
import { compareAll } from "./compare-all.ts";
import { compareEmbeddings, type EmbeddingResult } from "./compare-embeddings.ts";
import { type JudgeContext, waitForAll } from "./judge-context.ts";
import { type SplitClaim, type SplitSide, splitSide } from "./split-side.ts";

/** What the calls fill. */
export type Filled = Pick<
  JudgedTable,
  | "answerClaims"
  | "referenceClaims"
  | "abstained"
  | "relevance"
  | "usefulness"
  | "criteria"
  | "referenceEntities"
  | "questionSimilarities"
  | "similarity"
>;

/** Round one cuts answer and reference into claims, round two checks everything; calls of a round run together. */
export async function fillTable(
  context: JudgeContext,
  sample: CutSample,
  needs: Needs,
): Promise<Filled> {
  const [answer, reference] = await splitBoth(context, sample, needs);
  const answerClaims = claimsOf(answer);
  const referenceClaims = claimsOf(reference);
  const [checks, others, embeddings] = await waitForAll([
    checkAll(context, sample, {
      claims: [
        ...(needs.answerAgainstPassages ? answerClaims : []),
        ...(needs.referenceAgainstPassages ? referenceClaims : []),
      ],
      wantsRelevance: needs.passageRelevance,
      usefulness: needs.usefulness ?? [],
      criteria: needs.criteria,
    }),
    compareAll(context, sample, {
      ofAnswer: needs.answerAgainstReference ? answerClaims : [],
      ofReference: needs.referenceAgainstAnswer ? referenceClaims : [],
    }),
    embed(context, sample, needs, answer),
  ]);
  const judge =
    (of: "answer" | "reference") =>
    ({ id, text, sentence, onTopic }: SplitClaim): JudgedClaim => ({
      of,
      text,
      sentence,
      onTopic: of === "answer" ? onTopic : null,
      passages: checks.byClaim.get(id) ?? null,
      other: others.get(id) ?? null,
    });
  return {
    answerClaims: mapClaims(answer, judge("answer")),
    referenceClaims: mapClaims(reference, judge("reference")),
    abstained: answer?.abstained ?? null,
    relevance: checks.relevance,
    usefulness: checks.usefulness,
    criteria: checks.criteria,
    referenceEntities: reference?.entities ? { ok: true, value: reference.entities } : null,
    ...embeddings,
  };
}

function splitBoth(
  context: JudgeContext,
  sample: CutSample,
  needs: Needs,
): Promise<[SplitSide | null, SplitSide | null]> {
  const { question, answer, reference } = sample;
  const wantsQuestions = needs.answerRelevancy && context.embeddingModel !== null;
  const wantsReference = needs.referenceClaims || needs.referenceEntities;
  return waitForAll([
    needs.answerClaims || needs.answerRelevancy
      ? splitSide(context, {
          of: "answer",
          question,
          text: answer,
          wantsQuestions,
          wantsEntities: false,
        })
      : Promise.resolve(null),
    wantsReference && reference
      ? splitSide(context, {
          of: "reference",
          question,
          text: reference,
          wantsQuestions: false,
          wantsEntities: needs.referenceEntities,
        })
      : Promise.resolve(null),
  ]);
}

/** Cosines for semantic similarity and, from the reverse questions of round one, for answer relevancy. */
async function embed(
  context: JudgeContext,
  sample: CutSample,
  needs: Needs,
  answer: { questions: Judged<string[]> | null } | null,
): Promise<EmbeddingResult> {
  const { embeddingModel } = context;
  const questions = answer?.questions ?? null;
  const failed = questions && !questions.ok ? questions : null;
  const pair =
    needs.similarity && sample.reference
      ? ([sample.answer.text, sample.reference.text] as const)
      : null;
  const reverseQuestions = questions?.ok ? questions.value : null;
  if (embeddingModel === null || (!pair && !reverseQuestions)) {
    return { questionSimilarities: failed, similarity: null };
  }
  const task = { question: sample.question, reverseQuestions, pair };
  const result = await compareEmbeddings(context, embeddingModel, task);
  return failed ? { ...result, questionSimilarities: failed } : result;
}

function claimsOf(side: SplitSide | null): SplitClaim[] {
  return side?.claims.ok ? side.claims.value : [];
}

function mapClaims(
  side: SplitSide | null,
  judge: (claim: SplitClaim) => JudgedClaim,
): Judged<JudgedClaim[]> | null {
  if (!side) return null;
  return side.claims.ok ? { ok: true, value: side.claims.value.map(judge) } : side.claims;
}
