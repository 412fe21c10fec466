import type { Judged, Verdict } from "../../../scoring/judge.ts";
import type { CutText } from "../../../scoring/sample.ts";
import { askToCompare, type Comparison } from "../questions/compare-texts.ts";
import type { Claim } from "../questions/control-claims.ts";
import { cutByCost, estimateTokens } from "../questions/estimate-tokens.ts";
import { sentenceText } from "../questions/split-text.ts";
import { ask, pickItem } from "./ask.ts";
import { type JudgeContext, waitForAll } from "./judge-context.ts";
import { strongest } from "./merge-checks.ts";

export interface Direction {
  target: "REFERENCE" | "ANSWER";
  text: CutText;
  claims: readonly Claim[];
}

const CLAIMS_PER_CALL = 60;

/** Both directions between answer and reference: one call, more only if the texts are long. */
export async function compareAll(
  context: JudgeContext,
  question: string,
  directions: readonly Direction[],
): Promise<ReadonlyMap<string, Judged<Verdict>>> {
  const calls = planCalls(
    directions.filter(({ claims }) => claims.length > 0),
    context.inputTokens,
  );
  const replies = await waitForAll(
    calls.map((comparisons) => ask(context, askToCompare(question, comparisons, context.drawHex))),
  );
  const found = new Map<string, { verdicts: Verdict[]; failed: Judged<Verdict> | null }>();
  for (const [index, comparisons] of calls.entries()) {
    for (const { id } of comparisons.flatMap(({ claims }) => claims)) {
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

function planCalls(directions: readonly Direction[], inputTokens: number): Comparison[][] {
  const whole = directions.map(({ target, text, claims }) => ({
    target,
    sentences: text.sentences.map((_, index) => sentenceText(text, index)),
    claims,
  }));
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
