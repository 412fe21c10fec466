import type { UsefulFor } from "../../../scoring/judge.ts";
import { VERDICTS } from "./verdict-words.ts";

/** Strict JSON schema in the few words the calls need: everything required, nothing extra. */
export type JsonSchema = Record<string, unknown>;

export const text: JsonSchema = { type: "string" };
const flag: JsonSchema = { type: "boolean" };
const integer: JsonSchema = { type: "integer" };
const verdict: JsonSchema = oneOf(...VERDICTS);

function oneOf(...values: (string | number)[]): JsonSchema {
  return { type: typeof values[0] === "number" ? "integer" : "string", enum: values };
}

export function list(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

export function object(properties: Record<string, JsonSchema>): JsonSchema {
  return {
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

/** One field of a reply: its strict schema, and an example for endpoints that take no schema. */
interface ReplyPart {
  schema: JsonSchema;
  example: unknown;
}

/** Verdicts with the sentences they rest on. */
export const CHECKS: ReplyPart = {
  schema: list(object({ id: text, verdict, evidence: list(text), jointly: flag })),
  example: [{ id: "c1", verdict: "supported", evidence: ["2.3"], jointly: false }],
};
export const BARE_CHECKS: ReplyPart = {
  schema: list(object({ id: text, verdict })),
  example: [{ id: "c1", verdict: "supported" }],
};
export const RELEVANCE: ReplyPart = {
  schema: list(object({ passage: integer, score: oneOf(0, 1, 2) })),
  example: [{ passage: 1, score: 2 }],
};
export const ANSWERABLE: ReplyPart = {
  schema: oneOf("full", "partial", "none"),
  example: "partial",
};
/** Usefulness of each passage for the texts asked about. */
export function usefulPart(texts: readonly UsefulFor[]): ReplyPart {
  const fields = Object.fromEntries(texts.map((name) => [name, flag]));
  const example = Object.fromEntries(texts.map((name) => [name, true]));
  return {
    schema: list(object({ passage: integer, ...fields })),
    example: [{ passage: 1, ...example }],
  };
}
export const CRITERIA: ReplyPart = {
  schema: list(object({ id: text, value: text })),
  example: [{ id: "k1", value: "yes" }],
};
export const ABSTAINS: ReplyPart = { schema: flag, example: false };
export const TEXTS: ReplyPart = { schema: list(text), example: ["…"] };

/** Sentences with their claims, those of an answer with their bearing on the question. */
export function sentencesPart(isAnswer: boolean): ReplyPart {
  const claim = { text, ...(isAnswer ? { on_topic: flag } : {}) };
  const example = { text: "…", ...(isAnswer ? { on_topic: true } : {}) };
  return {
    schema: list(object({ id: text, claims: list(object(claim)) })),
    example: [{ id: "s1", claims: [example] }],
  };
}

/** The reply made of these parts; `false` leaves one out. */
export function composeReply(
  parts: Record<string, ReplyPart | false>,
  jsonOnly: string,
): { schema: JsonSchema; shape: string } {
  const present = Object.entries(parts).flatMap(([name, part]) =>
    part ? [{ name, ...part }] : [],
  );
  const example = Object.fromEntries(present.map((part) => [part.name, part.example]));
  return {
    schema: object(Object.fromEntries(present.map((part) => [part.name, part.schema]))),
    shape: `${jsonOnly} ${JSON.stringify(example)}`,
  };
}
