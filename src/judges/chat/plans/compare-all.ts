import type { Judged, Verdict } from "../../../scoring/judge.ts";
import type { CutSample, CutText } from "../../../scoring/sample.ts";
import { askToCompare, type Comparison } from "../questions/compare-texts.ts";
import type { Claim } from "../questions/control-claims.ts";
import { cutByCost, estimateTokens } from "../questions/estimate-tokens.ts";
import { sentenceText } from "../questions/split-text.ts";
import { ask, pickItem } from "./ask.ts";
import { type JudgeContext, waitForAll } from "./judge-context.ts";
import { strongest } from "./merge-checks.ts";

const CLAIMS_PER_CALL = 60;

/**
 * Claims of the answer against the reference and the other way round: one call, more only if the texts are long. None
 * without a reference.
 */
export async function compareAll(
  context: JudgeContext,
  { question, answer, reference }: CutSample,
  claims: { ofAnswer: readonly Claim[]; ofReference: readonly Claim[] },
): Promise<ReadonlyMap<string, Judged<Verdict>>> {
  const comparisons: Comparison[] = reference
    ? [
        { target: "REFERENCE", sentences: sentencesOf(reference), claims: claims.ofAnswer },
        { target: "ANSWER", sentences: sentencesOf(answer), claims: claims.ofReference },
      ]
    : [];
  const calls = planCalls(
    comparisons.filter((comparison) => comparison.claims.length > 0),
    context.inputTokens,
  );
  const replies = await waitForAll(
    calls.map((call) => ask(context, askToCompare(question, call, context.drawHex))),
  );
  const found = new Map<string, { verdicts: Verdict[]; failed: Judged<Verdict> | null }>();
  for (const [index, call] of calls.entries()) {
    for (const { id } of call.flatMap((comparison) => comparison.claims)) {
      const cell = found.get(id) ?? { verdicts: [], failed: null };
      const compared = pickItem(replies[index], id, "claim");
      if (compared.ok) cell.verdicts.push(compared.value.verdict);
      else cell.failed = compared;
      found.set(id, cell);
    }
  }
  return new Map(
    [...found].map(([id, { verdicts, failed }]): [string, Judged<Verdict>] => {
      const verdict = strongest(verdicts);
      // Support in one portion stands, whatever the portion without an answer would have said.
      return [id, failed && verdict !== "supported" ? failed : { ok: true, value: verdict }];
    }),
  );
}

function sentencesOf(text: CutText): string[] {
  return text.sentences.map((_, index) => sentenceText(text, index));
}

function planCalls(whole: readonly Comparison[], inputTokens: number): (readonly Comparison[])[] {
  if (whole.length === 0) return [];
  const tokens = whole.reduce((sum, comparison) => sum + costOf(comparison), 0);
  const claims = whole.reduce((sum, comparison) => sum + comparison.claims.length, 0);
  if (tokens <= inputTokens && claims <= CLAIMS_PER_CALL) return [whole];
  const limit = inputTokens / 2;
  return whole.flatMap((comparison) =>
    cutByCost(comparison.sentences, limit, estimateTokens).flatMap((sentences) =>
      cutByCost(comparison.claims, limit, ({ text }) =>
        Math.max(limit / CLAIMS_PER_CALL, estimateTokens(text)),
      ).map((part) => [{ ...comparison, sentences, claims: part }]),
    ),
  );
}

function costOf({ sentences, claims }: Comparison): number {
  const texts = [...sentences, ...claims.map(({ text }) => text)];
  return texts.reduce((sum, text) => sum + estimateTokens(text) + 4, 0);
}
