import type { ControlCounts, JudgeUsage, ReplyTrouble } from "../../../scoring/judge.ts";
import { addUsage } from "../../../scoring/usage.ts";
import { type Said, said } from "../../../words/said.ts";
import { say } from "../../../words/say.ts";
import type { JudgementStore } from "../../cache/judgement-store.ts";
import type { Endpoint, Tokens } from "../endpoint/exchange.ts";
import { estimateTokens } from "../questions/estimate-tokens.ts";
import type { JudgePlan } from "../settings.ts";

/** What the calls of one sample share: whom they ask and how, what is remembered, and what they have used. */
export interface JudgeContext {
  readonly endpoint: Endpoint;
  readonly store: JudgementStore | null;
  /** Model and parameters, part of every key. */
  readonly origin: readonly unknown[];
  readonly plan: JudgePlan;
  /** Estimated tokens of texts in one call. */
  readonly inputTokens: number;
  readonly embeddingModel: string | null;
  /** Fresh unguessable hex digits. */
  readonly drawHex: () => string;
  usage: JudgeUsage;
  readonly notes: string[];
  readonly controls: ControlCounts;
  readonly troubles: ReplyTrouble[];
  /** Calls begun and the most there may be; counted before sending, so parallel calls cannot overshoot. */
  readonly budget: { begun: number; readonly most: number };
  readonly signal: AbortSignal | undefined;
}

/** Into the notes of the sample, and by its code among the warnings of the job. */
export function noteTrouble(
  context: Pick<JudgeContext, "notes" | "troubles">,
  code: ReplyTrouble["code"],
  message: Said,
): void {
  context.notes.push(say(message, "en"));
  context.troubles.push({ code, message });
}

/** Adds a call to what the sample has used; what the endpoint does not tell is estimated from the texts. */
export function countCall(
  context: Pick<JudgeContext, "usage" | "troubles">,
  { prompt, completion }: Tokens,
  texts: { prompt: readonly string[]; completion: string },
): void {
  const isTold = prompt !== null && completion !== null;
  const estimated =
    (prompt ?? texts.prompt.reduce((sum, text) => sum + estimateTokens(text), 0)) +
    (completion ?? estimateTokens(texts.completion));
  context.usage = addUsage(context.usage, {
    judge_calls: 1,
    cached_calls: 0,
    prompt_tokens: prompt,
    completion_tokens: completion,
    ...(isTold ? {} : { estimated_tokens: estimated }),
  });
  if (isTold || context.troubles.some(({ code }) => code === "judge_usage_unknown")) return;
  context.troubles.push({ code: "judge_usage_unknown", message: said("reply_usage_unknown") });
}

/**
 * Waits for all, then throws the first failure: calls that were already paid for are still read and remembered, so a
 * later try of the sample does not pay for them again.
 */
export async function waitForAll<T extends readonly Promise<unknown>[]>(
  promises: readonly [...T],
): Promise<{ [Index in keyof T]: Awaited<T[Index]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
