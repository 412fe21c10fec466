import type { JudgeUsage } from "./judge.ts";
import { tokensToCharge } from "./usage.ts";

/** The day these prices were read from the providers' pages. */
export const PRICES_OF = "2026-11-30";

/** US dollars for a million tokens: [model, in, out]. Providers change them; a run keeps what it was told. */
const PRICES: readonly (readonly [RegExp, number, number])[] = [
  [/^@cf\/cloudflare\/clef-flash$/, 0.038, 0],
  [/^@cf\/cloudflare\/clef$/, 0.24, 0],
  [/^@cf\/cloudflare\/clef-omni$/, 0.15, 0],
  [/^jev-(1\.13\.0|latest|preview)$/, 0.042, 0],
  [/^pplx-decider/, 0.04, 0],
  [/^@cf\/zai-org\/glm-4\.7-flash$/, 0.0605, 0.4],
  [/(^|\/)gpt-6-luna$/, 0.1, 0.5],
  [/^deepseek-(flash|v4-flash)$/, 0.15, 0.6],
  [/^deepseek-v4-pro$/, 0.66, 1.98],
  [/^glm-5\.3-flash$/, 0.15, 0.5],
  [/^qwen3\.8-flash$/, 0.14, 0.49],
];

function priceOf(model: string): { in: number; out: number } | null {
  const found = PRICES.find(([name]) => name.test(model));
  return found ? { in: found[1], out: found[2] } : null;
}

/** Of what was told; null: the model has no price here, or its tokens were not told. */
export function costOf(
  model: string | null,
  { prompt_tokens, completion_tokens }: JudgeUsage,
): { usd: number; prices_of: string } | undefined {
  const price = model === null ? null : priceOf(model);
  if (!price || prompt_tokens === null || completion_tokens === null) return undefined;
  const usd = (prompt_tokens * price.in + completion_tokens * price.out) / 1e6;
  return { usd, prices_of: PRICES_OF };
}

/** The same in millionths of a dollar, from an estimate where nothing was told; 0: the model has no price here. */
export function microUsdOf(model: string | null, usage: JudgeUsage): number {
  const price = model === null ? null : priceOf(model);
  if (!price) return 0;
  const told = costOf(model, usage)?.usd;
  return Math.round(told === undefined ? tokensToCharge(usage) * price.in : told * 1e6);
}

/** A thousand samples of five passages and eight claims each, by kind of judge; null: no price is known. */
export function costOfThousand(model: string, kind: "llm" | "decision"): number | null {
  const price = priceOf(model);
  if (!price) return null;
  const tokens = TOKENS_PER_SAMPLE[kind];
  return (1000 * (tokens.in * price.in + tokens.out * price.out)) / 1e6;
}

/** As counted by the tests of what a sample costs. */
const TOKENS_PER_SAMPLE = {
  llm: { in: 3_500, out: 900 },
  decision: { in: 10_400, out: 0 },
};
