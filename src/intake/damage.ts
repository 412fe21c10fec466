import { isRejectedColumn } from "../contract/csv.ts";
import { outerCode, said } from "../words/said.ts";
import { isFieldName } from "./field-names.ts";
import { fitOf } from "./formats/common-names.ts";
import { type Notes, warn } from "./notes.ts";
import { parseJson } from "./parse-json.ts";

/** Keys of Dify's retrieval metadata: at the top of a body they have spilled out of `contexts`. */
const SPILLED = new Set([
  "dataset_id",
  "segment_id",
  "document_id",
  "dataset_name",
  "document_name",
  "doc_metadata",
  "retriever_from",
]);
const NAME = /^[A-Za-z_][\w.\-[\]]{0,63}$/;
const SENTENCE = /["'{}\n，。；：！？“”、（）]|\s\S{1,40}\s/;
/** Sent along by clients, means nothing to us. */
const IGNORED = new Set(["__multipart_placeholder__"]);

/** True when the body bears the marks of Dify's JSON repair at its top level. */
export function isSpilled(given: ReadonlyMap<string, unknown>): boolean {
  return [...given.keys()].some((key) => SPILLED.has(key) || isTextAsKey(key));
}

/** Chunk text that became a key: quotes, braces, sentences are in no field name, whatever its language. */
function isTextAsKey(key: string): boolean {
  return !NAME.test(key) && (key.length > 60 || SENTENCE.test(key)) && !fitOf(key);
}

const NEXT_FIELD = /",\s{0,4}"([a-z_]{2,30})"\s{0,4}:/g;

/** A text that ended in a backslash runs on through the next field, which then is missing. JSON text names its own. */
function hasSwallowedField(given: ReadonlyMap<string, unknown>): boolean {
  return [...given.values()].some(
    (value) =>
      typeof value === "string" &&
      [...value.matchAll(NEXT_FIELD)].some(
        ([, name = ""]) => isFieldName(name) && !given.has(name),
      ) &&
      parseJson(value.replace(/^\s*\[\]/, "")) === undefined,
  );
}

/** Warns about damage nobody could repair and about fields nobody reads. */
export function warnOfDamage(
  given: ReadonlyMap<string, unknown>,
  isTorn: boolean,
  notes: Notes,
): void {
  if (isTorn || hasSwallowedField(given)) {
    if (notes.warnings.some(({ code }) => outerCode(code) === "dify_json_repaired")) return;
    warn(notes, said("dify_json_repaired.torn"));
    return;
  }
  const unknown = [...given.keys()].filter(
    (key) => !isFieldName(key) && !IGNORED.has(key) && !isRejectedColumn(key),
  );
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, 5).map((key) => JSON.stringify(key.slice(0, 40)));
  const names = `${shown.join(", ")}${unknown.length > 5 ? " …" : ""}`;
  warn(notes, said("unknown_field", { names }));
}
