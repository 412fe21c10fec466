import type { SecondAnswers, SecondAsk } from "../../../scoring/judge.ts";
import type { CutSample } from "../../../scoring/sample.ts";
import { checkAll } from "./check-all.ts";
import { compareAll, type Direction } from "./compare-all.ts";
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
  const claims = asks.map(({ claim, passages, other }, at) => ({
    id: `${claim.of === "answer" ? "a" : "r"}${at + 1}`,
    of: claim.of,
    text: claim.text,
    passages,
    other,
  }));
  const [checks, others] = await waitForAll([
    checkAll(context, {
      question: sample.question,
      answer: sample.answer.text,
      reference: sample.reference?.text ?? null,
      passages: sample.passages ?? [],
      claims: claims.filter(({ passages }) => passages).map(named),
      wantsRelevance: false,
      usefulness: [],
      criteria: [],
    }),
    compareAll(
      context,
      sample.question,
      directionsOf(
        sample,
        claims.filter(({ other }) => other),
      ),
    ),
  ]);
  return {
    answers: claims.map(({ id, passages, other }) => ({
      passages: passages ? (checks.byClaim.get(id) ?? null) : null,
      other: other ? (others.get(id) ?? null) : null,
    })),
  };
}

function named({ id, text }: { id: string; text: string }) {
  return { id, text };
}

function directionsOf(
  { answer, reference }: CutSample,
  claims: readonly { id: string; of: "answer" | "reference"; text: string }[],
): Direction[] {
  if (!reference) return [];
  const of = (side: "answer" | "reference") => claims.filter((claim) => claim.of === side);
  return [
    { target: "REFERENCE", text: reference, claims: of("answer").map(named) },
    { target: "ANSWER", text: answer, claims: of("reference").map(named) },
  ];
}
