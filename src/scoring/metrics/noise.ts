import type { Outcome } from "../outcome.ts";
import type { MetricDefinitions } from "./definition.ts";
import { and, anyClaim, anyFlagged, type Bounds, not, share } from "./logic.ts";
import { blockedBy, type Scene, settle } from "./settle.ts";
import type { Cell, Row, Table } from "./table.ts";

export const NOISE_METRICS = {
  // Empty cases: no contexts, no reference, no answer claims or no reference claims: not applicable.
  noise_sensitivity: {
    title: { en: "Noise sensitivity", zh: "噪声敏感度" },
    description: {
      en: "Share of the answer's claims that are wrong and were taken from a relevant passage. Lower is better.",
      zh: "回答中错误、且来自相关段落的论断比例。越低越好。",
    },
    formula:
      "mean over answer claims of [supported by a relevant passage and not by the reference]",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    reads: ["answerPassages", "referencePassages", "answerReference"],
    source: "Ragas noise_sensitivity (mode relevant)",
    deviation: {
      en: "Same formula; Ragas makes 3 + 2k calls for each of its two modes, here both come from the shared table.",
      zh: "公式相同；Ragas 每种模式各需 3 + 2k 次调用，这里两种都由同一张证据表得出。",
    },
    isCore: true,
    measure: (scene) => measureNoise(scene, (row, relevant) => anyFlagged(row, relevant)),
  },
  // Empty cases: as noise_sensitivity.
  noise_sensitivity_irrelevant: {
    title: { en: "Noise sensitivity, irrelevant passages", zh: "噪声敏感度（无关段落）" },
    description: {
      en: "Share of the answer's claims that are wrong and were taken from irrelevant passages only.",
      zh: "回答中错误、且只来自无关段落的论断比例。越低越好。",
    },
    formula:
      "mean over answer claims of [supported by irrelevant passages only and not by the reference]",
    direction: "lower",
    needs: ["question", "answer", "contexts", "ground_truth"],
    reads: ["answerPassages", "referencePassages", "answerReference"],
    source: "Ragas noise_sensitivity (mode irrelevant)",
    deviation: null,
    measure: (scene) =>
      measureNoise(scene, (row, relevant) =>
        and(anyFlagged(row, relevant.map(not)), not(anyFlagged(row, relevant))),
      ),
  },
} satisfies MetricDefinitions;

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
