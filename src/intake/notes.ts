import type { Warning } from "../contract/outcome.ts";
import type { FieldError } from "../errors.ts";

/** What intake has to say about a request: mistakes refuse it, warnings travel with the job. */
export interface Notes {
  errors: FieldError[];
  warnings: Warning[];
}

export const FORM_BODY_FIX =
  "In Dify's HTTP Request node choose the body type x-www-form-urlencoded, or build the whole JSON body in a Template node with tojson.";

/** Adds a warning once per code and message. */
export function warn(notes: Notes, code: string, message: string, fix: string): void {
  if (notes.warnings.some((known) => known.code === code && known.message === message)) return;
  notes.warnings.push({ code, message, fix });
}

/** A name as a JSON pointer fragment. */
export function pointerTo(...path: readonly (string | number)[]): string {
  const parts = path.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1"));
  return parts.length === 0 ? "#" : `#/${parts.map(encode).join("/")}`;
}

function encode(part: string): string {
  return encodeURIComponent(wellFormed(part));
}

/** Lone surrogates cannot be stored as UTF-8; each becomes U+FFFD. Everything else is kept exactly. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
