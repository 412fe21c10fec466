import type { Language, Warning } from "../contract/outcome.ts";
import { ACCESS_PROBLEMS } from "./access-problems.ts";
import { BODY_WARNINGS } from "./body-warnings.ts";
import { FAILURES } from "./failures.ts";
import { FIELD_ERRORS, ROW_PROBLEMS } from "./field-errors.ts";
import { JUDGE_WORDS } from "./judge-words.ts";
import { REQUEST_PHRASES, REQUEST_PROBLEMS } from "./request-problems.ts";
import { type Failure, outerCode, type Parameter, type Said, type SaidWarning } from "./said.ts";
import { SCHEMA_RULES } from "./schema-rules.ts";
import { REPLY_WARNINGS, SCORING_WARNINGS } from "./scoring-warnings.ts";
import type { Advised, Sentence } from "./sentence.ts";
import { SERVICE_PHRASES, SERVICE_PROBLEMS } from "./service-problems.ts";
import { UPLOAD_WARNINGS } from "./upload-warnings.ts";

/** The language somebody reads; null: nobody said so, which is told what was always told, mostly English. */
export type Reader = Language | null;

export const WARNINGS: Readonly<Record<SaidWarning["code"], Advised>> = {
  ...BODY_WARNINGS,
  ...UPLOAD_WARNINGS,
  ...REPLY_WARNINGS,
  ...SCORING_WARNINGS,
};

const SENTENCES: Readonly<Record<Said["code"], Sentence>> = {
  ...WARNINGS,
  ...REQUEST_PROBLEMS,
  ...ACCESS_PROBLEMS,
  ...SERVICE_PROBLEMS,
  ...FIELD_ERRORS,
  ...ROW_PROBLEMS,
  ...REQUEST_PHRASES,
  ...SERVICE_PHRASES,
  ...SCHEMA_RULES,
  ...JUDGE_WORDS,
  ...FAILURES,
};

const ROWS = {
  one: { en: "Line {line}: {what}", zh: "第 {line} 行：{what}" },
  several: {
    en: "{count} rows, the first in line {line}: {what}",
    zh: "共 {count} 行，首个在第 {line} 行：{what}",
  },
} as const;

/** A stored code this version has no words for is shown as it is. */
export function say({ code, params, rows }: Said, reader: Reader): string {
  const known: Sentence | undefined = SENTENCES[code];
  const what = known ? fill(known, params, reader) : outerCode(code).replaceAll("_", " ");
  if (!rows) return what;
  return fill(rows.count === 1 ? ROWS.one : ROWS.several, { ...rows, what }, reader);
}

export function sayWarning(warning: SaidWarning, reader: Reader): Warning {
  const known: Advised | undefined = WARNINGS[warning.code];
  return {
    code: outerCode(warning.code),
    message: say(warning, reader),
    fix: known ? fill(known.fix, warning.params, reader) : "",
  };
}

export function sayFailure(
  failure: Failure | null,
  reader: Reader,
): { code: string; message: string } | null {
  return failure && { code: failure.code, message: say(failure.message, reader) };
}

function fill(sentence: Sentence, params: Said["params"], reader: Reader): string {
  const text = reader === null ? (sentence.unasked ?? sentence.en) : sentence[reader];
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    return value === undefined ? whole : write(value, reader);
  });
}

function write(value: Parameter, reader: Reader): string {
  if (typeof value !== "object") return String(value);
  if (isList(value)) return value.map((one) => write(one, reader)).join(reader === "zh" ? "" : " ");
  return "code" in value ? say(value, reader) : fill(value, {}, reader);
}

function isList(value: Parameter): value is readonly Parameter[] {
  return Array.isArray(value);
}
