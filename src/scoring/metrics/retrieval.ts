import type { UsefulFor } from "../judge.ts";
import type { Outcome } from "../outcome.ts";
import { failed, notApplicable, scored } from "../outcomes.ts";
import { averagePrecision, averagePrecisionBounds } from "./average-precision.ts";
import { and, anyClaim, mean, not, share } from "./logic.ts";
import { blockedBy, isRetrievalEmpty, type Metric, type Scene, settle } from "./settle.ts";

/**
 * Average precision over the judge's word that a passage was useful, as Ragas asks; null when that was not asked of
 * this judge, so that the claims decide. A failed cell stays failed: another question has another answer.
 */
function byUsefulness({ evidence, compat }: Scene, text: UsefulFor): Outcome | null {
  const { usefulness, failures, method, confidence } = evidence;
  if (failures.usefulness) return failed(failures.usefulness, method);
  const flags = usefulness?.[text];
  return flags ? scored(averagePrecision(flags, compat), method, { confidence }) : null;
}

/**
 * context_precision: do the passages that hold the reference answer stand at the top? Formula: average precision over
 * rel_p, where passage p is relevant when it holds evidence of at least one supported reference claim, alone or
 * together with other passages. Rank-aware. Range: 0..1, higher is better. Empty cases: no contexts, no ground truth
 * or no reference claims: not applicable; empty retrieval: 0. Source: Ragas `context_precision`, whose judge is asked
 * for usefulness instead: `context_precision_mode: usefulness` asks that too and needs no claims; `compat: ragas` adds
 * its epsilon.
 */
export const contextPrecision: Metric = (scene) => {
  const { evidence, compat } = scene;
  const blocked = blockedBy(scene, ["passages", "reference"]);
  if (blocked) return blocked;
  if (isRetrievalEmpty(evidence)) return scored(0, evidence.method);
  return (
    byUsefulness(scene, "reference") ??
    blockedBy(scene, ["referenceClaims"]) ??
    settle(scene, ["referencePassages"], ({ reference, passageCount }) =>
      averagePrecisionBounds(anyClaim(reference, passageCount, "helpedBy"), compat),
    )
  );
};

/**
 * context_utilization: do the passages the answer rests on stand at the top? Formula: average precision over use_p,
 * where passage p is used when it holds evidence of at least one supported answer claim. Needs no ground truth. Range:
 * 0..1, higher is better. Empty cases: no contexts or no answer claims: not applicable; empty retrieval: 0. Source:
 * Ragas `context_utilization` (context precision without reference), whose question `context_precision_mode:
 * usefulness` asks; RAGChecker's metric of the same name is `rc_context_utilization`.
 */
export const contextUtilization: Metric = (scene) => {
  const { usefulness, failures } = scene.evidence;
  const isUsefulnessAsked = usefulness?.answer !== undefined || failures.usefulness !== undefined;
  const blocked = blockedBy(scene, isUsefulnessAsked ? ["passages"] : ["passages", "answerClaims"]);
  if (blocked) return blocked;
  if (isRetrievalEmpty(scene.evidence)) return scored(0, scene.evidence.method);
  return (
    byUsefulness(scene, "answer") ??
    settle(scene, ["answerPassages"], ({ answer, passageCount }) =>
      averagePrecisionBounds(anyClaim(answer, passageCount, "helpedBy"), scene.compat),
    )
  );
};

/**
 * context_recall: share of the reference's claims that the passages, read together, support. Formula: mean_j Rall[j];
 * with the offline judge a close call counts in part (see `readTable`). Range: 0..1, higher is better. Empty cases: no
 * contexts, no ground truth or no reference claims: not applicable; empty retrieval: 0 without asking. Source: Ragas
 * `context_recall`, which lets the judge split by sentence in the same call.
 */
export const contextRecall: Metric = (scene) => {
  const { evidence } = scene;
  const blocked = blockedBy(scene, ["passages", "reference"]);
  if (blocked) return blocked;
  if (isRetrievalEmpty(evidence)) return scored(0, evidence.method);
  return (
    blockedBy(scene, ["referenceClaims"]) ??
    settle(scene, ["referencePassages"], ({ reference }) =>
      mean(reference.map((row) => row.support)),
    )
  );
};

const LEVELS = { full: 1, partial: 0.5, none: 0 };

/**
 * context_relevance: could the question be answered from the passages? Formula: 1 in full, 0.5 in part, 0 not. Range:
 * {0, 0.5, 1}, higher is better. Empty cases: no contexts: not applicable; empty retrieval: 0. Source: the scale of
 * Ragas' dual judge (`nv_context_relevance`), judged once.
 */
export const contextRelevance: Metric = (scene) => {
  const { evidence } = scene;
  const { method, answerable, failures, confidence } = evidence;
  const blocked = blockedBy(scene, ["passages"]);
  if (blocked) return blocked;
  if (isRetrievalEmpty(evidence)) return scored(0, method);
  if (answerable === null) return failed(failures.relevance ?? "judge_error", method);
  return scored(LEVELS[answerable], method, { confidence });
};

/**
 * unused_relevant_passages: passages that hold what the reference says, but nothing the answer took from. Formula:
 * mean_p (rel_p and not use_p). Range: 0..1, lower is better. Empty cases: no contexts, empty retrieval
 * (`missing_contexts`), no reference or no reference claims: not applicable; an answer without claims used nothing.
 * Source: ours, a reading of the table.
 */
export const unusedRelevantPassages: Metric = (scene) => {
  const { evidence } = scene;
  const blocked = blockedBy(scene, ["passages", "reference"]);
  if (blocked) return blocked;
  if (isRetrievalEmpty(evidence)) return notApplicable("missing_contexts", evidence.method);
  const unread = blockedBy(scene, ["answerClaims"]);
  if (unread?.status === "failed") return unread;
  return (
    blockedBy(scene, ["referenceClaims"]) ??
    settle(
      scene,
      ["referencePassages", "answerPassages"],
      ({ answer, reference, passageCount }) => {
        const used = anyClaim(answer, passageCount, "helpedBy");
        const relevant = anyClaim(reference, passageCount, "helpedBy");
        return share(relevant.map((cell, passage) => and(cell, not(used[passage] ?? null))));
      },
    )
  );
};
