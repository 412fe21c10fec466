import { scored } from "../outcomes.ts";
import { harmonicMean } from "./f-score.ts";
import { and, any, anyClaim, type Bounds, count, not, share } from "./logic.ts";
import { noiseSensitivity, noiseSensitivityIrrelevant } from "./noise.ts";
import { blockedBy, isRetrievalEmpty, type Metric, type Scene, settle } from "./settle.ts";
import type { Cell, Row, Table } from "./table.ts";

/*
 * RAGChecker's eleven (amazon-science/RAGChecker), from per-passage support: a claim that needs two passages together
 * counts as supported by none, as there. All 0..1. Where RAGChecker gives 0 for want of claims, these are not
 * applicable; a reference with claims makes recall-type metrics 0. On one table rc_faithfulness + rc_hallucination +
 * rc_self_knowledge = 1, and both noise metrics + rc_hallucination = 1 − rc_precision.
 */

const isFrom = (row: Row): Cell => any(row.byPassage);

/**
 * rc_precision: share of the answer's claims that the reference supports. Formula: mean_i T[i]. Range: 0..1, higher is
 * better. Empty cases: no reference or no answer claims: not applicable (RAGChecker: 0). Source: RAGChecker
 * `precision`.
 */
export const rcPrecision: Metric = (scene) =>
  blockedBy(scene, ["reference", "answerClaims"]) ??
  settle(scene, ["answerOther"], ({ answer }) => share(answer.map((row) => row.byOther)));

/**
 * rc_recall: share of the reference's claims that the answer covers. Formula: mean_j H[j]. Range: 0..1, higher is
 * better. Empty cases: no reference or no reference claims: not applicable; an answer without claims: 0. Source:
 * RAGChecker `recall`.
 */
export const rcRecall: Metric = (scene) => recall(scene);

/**
 * rc_f1: both directions in one number. Formula: 2·P·R ÷ (P + R) of rc_precision and rc_recall; 0 if both are 0.
 * Range: 0..1, higher is better. Empty cases: no reference, no reference claims or no answer claims: not applicable.
 * Source: RAGChecker `f1`.
 */
export const rcF1: Metric = (scene) =>
  blockedBy(scene, ["reference", "answerClaims", "referenceClaims"]) ??
  settle(scene, ["answerOther", "referenceOther"], ({ answer, reference }) => {
    const precision = share(answer.map((row) => row.byOther));
    const covered = share(reference.map((row) => row.byOther));
    return {
      low: harmonicMean(precision.low, covered.low),
      high: harmonicMean(precision.high, covered.high),
    };
  });

/**
 * rc_claim_recall: share of the reference's claims that some passage alone supports. Formula: mean_j any_p R[j][p].
 * Range: 0..1, higher is better. Empty cases: no contexts, no reference or no reference claims: not applicable; empty
 * retrieval: 0. Source: RAGChecker `claim_recall`.
 */
export const rcClaimRecall: Metric = (scene) =>
  ofReference(scene, ({ reference }) => share(reference.map(isFrom)));

/**
 * rc_context_precision: share of the passages that support a reference claim; ranks do not matter. Formula: mean_p
 * any_j R[j][p]. Range: 0..1, higher is better. Empty cases: no contexts, no reference or no reference claims: not
 * applicable; empty retrieval: 0. Source: RAGChecker `context_precision`.
 */
export const rcContextPrecision: Metric = (scene) =>
  ofReference(scene, ({ reference, passageCount }) =>
    share(anyClaim(reference, passageCount, "byPassage")),
  );

/**
 * rc_context_utilization: of what was retrieved of the reference, the share the answer says. Formula: Σ_j (any_p
 * R[j][p] and H[j]) ÷ Σ_j any_p R[j][p]. Range: 0..1, higher is better. Empty cases: no contexts, no reference or no
 * reference claims: not applicable; empty retrieval: 0; nothing recalled: 0. Source: RAGChecker `context_utilization`.
 */
export const rcContextUtilization: Metric = (scene) => {
  const blocked = blockedBy(scene, ["passages", "reference"]);
  if (blocked) return blocked;
  if (isRetrievalEmpty(scene.evidence)) return scored(0, scene.evidence.method);
  return (
    blockedBy(scene, ["referenceClaims"]) ??
    settle(scene, ["referencePassages", "referenceOther"], utilization)
  );
};

/**
 * rc_noise_sensitivity_in_relevant: wrong claims taken from relevant passages. Formula: that of noise_sensitivity.
 * Range: 0..1, lower is better. Empty cases: as there. Source: RAGChecker `noise_sensitivity_in_relevant`.
 */
export const rcNoiseInRelevant: Metric = noiseSensitivity;

/**
 * rc_noise_sensitivity_in_irrelevant: wrong claims taken from irrelevant passages only. Formula: that of
 * noise_sensitivity_irrelevant. Range: 0..1, lower is better. Empty cases: as there. Source: RAGChecker
 * `noise_sensitivity_in_irrelevant`.
 */
export const rcNoiseInIrrelevant: Metric = noiseSensitivityIrrelevant;

/**
 * rc_hallucination: claims that neither a passage alone nor the reference supports. Formula: mean_i (not any_p A[i][p]
 * and not T[i]). Range: 0..1, lower is better. Empty cases: no contexts, no reference or no answer claims: not
 * applicable. Source: RAGChecker `hallucination`.
 */
export const rcHallucination: Metric = (scene) =>
  besidePassages(scene, (row) => and(not(isFrom(row)), not(row.byOther)));

/**
 * rc_self_knowledge: claims that are true but from no passage. Formula: mean_i (not any_p A[i][p] and T[i]). Range:
 * 0..1, lower is better. Empty cases: no contexts, no reference or no answer claims: not applicable. Source:
 * RAGChecker `self_knowledge`.
 */
export const rcSelfKnowledge: Metric = (scene) =>
  besidePassages(scene, (row) => and(not(isFrom(row)), row.byOther));

/**
 * rc_faithfulness: share of the answer's claims that some passage alone supports; at most `faithfulness`. Formula:
 * mean_i any_p A[i][p]. Range: 0..1, higher is better. Empty cases: no contexts, or an answer without claims: not
 * applicable (`abstained` or `no_claims`); empty retrieval: 0. Source: RAGChecker `faithfulness`.
 */
export const rcFaithfulness: Metric = (scene) =>
  blockedBy(scene, ["passages", "answerClaims"]) ??
  settle(scene, ["answerPassages"], ({ answer }) => share(answer.map(isFrom)));

function besidePassages(scene: Scene, test: (row: Row) => Cell) {
  return (
    blockedBy(scene, ["passages", "reference", "answerClaims"]) ??
    settle(scene, ["answerPassages", "answerOther"], ({ answer }) => share(answer.map(test)))
  );
}

function ofReference(scene: Scene, formula: (table: Table) => Bounds) {
  const blocked = blockedBy(scene, ["passages", "reference"]);
  if (blocked) return blocked;
  if (isRetrievalEmpty(scene.evidence)) return scored(0, scene.evidence.method);
  return blockedBy(scene, ["referenceClaims"]) ?? settle(scene, ["referencePassages"], formula);
}

function utilization({ reference }: Table): Bounds {
  const recalled = reference.map(isFrom);
  const used = reference.map((row, index) => and(recalled[index] ?? null, row.byOther));
  const recalledUnused = reference.map((row, index) =>
    and(recalled[index] ?? null, not(row.byOther)),
  );
  const yes = count(used);
  const no = count(recalledUnused);
  return { low: ratio(yes.yes, no.possible), high: ratio(yes.possible, no.yes) };
}

function ratio(part: number, rest: number): number {
  return part === 0 ? 0 : part / (part + rest);
}

/** mean_j H[j], and 0 when the answer makes no claim that could cover anything. */
export function recall(scene: Scene) {
  const blocked = blockedBy(scene, ["reference", "referenceClaims"]);
  if (blocked) return blocked;
  const unsaid = blockedBy(scene, ["answerClaims"]);
  if (unsaid?.status === "failed") return unsaid;
  if (unsaid) return scored(0, scene.evidence.method);
  return settle(scene, ["referenceOther"], ({ reference }) =>
    share(reference.map((row) => row.byOther)),
  );
}
