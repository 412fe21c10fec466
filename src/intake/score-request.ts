import { type CriterionRequest, ScoreRequest } from "../contract/score-request.ts";
import { issueWords } from "../words/issue-words.ts";
import { type Said, type SaidWarning, said } from "../words/said.ts";
import { warnOfDamage } from "./damage.ts";
import { FieldReader } from "./field-reader.ts";
import type { RowFormat } from "./formats/format.ts";
import { type FormatHint, openRow } from "./formats/open-row.ts";
import { type Notes, pointerTo, refuseFields, warn } from "./notes.ts";
import { openBody } from "./open-body.ts";

export interface ScoreRequestReading {
  request: ScoreRequest;
  warnings: SaidWarning[];
  /** Items of `contexts` that arrived, and how many of them are scored. */
  contextsReceived: number;
  contextsParsed: number;
  /** Whose names the body had. */
  format: RowFormat;
  /** Why there is no answer, of a row of many; its `answer` is then empty. null: there is one. */
  noAnswer: Said | null;
}

/**
 * What arrived → a checked request. Throws `invalid_request` with every mistake at once, each with its pointer;
 * what could be read in spite of damage comes with a warning instead. `saved` are the criteria `metrics` may name
 * without sending their text.
 */
export function readScoreRequest(
  fields: unknown,
  saved: readonly CriterionRequest[] = [],
  hint: FormatHint = {},
): ScoreRequestReading {
  const notes: Notes = { errors: [], warnings: [] };
  const body = openBody(fields, notes);
  const said = new FieldReader(new Map([["format", body.get("format")]]), notes);
  // In a row of many a column of that name may be anything.
  const asked = hint.isRow ? null : said.rowFormat();
  const chosen = { ...hint, format: hint.format ?? asked };
  const { fields: given, format, isTorn } = openRow(body, chosen, notes);
  const reader = new FieldReader(given, notes, isTorn);
  const contexts = reader.contexts("contexts");
  reader.fillFrom(contexts.swallowed);
  const criteria = reader.criteria() ?? reader.namedCriteria(saved);
  const candidate = {
    id: reader.label("id"),
    question: reader.question(),
    answer: reader.answer(),
    contexts: contexts.texts,
    ground_truth: reader.groundTruth(),
    reference_contexts: reader.contexts("reference_contexts").texts,
    retrieved_ids: reader.ids("retrieved_ids"),
    reference_ids: reader.ids("reference_ids"),
    metrics: reader.metrics(criteria ?? []),
    criteria,
    context_precision_mode: reader.word("context_precision_mode"),
    judge: reader.word("judge"),
    judge_model: reader.label("judge_model"),
    embedding_model: reader.label("embedding_model"),
    session_id: reader.label("session_id"),
    feedback: reader.feedback(),
    name: reader.label("name"),
    tags: reader.tags(),
    language: reader.language(),
    callback_url: reader.callbackUrl(),
    compat: reader.word("compat"),
    fallback: reader.word("fallback"),
    consistency: reader.word("consistency"),
  };
  warnOfDamage(given, isTorn, notes);
  const { question, answer, ground_truth, reference_contexts } = candidate;
  warnOfControlCharacters(
    { question, answer, contexts: contexts.texts, ground_truth, reference_contexts },
    notes,
  );
  let noAnswer: Said | null = null;
  for (const field of ["question", "answer"] as const) {
    const pointer = pointerTo(field);
    if (candidate[field] !== null || notes.errors.some((error) => error.pointer === pointer))
      continue;
    const detail = reader.whyMissing(field);
    if (field === "answer" && hint.isRow) noAnswer = detail;
    else notes.errors.push({ pointer, detail });
  }
  const request = check(noAnswer === null ? candidate : { ...candidate, answer: "-" }, notes);
  return {
    request: noAnswer === null ? request : { ...request, answer: "" },
    noAnswer,
    warnings: notes.warnings,
    contextsReceived: contexts.received,
    contextsParsed: contexts.texts?.length ?? 0,
    format,
  };
}

/** Lengths, counts and closed lists are the schema's business. */
function check(candidate: Record<string, unknown>, notes: Notes): ScoreRequest {
  const result = ScoreRequest.safeParse(candidate, { reportInput: true });
  const errors = [...notes.errors];
  for (const issue of result.error?.issues ?? []) {
    const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
    const field = path[0];
    if (errors.some((error) => error.pointer === pointerTo(...path))) continue;
    // A required field that is missing has been explained already.
    if ((field === "question" || field === "answer") && candidate[field] === null) continue;
    errors.push({
      pointer: pointerTo(...path),
      detail: said("schema", { field: path.join("."), issue: issueWords(issue) }),
    });
  }
  if (result.success && errors.length === 0) return result.data;
  throw refuseFields(errors);
}

/** Control characters no text has: what `\b`, `\v`, `\a`, `\e` and `\0` become where somebody reads escapes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0b\x0e-\x1f]/;
/** A form feed parts pages in what was read out of a PDF; before a letter it was the `\f` of `\frac`. */
const FORM_FEED = /\f[a-z]/;
/** Tab, break and return before what is left of `\theta`, `\nabla`, `\rho` and the like. */
const COMMANDS =
  /\t(?:heta|imes|ext(?:bf|it|rm|tt)?\{|au\b|frac|ilde|riangle|o\b)|\n(?:abla|eq\b|otin|ewline)|\r(?:ho\b|ight|angle|floor|ceil)/;

/** Says that backslashes were read as escapes on the way: formulas and paths are no longer what they were. */
function warnOfControlCharacters(
  texts: Readonly<Record<string, string | readonly string[] | null>>,
  notes: Notes,
): void {
  for (const [field, value] of Object.entries(texts)) {
    const lost = [value ?? []].flat().some((text) => isDamaged(text));
    if (lost) warn(notes, said("control_characters", { field }));
  }
}

function isDamaged(text: string): boolean {
  return CONTROL.test(text) || FORM_FEED.test(text) || COMMANDS.test(text);
}
