import type * as z from "zod";
import chinese from "zod/v4/locales/zh-CN.js";
import type { Parameter, Said } from "./said.ts";
import { say } from "./say.ts";

const { localeError } = chinese();
const OWN_RULES = new Map<string, Said>();

/** The message of a rule a schema has of its own; what breaks it is said in the language of whoever broke it. */
export function rule(said: Said): string {
  const message = say(said, "en");
  OWN_RULES.set(message, said);
  return message;
}

/** What a schema finds wrong, in both languages. The schema must have been told to report its input. */
export function issueWords(issue: z.core.$ZodIssue): Parameter {
  const own = OWN_RULES.get(issue.message);
  if (own) return own;
  const found = localeError({ ...issue, input: issue.input });
  return { en: issue.message, zh: (typeof found === "string" ? found : found?.message) ?? "" };
}
