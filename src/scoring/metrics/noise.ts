import type { Outcome } from "../outcome.ts";
import { and, anyClaim, anyFlagged, type Bounds, not, share } from "./logic.ts";
import { blockedBy, type Metric, type Scene, settle } from "./settle.ts";
import type { Cell, Row, Table } from "./table.ts";

/**
 * noise_sensitivity: share of the answer's claims that are wrong (the reference does not support them) and were taken
 * from a relevant passage. Formula: mean_i [any_p (rel_p and A[i][p]) and not T[i]], rel_p: passage p alone supports
 * at least one reference claim. Range: 0..1, lower is better. Empty cases: no contexts, no reference, no answer claims
 * or no reference claims: not applicable. Source: Ragas `noise_sensitivity` (mode relevant) = RAGChecker's
 * `noise_sensitivity_in_relevant`.
 */
export const noiseSensitivity: Metric = (scene) =>
  measureNoise(scene, (row, relevant) => anyFlagged(row, relevant));

/**
 * noise_sensitivity_irrelevant: share of the answer's claims that are wrong and were taken from irrelevant passages
 * only. Formula: mean_i [any_p (not rel_p and A[i][p]) and not any_p (rel_p and A[i][p]) and not T[i]]. Range: 0..1,
 * lower is better. Empty cases: as noise_sensitivity. Source: Ragas `noise_sensitivity` (mode irrelevant) =
 * RAGChecker's `noise_sensitivity_in_irrelevant`.
 */
export const noiseSensitivityIrrelevant: Metric = (scene) =>
  measureNoise(scene, (row, relevant) =>
    and(anyFlagged(row, relevant.map(not)), not(anyFlagged(row, relevant))),
  );

function measureNoise(
  scene: Scene,
  isFollowed: (row: Row, relevant: readonly Cell[]) => Cell,
): Outcome {
  const blocked = blockedBy(scene, ["passages", "reference", "answerClaims"]);
  if (blocked) return blocked;
  const isEmpty = scene.table.passageCount === 0;
  const unsplit = isEmpty ? null : blockedBy(scene, ["referenceClaims"]);
  if (unsplit) return unsplit;
  const formula = ({ answer, reference, passageCount }: Table): Bounds => {
    const relevant = anyClaim(reference, passageCount, "byPassage");
    return share(answer.map((row) => and(isFollowed(row, relevant), not(row.byOther))));
  };
  return settle(scene, ["answerPassages", "referencePassages", "answerOther"], formula);
}
