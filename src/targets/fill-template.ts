import { isRecord } from "../intake/parse-json.ts";
import { textOf } from "./read-path.ts";
import type { Question } from "./target-kind.ts";

const MARK = /\{\{\s*(question|user|inputs\.([^{}\s]+))\s*\}\}/g;
const ONE_MARK = new RegExp(`^${MARK.source}$`);

/** A template of JSON with what it names filled in. Only values are looked at, never names. */
export function fillTemplate(template: unknown, question: Question): unknown {
  if (typeof template === "string") {
    const [, name, input] = ONE_MARK.exec(template) ?? [];
    // Alone, an input stays what it is: a number, a list.
    if (name !== undefined && input !== undefined) return question.inputs[input] ?? null;
    return fillText(template, question);
  }
  if (Array.isArray(template)) return template.map((one) => fillTemplate(one, question));
  if (!isRecord(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, fillTemplate(value, question)]),
  );
}

function fillText(template: string, { question, user, inputs }: Question): string {
  return template.replace(MARK, (_, name: string, input: string | undefined) => {
    if (input === undefined) return name === "user" ? user : question;
    const value = inputs[input];
    return textOf(value) ?? (value === undefined ? "" : JSON.stringify(value));
  });
}

/** A header's value is one line. */
export function fillHeaders(
  headers: Readonly<Record<string, string>>,
  question: Question,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      // Header values are bytes; what is no ASCII is written as addresses write it.
      fillText(value, question).replace(/[^\x20-\x7e]/gu, encodeURIComponent),
    ]),
  );
}
