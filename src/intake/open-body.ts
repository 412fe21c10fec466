import { AppError } from "../errors.ts";
import { FIELD_NAMES } from "./field-names.ts";
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
      "The body arrived as a list of pieces; they were put together again, so texts may be cut or missing.",
      FORM_BODY_FIX,
    );
    return new Map(Object.entries(wrapped));
  }
  const detail = Array.isArray(value)
    ? "The body is a list. Send one object with question and answer, or post a list to /api/score/batch."
    : "The body must be an object with question and answer.";
  throw new AppError("invalid_request", detail, { errors: [{ pointer: "#", detail }] });
}

/**
 * json_repair sometimes leaves a list: the request first, then what it lost. Its parts are put together again, unless
 * two of them have a question: that is a batch.
 */
function unwrap(list: readonly unknown[]): Record<string, unknown> | null {
  const records = list.filter(isRecord);
  const isRequest = (record: Record<string, unknown>) =>
    FIELD_NAMES.question.some((name) => Object.hasOwn(record, name));
  if (records.filter(isRequest).length !== 1) return null;
  const fields = new Map(records.toReversed().flatMap((record) => Object.entries(record)));
  const contexts = list.find((part) => Array.isArray(part));
  if (contexts && !FIELD_NAMES.contexts.some((name) => fields.has(name))) {
    fields.set("contexts", contexts);
  }
  return Object.fromEntries(fields);
}
