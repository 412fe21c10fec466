import type { DoubtfulItem, TestItem } from "../../contract/test-set.ts";
import { scoreSample } from "../../scoring/score-sample.ts";
import type { JobContext } from "../context.ts";
import { letOthersIn } from "../let-others-in.ts";

/** Looked at in one request: each costs a moment of its time. */
const MOST_LOOKED_AT = 300;

/** Items whose own reference their own documents contradict or do not hold, so that no app is blamed for it. */
export async function findDoubtful(
  context: JobContext,
  project: string,
  items: readonly (TestItem & { id: string })[],
): Promise<DoubtfulItem[]> {
  const wish = { project, judge: "offline", judgeModel: null, embeddingModel: null } as const;
  const { judge } = await context.chooseJudge(wish);
  const doubtful: DoubtfulItem[] = [];
  for (const { id, question, ground_truth: reference, reference_contexts: passages } of items.slice(
    0,
    MOST_LOOKED_AT,
  )) {
    if (reference === undefined || passages === undefined || passages.length === 0) continue;
    const sample = {
      ...{ question, answer: reference, passages, reference: null },
      ...{ referencePassages: null, retrievedIds: null, referenceIds: null },
    };
    const { evidence } = await scoreSample(sample, { id, metrics: ["faithfulness"], judge });
    const [worst] = evidence.claims
      .filter(
        ({ of, verdict }) =>
          of === "answer" && (verdict === "contradicted" || verdict === "unsupported"),
      )
      .sort((a, b) => Number(b.verdict === "contradicted") - Number(a.verdict === "contradicted"));
    if (worst !== undefined) {
      const [place] = worst.evidence;
      const against =
        place && evidence.passages?.[place.passage]?.text.slice(place.start, place.end);
      const doubt = worst.verdict === "contradicted" ? "contradicted" : "not_held";
      doubtful.push({ item_id: id, doubt, claim: worst.text, evidence: against ?? null });
    }
    await letOthersIn();
  }
  return doubtful;
}
