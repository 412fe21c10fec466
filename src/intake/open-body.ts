import { said } from "../words/said.ts";
import { FIELD_NAMES } from "./field-names.ts";
import { type Notes, refuseFields, warn } from "./notes.ts";
import { isRecord, parseJson } from "./parse-json.ts";

/** The fields of a body as a map, so that no name (`__proto__`) means anything but itself. */
export function openBody(body: unknown, notes: Notes): Map<string, unknown> {
  const value = typeof body === "string" ? (parseJson(body) ?? body) : body;
  if (isRecord(value)) return new Map(Object.entries(value));
  const wrapped = Array.isArray(value) ? unwrap(value) : null;
  if (wrapped) {
    warn(notes, said("dify_json_repaired.pieces"));
    return new Map(Object.entries(wrapped));
  }
  throw refuseFields([
    { pointer: "#", detail: said(Array.isArray(value) ? "body_is_list" : "body_is_no_object") },
  ]);
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
