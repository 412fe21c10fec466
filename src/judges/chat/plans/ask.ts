import type { Judged, JudgeFailure } from "../../../scoring/judge.ts";
import { addUsage, ONE_REMEMBERED } from "../../../scoring/usage.ts";
import { said } from "../../../words/said.ts";
import { judgementKey } from "../../cache/judgement-key.ts";
import { readRemembered, remember } from "../../cache/judgement-store.ts";
import { PROMPT_VERSION } from "../questions/prompts.ts";
import type { Attempt, Question, Reading, Tagged } from "../questions/question.ts";
import { type ReadReply, readReplies } from "../questions/read-reply.ts";
import { countCall, type JudgeContext, noteTrouble } from "./judge-context.ts";

export interface Answers<Item extends Tagged> {
  items: ReadonlyMap<string, Item>;
  /** Why the ids that are not in `items` are missing. */
  failure: JudgeFailure;
  /** The model cannot take this much text; asking in smaller parts may help. */
  isTooLong: boolean;
}

/** The item of that kind under the id, or why there is none. */
export function pickItem<Item extends Tagged, Kind extends Item["kind"]>(
  answers: Answers<Item> | undefined,
  id: string,
  kind: Kind,
): Judged<Extract<Item, { kind: Kind }>> {
  const item = answers?.items.get(id);
  if (item !== undefined && isKind(item, kind)) return { ok: true, value: item };
  return { ok: false, reason: answers?.failure ?? "judge_error" };
}

function isKind<Item extends Tagged, Kind extends Item["kind"]>(
  item: Item,
  kind: Kind,
): item is Extract<Item, { kind: Kind }> {
  return item.kind === kind;
}

/** Continuations of a reply that was cut off, each of which must bring something new. */
const MOST_CONTINUATIONS = 12;
const LONGEST_REPLY_TOKENS = 32_000;

/**
 * Asks until every id is answered, or says why not: a reply that fails its control claims is thrown away and repeated
 * once; ids that are missing, doubled or invalid are asked once more, alone; a reply that was cut off is continued.
 * Only a complete answer is remembered.
 */
export async function ask<Item extends Tagged>(
  context: JudgeContext,
  question: Question<Item>,
): Promise<Answers<Item>> {
  const { store } = context;
  // Hashing is off the critical path where nothing is remembered.
  const key = store && (await judgementKey([PROMPT_VERSION, ...context.origin, ...question.input]));
  const remembered =
    key && (await readRemembered(store, key, (stored) => readItems(question, stored)));
  if (remembered) {
    context.usage = addUsage(context.usage, ONE_REMEMBERED);
    // Only what passed is remembered: read again, it says the same of the judge.
    if (question.hasControls) countControls(context, true);
    return { items: remembered, failure: "judge_error", isTooLong: false };
  }
  const items = new Map<string, Item>();
  const ending = await converse(context, question, items);
  if (ending === null && key) await remember(store, key, [...items]);
  return {
    items,
    failure: ending === null || ending === "too_long" ? "judge_error" : ending,
    isTooLong: ending === "too_long",
  };
}

function countControls({ controls }: JudgeContext, isHeld: boolean): void {
  controls.asked += 1;
  controls.held += Number(isHeld);
}

/** Fills `items`; null when every id is answered. */
async function converse<Item extends Tagged>(
  context: JudgeContext,
  question: Question<Item>,
  items: Map<string, Item>,
): Promise<JudgeFailure | "too_long" | null> {
  const { title: task } = question;
  let pending = question.ids;
  let incomplete = 0;
  let tripped = 0;
  let continuations = 0;
  let patience = 1;
  let withShape = false;
  while (pending.length > 0) {
    if (context.signal?.aborted) return "cancelled";
    if (context.budget.begun >= context.budget.most) {
      const { most: limit } = context.budget;
      noteTrouble(context, "judge_call_limit", said("reply_limit", { task, limit }));
      return "budget";
    }
    context.budget.begun += 1;
    const attempt = question.attempt(pending, incomplete > 0);
    const { task: name, schema, replyTokens, ...words } = attempt.prompt;
    const request = {
      ...words,
      schema: { name, schema },
      withShape,
      replyTokens: Math.min(replyTokens * patience, LONGEST_REPLY_TOKENS),
    };
    const reply = await context.endpoint.chat(request, context.signal);
    if (reply.kind === "cancelled") return "cancelled";
    if (reply.kind === "too_long") return "too_long";
    countCall(context, reply.tokens, {
      prompt: [words.system, words.user, words.shape],
      completion: reply.kind === "text" ? reply.text : "",
    });
    if (reply.kind === "refused") {
      const refusal = said("reply_refused", { task, theirs: reply.words ?? "" });
      noteTrouble(context, "judge_refused", refusal);
      return "judge_refused";
    }
    const { read, reading } = pickReading(attempt, pending, reply);
    if (reply.isTruncated || read?.isCut) patience *= 4;
    if (reading && question.hasControls && !read?.isCut) {
      countControls(context, reading.controlsHeld);
    }
    if (reading && !reading.controlsHeld && !read?.isCut) {
      tripped += 1;
      if (tripped === 1) continue;
      noteTrouble(context, "judge_controls_failed", said("reply_controls", { task }));
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
      const counts = { missing: pending.length, asked: question.ids.length };
      noteTrouble(context, "judge_reply_unusable", said("reply_unusable", { task, ...counts }));
      return "judge_error";
    }
  }
  return null;
}

/**
 * The last object that answers every id; else the last that answers one. An example after the reply, or a text quoted
 * before it, answers none, or fails the control claims of this call.
 */
function pickReading<Item extends Tagged>(
  attempt: Attempt<Item>,
  pending: readonly string[],
  { text, isTruncated }: { text: string; isTruncated: boolean },
): { read: ReadReply | null; reading: Reading<Item> | null } {
  let best: { read: ReadReply; reading: Reading<Item>; rank: number } | null = null;
  for (const read of readReplies(text, isTruncated)) {
    const reading = attempt.read(read.value);
    const answered = pending.filter((id) => reading.items.has(id)).length;
    const rank = answered === 0 ? 0 : reading.controlsHeld ? 2 : 1;
    if (rank === 2 && answered === pending.length) return { read, reading };
    if (best === null || rank > best.rank) best = { read, reading, rank };
  }
  return best ?? { read: null, reading: null };
}

function readItems<Item extends Tagged>(
  { item, ids }: Question<Item>,
  stored: unknown,
): Map<string, Item> | null {
  if (!Array.isArray(stored)) return null;
  const items = new Map<string, Item>();
  for (const [id, fields] of stored) items.set(String(id), item.parse(fields));
  return ids.every((id) => items.has(id)) ? items : null;
}
