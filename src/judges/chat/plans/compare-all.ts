import type { Judged, Verdict } from "../../../scoring/judge.ts";
import type { CutText } from "../../../scoring/sample.ts";
import { type Comparison, crossEnquiry } from "../questions/compare-texts.ts";
import { cutByCost, estimateTokens } from "../questions/estimate-tokens.ts";
import type { Claim } from "../questions/label-claims.ts";
import { sentenceText } from "../questions/split-text.ts";
import { ask, type Desk } from "./ask.ts";
import { strongest } from "./merge-checks.ts";
import { settle } from "./settle.ts";

export interface Direction {
  target: "REFERENCE" | "ANSWER";
  text: CutText;
  claims: readonly Claim[];
}

const CLAIMS_PER_CALL = 60;

/** Both directions between answer and reference: one call, more only if the texts are long. */
export async function compareAll(
  desk: Desk,
  question: string,
  directions: readonly Direction[],
  inputTokens: number,
  drawHex: () => string,
): Promise<ReadonlyMap<string, Judged<Verdict>>> {
  const calls = planCalls(
    directions.filter(({ claims }) => claims.length > 0),
    inputTokens,
  );
  const answers = await settle(
    calls.map((comparisons) => ask(desk, crossEnquiry({ question, comparisons }, drawHex))),
  );
  const found = new Map<string, { verdicts: Verdict[]; failed: Judged<Verdict> | null }>();
  for (const [index, comparisons] of calls.entries()) {
    const answer = answers[index];
    for (const { id } of comparisons.flatMap(({ claims }) => claims)) {
      const cell = found.get(id) ?? { verdicts: [], failed: null };
      const item = answer?.items.get(id);
      if (item) cell.verdicts.push(item.verdict);
      else cell.failed = { ok: false, reason: answer?.failure ?? "judge_error" };
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
