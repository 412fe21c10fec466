import { AppError, type FieldError } from "../errors.ts";
import { type SaidWarning, said } from "../words/said.ts";

/** What intake has to say about a request: mistakes refuse it, warnings travel with the job. */
export interface Notes {
  errors: FieldError[];
  warnings: SaidWarning[];
}

/** Adds a warning once per code and what it speaks of. */
export function warn(notes: Notes, warning: SaidWarning): void {
  const text = JSON.stringify(warning);
  if (notes.warnings.some((known) => JSON.stringify(known) === text)) return;
  notes.warnings.push(warning);
}

/** Refuses a request with all its mistakes; the first is the sentence people read, and how many there are besides. */
export function refuseFields(errors: readonly FieldError[]): AppError {
  const first = errors[0]?.detail ?? said("request_not_valid");
  const more = errors.length > 1 ? said("and_more", { count: errors.length - 1 }) : "";
  return new AppError(said("invalid_request.fields", { first, more }), { errors });
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
