import * as z from "zod";
import type { ControlCounts, JudgeCall, JudgeFailure } from "../../scoring/judge.ts";
import { addUsage, ONE_REMEMBERED } from "../../scoring/usage.ts";
import { type Said, said } from "../../words/said.ts";
import { judgementKey } from "../cache/judgement-key.ts";
import { readRemembered, remember } from "../cache/judgement-store.ts";
import { countCall, type JudgeContext, noteTrouble } from "../chat/plans/judge-context.ts";
import type { DecisionEndpoint, DecisionQuestion, Distribution } from "./endpoint.ts";
import { WORDING_REVISION } from "./wording.ts";

/** What the requests of one sample share. */
export interface DecisionContext
  extends Pick<
    JudgeContext,
    "store" | "origin" | "drawHex" | "usage" | "notes" | "troubles" | "budget" | "signal"
  > {
  readonly endpoint: DecisionEndpoint;
  readonly model: string;
  /** Estimated tokens of state and questions in one request. */
  readonly tokens: number;
  readonly controls: ControlCounts;
  readonly calls: JudgeCall[];
}

/** A question whose answer we know. */
export interface KnownQuestion {
  question: Omit<DecisionQuestion, "id">;
  holds(answer: Distribution): boolean;
}

/** One request: a state and what is asked about it. */
export interface Sheet {
  /** For notes. */
  title: Said;
  /** For those who trace. */
  task: string;
  state: Readonly<Record<string, unknown>>;
  questions: readonly DecisionQuestion[];
  /** Drawn anew for every attempt; no remembered answer rests on them. */
  controls(hex: string): readonly KnownQuestion[];
}

export interface SheetAnswers {
  answers: ReadonlyMap<string, Distribution>;
  /** Why the ids that are not in `answers` are missing. */
  failure: JudgeFailure;
  /** The model cannot take this much text; asking in smaller parts may help. */
  isTooLong: boolean;
}

const ATTEMPTS = 2;

/**
 * Asks, with questions among them whose answers we know. A reply that fails those is thrown away and asked for once
 * more; what the model refused or left out stays without an answer. Only a complete reply is remembered.
 */
export async function askSheet(context: DecisionContext, sheet: Sheet): Promise<SheetAnswers> {
  const { store } = context;
  const input = [WORDING_REVISION, ...context.origin, sheet.state, sheet.questions];
  const key = store && (await judgementKey(input));
  const remembered = key && (await readRemembered(store, key, (stored) => reread(sheet, stored)));
  if (remembered) {
    context.usage = addUsage(context.usage, ONE_REMEMBERED);
    // Only what passed is remembered: read again, it says the same of the judge.
    context.controls.asked += 1;
    context.controls.held += 1;
    return { answers: remembered, failure: "judge_refused", isTooLong: false };
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (context.signal?.aborted) return without("cancelled");
    if (context.budget.begun >= context.budget.most) {
      const { most: limit } = context.budget;
      noteTrouble(context, "judge_call_limit", said("reply_limit", { task: sheet.title, limit }));
      return without("budget");
    }
    context.budget.begun += 1;
    const { wire, idOf, known } = mix(sheet, context.drawHex());
    const reply = await send(context, sheet, wire);
    if (reply.kind === "cancelled") return without("cancelled");
    if (reply.kind === "too_long") return { ...without("judge_error"), isTooLong: true };
    if (reply.kind === "refused") {
      noteRefusal(context, said("reply_refused", { task: sheet.title, theirs: reply.words }));
      return without("judge_refused");
    }
    noteOtherModel(context, reply.model);
    const areHeld = [...known].every(([label, { holds }]) => {
      const answer = reply.answers.get(label);
      return answer !== undefined && holds(answer);
    });
    if (known.size > 0) {
      context.controls.asked += 1;
      if (areHeld) context.controls.held += 1;
    }
    if (!areHeld) continue;
    const answers = new Map<string, Distribution>();
    for (const [label, id] of idOf) {
      const answer = reply.answers.get(label);
      if (answer) answers.set(id, answer);
    }
    const missing = sheet.questions.length - answers.size;
    if (missing > 0) {
      const counts = { missing, asked: sheet.questions.length };
      noteRefusal(context, said("reply_left_out", { task: sheet.title, ...counts }));
    } else if (key) {
      const stored = [...answers].map(([id, answer]) => [id, [...answer]]);
      await remember(store, key, stored);
    }
    return { answers, failure: "judge_refused", isTooLong: false };
  }
  noteTrouble(context, "judge_controls_failed", said("reply_controls", { task: sheet.title }));
  return without("judge_error");
}

function without(failure: JudgeFailure): SheetAnswers {
  return { answers: new Map(), failure, isTooLong: false };
}

function noteRefusal(context: DecisionContext, message: Said): void {
  noteTrouble(context, "judge_refused", message);
}

/** An alias may stand for it; what answers under a wholly other name is to be known. */
function noteOtherModel(context: DecisionContext, answered: string | null): void {
  const { model, notes } = context;
  const family = (name: string) => /[a-z]+/i.exec(name.slice(name.lastIndexOf("/") + 1))?.[0];
  if (answered === null || family(answered) === family(model)) return;
  if (notes.some((note) => note.includes(answered))) return;
  noteTrouble(context, "judge_other_model", said("reply_other_model", { model, answered }));
}

/** Known questions at random places among the others; labels from one alphabet tell nothing apart. */
function mix(sheet: Sheet, hex: string) {
  const mixed: { question: Omit<DecisionQuestion, "id">; id?: string; known?: KnownQuestion }[] =
    sheet.questions.map((question) => ({ question, id: question.id }));
  for (const [index, known] of sheet.controls(hex).entries()) {
    const draw = Number.parseInt(hex.slice(index * 2, index * 2 + 4), 16) || 0;
    mixed.splice(draw % (mixed.length + 1), 0, { question: known.question, known });
  }
  const idOf = new Map<string, string>();
  const known = new Map<string, KnownQuestion>();
  const wire = mixed.map((one, index): DecisionQuestion => {
    const label = `c${index + 1}`;
    if (one.id !== undefined) idOf.set(label, one.id);
    if (one.known) known.set(label, one.known);
    return { ...one.question, id: label };
  });
  return { wire, idOf, known };
}

async function send(
  context: DecisionContext,
  sheet: Sheet,
  questions: readonly DecisionQuestion[],
) {
  const { model } = context;
  const startedAt = Date.now();
  const reply = await context.endpoint.decide(sheet.state, questions, context.signal);
  const tokens = reply.kind === "answers" ? reply.tokens : { prompt: 0, completion: 0 };
  context.calls.push({
    operation: "decision",
    model,
    task: sheet.task,
    startedAt,
    endedAt: Date.now(),
    promptTokens: tokens.prompt,
    completionTokens: tokens.completion,
    error: ERRORS[reply.kind],
  });
  if (reply.kind === "answers") {
    const prompt = [JSON.stringify(sheet.state), JSON.stringify(questions)];
    countCall(context, tokens, { prompt, completion: "" });
  }
  return reply;
}

const ERRORS = {
  answers: null,
  refused: "content_filter",
  too_long: "context_length_exceeded",
  cancelled: "cancelled",
} as const;

const Stored = z.array(
  z.tuple([z.string(), z.array(z.tuple([z.string(), z.number().min(0).max(1)]))]),
);

/** As strict as a fresh reply: every question, every option, nothing else. */
function reread({ questions }: Sheet, stored: unknown): Map<string, Distribution> | null {
  const entries = Stored.parse(stored);
  const answers = new Map<string, Distribution>(
    entries.map(([id, shares]) => [id, new Map(shares)]),
  );
  const isWhole = questions.every(({ id, kind, options = [] }) => {
    const names = kind === "yes" ? ["yes", "no"] : options.map((option) => option.id);
    const answer = answers.get(id);
    return answer?.size === names.length && names.every((name) => answer.has(name));
  });
  return isWhole ? answers : null;
}
