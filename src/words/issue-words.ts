import type * as z from "zod";
import chinese from "zod/v4/locales/zh-CN.js";
import type { Parameter, Said } from "./said.ts";
import { SCHEMA_RULES } from "./schema-rules.ts";
import { Speaker } from "./speaker.ts";

/** A message may quote names that were sent. */
const LONGEST_MESSAGE = 300;

const { localeError } = chinese();
const rules = new Speaker(SCHEMA_RULES);
const OWN_RULES = new Map<string, Said>();

/** The message of a rule a schema has of its own; what breaks it is said in the language of whoever broke it. */
export function rule(said: Said<keyof typeof SCHEMA_RULES>): string {
  const message = rules.say(said, "en");
  OWN_RULES.set(message, said);
  return message;
}

/** What a schema finds wrong, in both languages. The schema must have been told to report its input. */
export function issueWords(issue: z.core.$ZodIssue): Parameter {
  const own = OWN_RULES.get(issue.message);
  if (own) return own;
  const zh = messageOf(localeError({ input: undefined, ...issue }));
  return { en: issue.message.slice(0, LONGEST_MESSAGE), zh: zh.slice(0, LONGEST_MESSAGE) };
}

function messageOf(found: ReturnType<typeof localeError>): string {
  return (typeof found === "string" ? found : found?.message) ?? "";
}
