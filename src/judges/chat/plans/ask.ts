import type { JudgeFailure, JudgeUsage, ReplyTrouble } from "../../../scoring/judge.ts";
import { addUsage, ONE_REMEMBERED } from "../../../scoring/usage.ts";
import { judgementKey } from "../../cache/judgement-key.ts";
import type { JudgementStore } from "../../cache/judgement-store.ts";
import type { Endpoint } from "../endpoint/endpoint.ts";
import type { Tokens } from "../endpoint/exchange.ts";
import { estimateTokens } from "../questions/estimate-tokens.ts";
import { PROMPT_VERSION } from "../questions/prompts.ts";
import type { Enquiry } from "../questions/question.ts";
import { pickReading } from "./pick-reading.ts";

export interface Answer<Item> {
  items: ReadonlyMap<string, Item>;
  /** Why the ids that are not in `items` are missing. */
  failure: JudgeFailure;
  /** The model cannot take this much text; asking in smaller parts may help. */
  isTooLong: boolean;
}

/** Where one sample's questions are asked: remembers, counts, asks again, and never guesses. */
export interface Desk {
  readonly endpoint: Endpoint;
  readonly store: JudgementStore | null;
  /** Model and parameters, part of every key. */
  readonly origin: readonly unknown[];
  usage: JudgeUsage;
  readonly notes: string[];
  readonly troubles: ReplyTrouble[];
  /** Calls begun and the most there may be; counted before sending, so parallel calls cannot overshoot. */
  readonly budget: { begun: number; readonly most: number };
  readonly signal: AbortSignal | undefined;
}

/** Continuations of a reply that was cut off, each of which must bring something new. */
const MOST_CONTINUATIONS = 12;
const LONGEST_REPLY_TOKENS = 32_000;

/**
 * Asks until every id is answered, or says why not: a reply that fails its control claims is thrown away and repeated
 * once; ids that are missing, doubled or invalid are asked once more, alone; a reply that was cut off is continued.
 * Only a complete answer is remembered.
 */
export async function ask<Item>(desk: Desk, enquiry: Enquiry<Item>): Promise<Answer<Item>> {
  const { store } = desk;
  // Hashing is off the critical path where nothing is remembered.
  const key = store && (await judgementKey([PROMPT_VERSION, ...desk.origin, ...enquiry.input]));
  const remembered = key && (await recall(store, key, enquiry));
  if (remembered) {
    desk.usage = addUsage(desk.usage, ONE_REMEMBERED);
    return { items: remembered, failure: "judge_error", isTooLong: false };
  }
  const items = new Map<string, Item>();
  const ending = await converse(desk, enquiry, items);
  if (ending === null && key) {
    await store.put([{ key, body: JSON.stringify([...items]) }]).catch(() => undefined);
  }
  return {
    items,
    failure: ending === null || ending === "too_long" ? "judge_error" : ending,
    isTooLong: ending === "too_long",
  };
}

/** Fills `items`; null when every id is answered. */
async function converse<Item>(
  desk: Desk,
  enquiry: Enquiry<Item>,
  items: Map<string, Item>,
): Promise<JudgeFailure | "too_long" | null> {
  let pending = enquiry.ids;
  let incomplete = 0;
  let tripped = 0;
  let continuations = 0;
  let patience = 1;
  let withShape = false;
  while (pending.length > 0) {
    if (desk.signal?.aborted) return "cancelled";
    if (desk.budget.begun >= desk.budget.most) {
      const limit = `${enquiry.title}: the limit of ${desk.budget.most} calls is reached.`;
      noteTrouble(desk, "judge_call_limit", limit);
      return "budget";
    }
    desk.budget.begun += 1;
    const attempt = enquiry.attempt(pending, incomplete > 0);
    const { task, schema, replyTokens, ...words } = attempt.prompt;
    const request = {
      ...words,
      schema: { name: task, schema },
      withShape,
      replyTokens: Math.min(replyTokens * patience, LONGEST_REPLY_TOKENS),
    };
    const reply = await desk.endpoint.chat(request, desk.signal);
    if (reply.kind === "cancelled") return "cancelled";
    if (reply.kind === "too_long") return "too_long";
    countCall(desk, reply.tokens, {
      prompt: [words.system, words.user, words.shape],
      completion: reply.kind === "text" ? reply.text : "",
    });
    if (reply.kind === "refused") {
      const refusal = `${enquiry.title}: the judge refused (content filter).${reply.words ?? ""}`;
      noteTrouble(desk, "judge_refused", refusal);
      return "judge_refused";
    }
    const { read, reading } = pickReading(attempt, pending, reply);
    if (reply.isTruncated || read?.isCut) patience *= 4;
    if (reading && !reading.controlsHeld && !read?.isCut) {
      tripped += 1;
      if (tripped === 1) continue;
      noteTrouble(
        desk,
        "judge_controls_failed",
        `${enquiry.title}: the judge failed the control claims twice; its verdicts were thrown away.`,
      );
      return "judge_error";
    }
    const fresh = reading?.controlsHeld ? reading.items : new Map<string, Item>();
    for (const id of pending) {
      const item = fresh.get(id);
      if (item !== undefined) items.set(id, item);
    }
    const before = pending.length;
    pending = pending.filter((id) => !items.has(id));
    if (read?.isCut && pending.length < before && continuations < MOST_CONTINUATIONS) {
      continuations += 1;
      continue;
    }
    withShape ||= before === pending.length;
    incomplete += 1;
    if (incomplete > 1 && pending.length > 0) {
      noteTrouble(
        desk,
        "judge_reply_unusable",
        `${enquiry.title}: no usable reply for ${pending.length} of ${enquiry.ids.length} after asking again.`,
      );
      return "judge_error";
    }
  }
  return null;
}

/** Into the notes of the sample, and by its code among the warnings of the job. */
export function noteTrouble(desk: Desk, code: ReplyTrouble["code"], message: string): void {
  desk.notes.push(message);
  desk.troubles.push({ code, message });
}

/** Adds a call to what the sample has used; what the endpoint does not tell is estimated from the texts. */
export function countCall(
  desk: Pick<Desk, "usage" | "troubles">,
  { prompt, completion }: Tokens,
  texts: { prompt: readonly string[]; completion: string },
): void {
  const isTold = prompt !== null && completion !== null;
  const estimated =
    (prompt ?? texts.prompt.reduce((sum, text) => sum + estimateTokens(text), 0)) +
    (completion ?? estimateTokens(texts.completion));
  desk.usage = addUsage(desk.usage, {
    judge_calls: 1,
    cached_calls: 0,
    prompt_tokens: prompt,
    completion_tokens: completion,
    ...(isTold ? {} : { estimated_tokens: estimated }),
  });
  if (isTold || desk.troubles.some(({ code }) => code === "judge_usage_unknown")) return;
  const message =
    "The model's endpoint does not tell how many tokens a call used; the count is unknown, and the daily quota is charged an estimate.";
  desk.troubles.push({ code: "judge_usage_unknown", message });
}

async function recall<Item>(
  store: JudgementStore,
  key: string,
  enquiry: Enquiry<Item>,
): Promise<Map<string, Item> | null> {
  // A store that is away costs a call, not the sample.
  const known = await store.get([key]).catch(() => null);
  const body = known?.get(key);
  if (body === undefined) return null;
  try {
    const stored: unknown = JSON.parse(body);
    if (!Array.isArray(stored)) return null;
    const items = new Map<string, Item>();
    for (const [id, item] of stored) items.set(String(id), enquiry.item.parse(item));
    return enquiry.ids.every((id) => items.has(id)) ? items : null;
  } catch {
    // Written by something else or cut: as good as unknown.
    return null;
  }
}
