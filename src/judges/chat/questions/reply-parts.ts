import type { UsefulFor } from "../../../scoring/judge.ts";
import { VERDICTS } from "./verdict-words.ts";

/** Strict JSON schema in the few words the calls need: everything required, nothing extra. */
export type JsonSchema = Record<string, unknown>;

export const text: JsonSchema = { type: "string" };
const flag: JsonSchema = { type: "boolean" };
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
  /** Schema each of its values refers to, by name: said once, however many ids there are. */
  defines?: { name: string; schema: JsonSchema };
}

/**
 * One value for each id, every id required: where a host keeps to a schema nothing can be left out or said twice. The
 * ids come from a fixed alphabet, so that few schemas are ever seen.
 */
function keyed(
  ids: readonly string[],
  name: string,
  item: JsonSchema,
  example: unknown,
): ReplyPart {
  const $ref = `#/$defs/${name}`;
  return {
    schema: object(Object.fromEntries(ids.map((id) => [id, { $ref }]))),
    example: Object.fromEntries(ids.slice(0, 1).map((id) => [id, example])),
    defines: { name, schema: item },
  };
}

/** Verdicts with the sentences they rest on. */
export function checksPart(ids: readonly string[]): ReplyPart {
  const item = object({ verdict, evidence: list(text), jointly: flag });
  return keyed(ids, "v", item, { verdict: "supported", evidence: ["2.3"], jointly: false });
}

export function bareChecksPart(ids: readonly string[]): ReplyPart {
  return keyed(ids, "v", object({ verdict }), { verdict: "supported" });
}

/** Keys of passages: `p1` is the first. */
const passageKey = (passage: number) => `p${passage + 1}`;

export function relevancePart(passages: readonly number[]): ReplyPart {
  return keyed(passages.map(passageKey), "r", object({ score: oneOf(0, 1, 2) }), { score: 2 });
}
export const ANSWERABLE: ReplyPart = {
  schema: oneOf("full", "partial", "none"),
  example: "partial",
};
/** Usefulness of each passage for the texts asked about. */
export function usefulPart(passages: readonly number[], texts: readonly UsefulFor[]): ReplyPart {
  const fields = Object.fromEntries(texts.map((name) => [name, flag]));
  const example = Object.fromEntries(texts.map((name) => [name, true]));
  return keyed(passages.map(passageKey), "u", object(fields), example);
}
export function criteriaPart(ids: readonly string[]): ReplyPart {
  return keyed(ids, "k", object({ value: text }), { value: "yes" });
}
export const ABSTAINS: ReplyPart = { schema: flag, example: false };
export const TEXTS: ReplyPart = { schema: list(text), example: ["…"] };

/** Sentences with their claims, those of an answer with their bearing on the question. */
export function sentencesPart(ids: readonly string[], isAnswer: boolean): ReplyPart {
  const claim = { text, ...(isAnswer ? { on_topic: flag } : {}) };
  const example = { text: "…", ...(isAnswer ? { on_topic: true } : {}) };
  return keyed(ids, "s", object({ claims: list(object(claim)) }), { claims: [example] });
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
  const defined = present.flatMap(({ defines }) => defines ?? []);
  const root = object(Object.fromEntries(present.map((part) => [part.name, part.schema])));
  return {
    schema:
      defined.length === 0
        ? root
        : { ...root, $defs: Object.fromEntries(defined.map((one) => [one.name, one.schema])) },
    shape: `${jsonOnly} ${JSON.stringify(example)}`,
  };
}
