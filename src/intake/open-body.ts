import { AppError } from "../errors.ts";
import { isFieldName } from "./field-names.ts";
import { FORM_BODY_FIX, type Notes, warn } from "./notes.ts";
import { isRecord, parseJson } from "./parse-json.ts";

/** The fields of a body as a map, so that no name (`__proto__`) means anything but itself. */
export function openBody(body: unknown, notes: Notes): Map<string, unknown> {
  const value = typeof body === "string" ? (parseJson(body) ?? body) : body;
  if (isRecord(value)) return new Map(Object.entries(value));
  const wrapped = Array.isArray(value) ? unwrap(value) : null;
  if (wrapped) {
    warn(
      notes,
      "dify_json_repaired",
      "The body arrived as a list around one object; the object was used and the rest ignored.",
      FORM_BODY_FIX,
    );
    return new Map(Object.entries(wrapped));
  }
  const detail = Array.isArray(value)
    ? "The body is a list. Send one object with question and answer, or post a list to /api/score/batch."
    : "The body must be an object with question and answer.";
  throw new AppError("invalid_request", detail, { errors: [{ pointer: "#", detail }] });
}

/** json_repair sometimes leaves a list: the request and scraps of text. Two objects are a batch, not scraps. */
function unwrap(list: readonly unknown[]): Record<string, unknown> | null {
  const records = list.filter(isRecord);
  const [only] = records;
  if (records.length !== 1 || !only) return null;
  return Object.keys(only).some(isFieldName) ? only : null;
}
