import type { SecondAnswers, SecondAsk } from "../../../scoring/judge.ts";
import type { CutSample } from "../../../scoring/sample.ts";
import { checkAll } from "./check-all.ts";
import { compareAll } from "./compare-all.ts";
import { type JudgeContext, waitForAll } from "./judge-context.ts";

/**
 * The same questions about some claims alone, in calls of their own: other neighbours, another fence, other control
 * claims, and no look at the first verdicts. At most one call for the passages and one for the comparison where the
 * texts fit.
 */
export async function askAgain(
  context: JudgeContext,
  sample: CutSample,
  asks: readonly SecondAsk[],
): Promise<Pick<SecondAnswers, "answers">> {
  const claims = asks.map(({ claim: { of, text }, passages, other }, at) => ({
    of,
    passages,
    other,
    claim: { id: `${of === "answer" ? "a" : "r"}${at + 1}`, text },
  }));
  const compared = (side: "answer" | "reference") =>
    claims.filter(({ of, other }) => other && of === side).map(({ claim }) => claim);
  const [checks, others] = await waitForAll([
    checkAll(context, sample, {
      claims: claims.filter(({ passages }) => passages).map(({ claim }) => claim),
      wantsRelevance: false,
      usefulness: [],
      criteria: [],
    }),
    compareAll(context, sample, {
      ofAnswer: compared("answer"),
      ofReference: compared("reference"),
    }),
  ]);
  return {
    answers: claims.map(({ claim: { id }, passages, other }) => ({
      passages: passages ? (checks.byClaim.get(id) ?? null) : null,
      other: other ? (others.get(id) ?? null) : null,
    })),
  };
}
