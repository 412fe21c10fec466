import * as z from "zod";

/** Kinds of apps that can be asked. */
export const TargetKindName = z.enum(["dify", "ragflow", "fastgpt", "openai", "http"]);
export type TargetKindName = z.infer<typeof TargetKindName>;

const path = z.string().trim().min(1).max(300).optional();

/** How an app is asked and read; each kind looks at what it knows. */
export const TargetOptions = z.strictObject({
  /** Where the answer stands: a variable of a workflow's end, or a path such as `choices[0].message.content`. */
  answer: path,
  /** Where the passages stand: a variable, or a path such as `sources[].text`. */
  contexts: path,
  /** Where the ids of what was retrieved stand. */
  ids: path,
  /** Where an error is told; something there is no answer. */
  error: path,
  /** Must be there, and not false or empty, for an answer to count. */
  ok: path,
  /** The input of a workflow or a text generator that takes the question. */
  question_input: path,
  /** Of an OpenAI-compatible endpoint. */
  model: z.string().trim().min(1).max(200).optional(),
  /** Of RAGFlow: which assistant. */
  chat_id: z.string().trim().min(1).max(200).optional(),
  /** Of Dify: a published version instead of the newest. */
  workflow_id: z.string().trim().min(1).max(200).optional(),
  /** Of `http`: the JSON that is sent; `{{question}}`, `{{inputs.NAME}}` and `{{user}}` are filled in, in values alone. */
  body: z.unknown().optional(),
  /** Of `http`: headers; their values are filled in the same way. */
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,100}$/), z.string().max(2000)).optional(),
  /** Of `http`: the header the key is sent in; left out, `Authorization: Bearer`. */
  key_header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,100}$/)
    .optional(),
});
export type TargetOptions = z.infer<typeof TargetOptions>;

/** A variable the app asks for. */
export const AppInput = z.object({
  name: z.string(),
  label: z.string(),
  required: z.boolean(),
  type: z.string(),
});
export type AppInput = z.infer<typeof AppInput>;

/** What one question took. */
export const AskCost = z.object({
  ms: z.number(),
  tokens: z.number().nullable(),
  /** As the app says it. */
  price: z.number().nullable(),
  currency: z.string().nullable(),
});
export type AskCost = z.infer<typeof AskCost>;

const name = z.string().trim().min(1).max(100);
const baseUrl = z.string().trim().min(1).max(2000);
const apiKey = z.string().trim().min(1).max(1000).nullable();
const asksPerDay = z.int().min(1).max(1_000_000).nullable();

/** `POST /api/targets`: connect an app. */
export const CreateTarget = z.strictObject({
  name,
  kind: TargetKindName,
  /** Where its API begins: `https://api.dify.ai/v1`. */
  base_url: baseUrl,
  /** Kept encrypted and never shown. */
  api_key: apiKey.default(null),
  options: TargetOptions.default({}),
  /** Questions it may be asked a day (UTC); null: any number. */
  asks_per_day: asksPerDay.default(null),
});
export type CreateTarget = z.infer<typeof CreateTarget>;

/** `PATCH /api/targets/{target_id}`: what is left out stays. Another origin deletes the key, unless a new one comes. */
export const ChangeTarget = z.strictObject({
  name: name.optional(),
  base_url: baseUrl.optional(),
  api_key: apiKey.optional(),
  options: TargetOptions.optional(),
  asks_per_day: asksPerDay.optional(),
});
export type ChangeTarget = z.infer<typeof ChangeTarget>;

export const Target = z.object({
  target_id: z.string(),
  name: z.string(),
  kind: TargetKindName,
  /** What its key opens, such as `advanced-chat` or `workflow`. */
  mode: z.string(),
  base_url: z.string(),
  has_key: z.boolean(),
  options: TargetOptions,
  /** What the app said that it asks for. */
  inputs: z.array(AppInput),
  asks_per_day: z.number().nullable(),
  asked_today: z.number(),
  /** Questions under way at once; grows and falls with what the app bears. */
  at_once: z.number(),
  /** What the last question by hand took. */
  trial: AskCost.nullable(),
  created_at: z.string(),
  created_by: z.string(),
});
export type Target = z.infer<typeof Target>;

export const ConnectedTarget = Target.extend({
  /** What is to be known before it is run: citations are off, annotations answer. */
  notes: z.array(z.string()),
});
export type ConnectedTarget = z.infer<typeof ConnectedTarget>;

export const TargetList = z.object({ targets: z.array(Target) });
export type TargetList = z.infer<typeof TargetList>;

/** `POST /api/targets/{target_id}/ask`: one question, to see what is understood. */
export const AskTarget = z.strictObject({
  question: z.string().trim().min(1).max(20_000),
  inputs: z.record(z.string().max(200), z.unknown()).default({}),
});
export type AskTarget = z.infer<typeof AskTarget>;

export const AskOutcome = z.enum([
  "answered",
  "app_error",
  "canned",
  "paused",
  "timed_out",
  "unknown",
  "not_asked",
]);
export type AskOutcome = z.infer<typeof AskOutcome>;

export const AskedTarget = z.object({
  outcome: AskOutcome,
  answer: z.string().nullable(),
  contexts: z.array(z.string()).nullable(),
  /** Where the passages were found; null: nowhere. */
  contexts_from: z.string().nullable(),
  /** Why there is no answer, in the app's own words where it has some. */
  why: z.string().nullable(),
  cost: AskCost,
});
export type AskedTarget = z.infer<typeof AskedTarget>;
