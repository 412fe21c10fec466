import type { Outcome } from "../outcome.ts";
import { clampToShare, failed, notApplicable, scored } from "../outcomes.ts";
import { fBeta, harmonicMean, roundHalfEven } from "./f-score.ts";
import { level } from "./faithfulness.ts";
import { add, type Bounds, mean } from "./logic.ts";
import { blockedBy, hasReference, type Metric, type Scene, settle } from "./settle.ts";
import type { Table } from "./table.ts";

const RAGAS_EPSILON = 1e-8;
/** Ragas' default weights of answer_correctness. */
const FACTUAL_WEIGHT = 0.75;

/** How many answer claims the reference supports (true of all) and how many reference claims the answer covers. */
export interface ClaimCounts {
  answerTrue: number;
  answerAll: number;
  referenceCovered: number;
  referenceAll: number;
}

type Mode = "precision" | "recall" | "f1";

/**
 * factual_correctness: how far answer and reference say the same. Formula: F1 = 2·P·R ÷ (P + R) of
 * factual_correctness_precision and _recall. With the offline judge close calls count in part. Range: 0..1, higher is
 * better. Empty cases: no reference, no reference claims or no answer claims: not applicable. Source: Ragas
 * `factual_correctness`, which adds 1e-8, rounds to two decimals and gives 0 without claims; `compat: ragas` does so
 * too.
 */
export const factualCorrectness: Metric = (scene) => measureFacts(scene, "f1");

/**
 * factual_correctness_precision: share of the answer's claims that the reference supports. Formula: ΣT ÷ m. With the
 * offline judge close calls count in part. Range: 0..1, higher is better. Empty cases: no reference or no answer
 * claims: not applicable. Source: Ragas `factual_correctness`, mode precision; `compat: ragas` as there.
 */
export const factualCorrectnessPrecision: Metric = (scene) => measureFacts(scene, "precision");

/**
 * factual_correctness_recall: share of the reference's claims that the answer covers. Formula: ΣH ÷ n. With the
 * offline judge close calls count in part. Range: 0..1, higher is better. Empty cases: no reference or no reference
 * claims: not applicable; an answer without claims: 0. Source: Ragas `factual_correctness`, mode recall, which divides
 * by the answer's true claims plus the reference's missing ones and so mixes two directions; `compat: ragas` does so
 * too.
 */
export const factualCorrectnessRecall: Metric = (scene) => measureFacts(scene, "recall");

/** The corrected value; null when there is nothing to divide by. */
export function factualScore(counts: ClaimCounts, mode: Mode): number | null {
  const { answerTrue, answerAll, referenceCovered, referenceAll } = counts;
  const precision = answerAll === 0 ? null : answerTrue / answerAll;
  const covered = referenceAll === 0 ? null : referenceCovered / referenceAll;
  if (mode === "precision") return precision;
  if (mode === "recall") return covered;
  return precision === null || covered === null ? null : harmonicMean(precision, covered);
}

/** Ragas' value of the same counts. */
export function factualScoreOfRagas(counts: ClaimCounts, mode: Mode): number {
  const tp = counts.answerTrue;
  const fp = counts.answerAll - tp;
  const fn = counts.referenceAll - counts.referenceCovered;
  if (mode === "precision") return roundHalfEven(tp / (tp + fp + RAGAS_EPSILON));
  if (mode === "recall") return roundHalfEven(tp / (tp + fn + RAGAS_EPSILON));
  return roundHalfEven(fBeta(tp, fp, fn));
}

function measureFacts(scene: Scene, mode: Mode): Outcome {
  const { evidence, compat } = scene;
  const unsplit = blockedBy(
    scene,
    mode === "precision" ? ["reference"] : ["reference", "referenceClaims"],
  );
  if (unsplit) return unsplit;
  const unsaid = blockedBy(scene, ["answerClaims"]);
  if (unsaid?.status === "failed") return unsaid;
  if (unsaid && compat === "ragas") return scored(0, evidence.method);
  if (mode === "recall" && compat === null) {
    if (unsaid) return scored(0, evidence.method);
    return settle(scene, ["referenceOther"], ({ reference }) =>
      mean(reference.map((row) => row.supportByOther)),
    );
  }
  if (unsaid) return unsaid;
  const parts =
    mode === "precision"
      ? (["answerOther"] as const)
      : (["answerOther", "referenceOther"] as const);
  return settle(scene, parts, (table) => {
    const { low, high } = countClaims(table);
    return { low: value(low), high: value(high) };
  });

  function value(counts: ClaimCounts): number {
    if (compat === "ragas") return factualScoreOfRagas(counts, mode);
    return factualScore(counts, mode) ?? Number.NaN;
  }
}

/** All three modes grow with every claim supported, so the worst case has all unknown cells false. */
function countClaims({ answer, reference }: Table): { low: ClaimCounts; high: ClaimCounts } {
  const facts = add(answer.map((row) => row.supportByOther));
  const covered = add(reference.map((row) => row.supportByOther));
  const sizes = { answerAll: answer.length, referenceAll: reference.length };
  return {
    low: { ...sizes, answerTrue: facts.yes, referenceCovered: covered.yes },
    high: { ...sizes, answerTrue: facts.possible, referenceCovered: covered.possible },
  };
}

/**
 * answer_correctness: facts and likeness in one number. Formula: 0.75 · F1(tp = ΣT, fp = m − ΣT, fn = n − ΣH) + 0.25 ·
 * semantic_similarity. Range: 0..1, higher is better. Empty cases: no reference, no reference claims or no answer
 * claims: not applicable; no similarity: failed. Source: Ragas `answer_correctness`, default weights; Ragas sorts two
 * statement lists in one call instead of checking every claim.
 */
export const answerCorrectness: Metric = (scene) => {
  const blocked = blockedBy(scene, ["reference", "answerClaims", "referenceClaims"]);
  if (blocked) return blocked;
  const similarity = semanticSimilarity(scene);
  if (similarity.value === null) return { ...similarity, method: scene.evidence.method };
  const similar = similarity.value * (1 - FACTUAL_WEIGHT);
  return settle(scene, ["answerOther", "referenceOther"], (table): Bounds => {
    const { low, high } = countClaims(table);
    return {
      low: FACTUAL_WEIGHT * factualF1(low) + similar,
      high: FACTUAL_WEIGHT * factualF1(high) + similar,
    };
  });
};

/** The factual part of answer_correctness: fp and fn are counted each on its own side. */
export function factualF1(counts: ClaimCounts): number {
  const { answerTrue, answerAll, referenceCovered, referenceAll } = counts;
  return fBeta(answerTrue, answerAll - answerTrue, referenceAll - referenceCovered);
}

/**
 * semantic_similarity: do answer and reference mean the same? Formula: cosine of their embeddings; without an
 * embedding model the lexical likeness of the offline judge, and `method` says which. Range: 0..1 (negative cosines
 * count as 0; Ragas lets them pass), higher is better. Empty cases: no reference: not applicable. Source: Ragas
 * `semantic_similarity`.
 */
export const semanticSimilarity: Metric = ({ evidence }) => {
  const method = evidence.similarity_method ?? evidence.method;
  if (!hasReference(evidence)) return notApplicable("missing_ground_truth", method);
  if (evidence.similarity === null) {
    return failed(evidence.failures.similarity ?? "judge_error", method);
  }
  const value = clampToShare(evidence.similarity);
  return scored(value, method, { confidence: method === "embedding" ? null : evidence.confidence });
};

/**
 * answer_accuracy: agreement of answer and reference in three levels. Formula: 1 when the reference supports every
 * claim of the answer and the answer covers every claim of the reference, 0 when neither holds for any, else 0.5.
 * Range: {0, 0.5, 1}, higher is better. Empty cases: no reference or no reference claims: not applicable; an answer
 * without claims: 0. Source: the scale of Ragas' dual judge (`nv_accuracy`), read from the table.
 */
export const answerAccuracy: Metric = (scene) => {
  const blocked = blockedBy(scene, ["reference", "referenceClaims"]);
  if (blocked) return blocked;
  const unsaid = blockedBy(scene, ["answerClaims"]);
  if (unsaid?.status === "failed") return unsaid;
  if (unsaid) return scored(0, scene.evidence.method);
  return settle(scene, ["answerOther", "referenceOther"], ({ answer, reference }) =>
    level([...answer, ...reference].map((row) => row.byOther)),
  );
};
