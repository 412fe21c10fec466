import { type CriterionRequest, Feedback } from "../contract/score-request.ts";
import { CRITERION_PREFIX, criterionMetric } from "../criterion-metric.ts";
import { METRIC_NAMES, type MetricName } from "../scoring/metrics/registry.ts";
import { type Said, said } from "../words/said.ts";
import { FIELD_NAMES, type FieldName, isFieldName } from "./field-names.ts";
import { ROW_FORMATS, type RowFormat, readRowFormat } from "./formats/format.ts";
import { asMessages, type Speaker, spokenText } from "./formats/message-text.ts";
import {
  isMissing,
  isToolWord,
  missingWord,
  speaksOf,
  unresolvedVariable,
} from "./missing-value.ts";
import { type Notes, pointerTo, warn, wellFormed } from "./notes.ts";
import { isRecord } from "./parse-json.ts";
import { type Contexts, readContexts } from "./read-contexts.ts";
import { findDoubledName, readCriteria } from "./read-criteria.ts";
import { readIds, readMetrics } from "./read-names.ts";
import { readTags } from "./read-tags.ts";
import { removeReasoning } from "./remove-reasoning.ts";

const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/^(?:zh|cn|chinese|中文|汉语|简体中文|繁體中文)(?:[-_]|$)/, "zh"],
  [/^(?:en|english|英文|英语)(?:[-_]|$)/, "en"],
];

const LONGEST_LIST = 10_000;

/** Reads the fields of one body; every mistake and every doubt lands in the notes. */
export class FieldReader {
  readonly #given: Map<string, unknown>;
  readonly #notes: Notes;
  /** The body bears the marks of Dify's JSON repair. */
  readonly #isTorn: boolean;
  #hasOnlyReasoning = false;

  constructor(given: Map<string, unknown>, notes: Notes, isTorn = false) {
    this.#given = given;
    this.#notes = notes;
    this.#isTorn = isTorn;
  }

  /** Puts fields found inside damaged contexts where the body itself has none. */
  fillFrom(swallowed: ReadonlyMap<string, unknown>): void {
    for (const [name, value] of swallowed) {
      if (isMissing(this.#given.get(name))) this.#given.set(name, value);
    }
  }

  /** A text kept exactly; numbers and booleans are written out. */
  text(field: FieldName): string | null {
    const { value, name } = this.#pick(field);
    return this.#readText(field, value, name);
  }

  question(): string | null {
    return this.#spoken("question", "user");
  }

  /** The reference answer; of several that are as good as each other the first. */
  groundTruth(): string | null {
    const { value, name } = this.#pick("ground_truth");
    const texts = Array.isArray(value) ? value.filter((one) => !isMissing(one)) : [];
    const isChoice = texts.length > 1 && texts.every((one) => typeof one === "string");
    if (!isChoice) return this.#spoken("ground_truth", "assistant");
    const others = new Set(texts).size - 1;
    if (others > 0) {
      warn(this.#notes, said("reference_alternatives", { field: name, count: others + 1 }));
    }
    return this.#readText("ground_truth", texts[0], name);
  }

  /** What was said last, where chat messages or an object stand for the text. */
  #spoken(field: FieldName, speaker: Speaker): string | null {
    const { value, name } = this.#pick(field);
    const sent = asMessages(value);
    const found = typeof sent === "object" ? spokenText(sent, speaker) : null;
    if (found === null) return this.#readText(field, value, name);
    if (found.leftOut > 0) {
      warn(this.#notes, said("turns_left_out", { count: found.leftOut }));
    }
    return this.#readText(field, found.text, name);
  }

  #readText(field: FieldName, value: unknown, name: string): string | null {
    if (value === null) return null;
    const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (Array.isArray(single) && single.length === 0) return null;
    if (isMissing(single) && !this.#isMeant(field, single)) return null;
    if (typeof single === "string") return wellFormed(single);
    if (typeof single === "number" || typeof single === "boolean") return String(single);
    const kind = Array.isArray(single) ? "field_is_list" : "field_is_object";
    this.#refuse(name, said(kind, { field: name }));
    return null;
  }

  /** The answer without the model's reasoning. */
  answer(): string | null {
    const sent = this.#spoken("answer", "assistant");
    if (sent === null) return null;
    const { text, isCut } = removeReasoning(sent);
    if (isMissing(text) && !this.#isMeant("answer", text)) {
      this.#hasOnlyReasoning = true;
      return null;
    }
    if (isCut) warn(this.#notes, said("think_not_closed"));
    return text;
  }

  /** Ids, names, models: blanks around them mean nothing. */
  label(field: FieldName): string | null {
    return this.text(field)?.trim() ?? null;
  }

  word(field: FieldName): string | null {
    return this.label(field)?.toLowerCase() ?? null;
  }

  /** `like` or `dislike`, or Dify's object of it. Other words of other tools are no reason to refuse a sample. */
  feedback(): Feedback | null {
    const { value, name } = this.#pick("feedback");
    const rating = isRecord(value) ? value.rating : value;
    if (isMissing(rating)) return null;
    const read = Feedback.safeParse(
      typeof rating === "string" ? rating.trim().toLowerCase() : null,
    );
    if (read.success) return read.data;
    warn(this.#notes, said("feedback_unreadable", { field: name }));
    return null;
  }

  language(): string | null {
    const word = this.word("language");
    if (word === null) return null;
    return LANGUAGES.find(([pattern]) => pattern.test(word))?.[1] ?? word;
  }

  callbackUrl(): string | null {
    const url = this.label("callback_url");
    if (url === null || /^https?:\/\//i.test(url)) return url;
    this.#refuse("callback_url", said("callback_no_address"));
    return null;
  }

  /** Whose names the rows are said to have. */
  rowFormat(): RowFormat | null {
    const word = this.word("format");
    if (word === null) return null;
    const known = readRowFormat(word);
    if (known) return known;
    this.#refuse("format", said("unknown_format", { known: ROW_FORMATS.join(", ") }));
    return null;
  }

  contexts(field: "contexts" | "reference_contexts"): Contexts {
    const none = { texts: null, received: 0, swallowed: new Map<string, unknown>() };
    const { value, name, isBlank } = this.#pick(field);
    if (isBlank && field === "contexts") {
      warn(this.#notes, said("contexts_empty", { field: name }));
    }
    if (value === null) return none;
    const separator = this.#given.get("context_separator");
    return readContexts(value, {
      field: name,
      separator:
        typeof separator === "string" && separator !== "" && separator !== "None"
          ? separator
          : null,
      spilled: field === "contexts" && this.#isTorn ? this.#unknownFields() : null,
      notes: this.#notes,
    });
  }

  ids(field: "retrieved_ids" | "reference_ids"): string[] | null {
    const { value, name } = this.#pick(field);
    if (value === null) return null;
    const ids = readIds(value);
    if (!ids) this.#refuse(name, said("ids_no_list", { field: name }));
    return ids?.map(wellFormed) ?? null;
  }

  criteria(): Record<string, unknown>[] | null {
    const { value } = this.#pick("criteria");
    if (value === null) return null;
    const criteria = readCriteria(value);
    if (!criteria) {
      this.#refuse("criteria", said("criteria_no_list"));
      return null;
    }
    const doubled = findDoubledName(criteria);
    if (doubled !== null) {
      const shown = JSON.stringify(doubled.slice(0, 60));
      this.#refuse("criteria", said("criterion_doubled", { name: shown }));
    }
    return criteria.length > 0 ? criteria : null;
  }

  /** Those of the saved criteria that `metrics` names. */
  namedCriteria(saved: readonly CriterionRequest[]): CriterionRequest[] | null {
    const { value } = this.#pick("metrics");
    if (saved.length === 0 || value === null || isLong(value)) return null;
    const named = new Set(readMetrics(value)?.unknown);
    const found = saved.filter(({ name }) => named.has(criterionMetric(name)));
    return found.length > 0 ? found : null;
  }

  /** Empty when only criteria are named. */
  metrics(criteria: readonly { name?: unknown }[]): MetricName[] | null {
    const { value } = this.#pick("metrics");
    if (value === null) return null;
    const read = isLong(value) ? null : readMetrics(value);
    if (!read) {
      this.#refuse("metrics", said("metrics_no_list"));
      return null;
    }
    const own = new Set(criteria.map(({ name }) => `${CRITERION_PREFIX}${name}`));
    const unknown = read.unknown.filter((name) => !own.has(name));
    for (const name of unknown.slice(0, 5)) {
      const shown = JSON.stringify(wellFormed(name.slice(0, 60)));
      const why = name.startsWith(CRITERION_PREFIX)
        ? said("unknown_criterion", { name: shown })
        : said("unknown_metric", { name: shown, known: METRIC_NAMES.join(", ") });
      this.#refuse("metrics", why);
    }
    const namesAny = read.metrics.length > 0 || read.unknown.length > 0;
    return namesAny ? read.metrics : null;
  }

  tags(): Record<string, string> | null {
    const { value } = this.#pick("tags");
    if (value === null) return null;
    const tags = isLong(value) ? null : readTags(value);
    if (!tags) {
      this.#refuse("tags", said("tags_no_object"));
      return null;
    }
    const pairs = Object.entries(tags).map(([k, v]) => [wellFormed(k), wellFormed(v)] as const);
    return pairs.length > 0 ? Object.fromEntries(pairs) : null;
  }

  /** Says of a required field why it is missing. */
  whyMissing(field: FieldName): Said {
    if (field === "answer" && this.#hasOnlyReasoning) return said("answer_only_reasoning");
    for (const name of FIELD_NAMES[field]) {
      const value = this.#given.get(name);
      const variable = typeof value === "string" ? unresolvedVariable(value) : null;
      if (variable) return said("field_is_variable", { field: name, variable });
    }
    const others = FIELD_NAMES[field]
      .slice(1)
      .reduce<string | Said>((one, other) => (one === "" ? other : said("or", { one, other })), "");
    return said("field_missing", { field, others, hint: this.#isTorn ? said("body_torn") : "" });
  }

  #unknownFields(): Record<string, unknown> {
    return Object.fromEntries([...this.#given].filter(([name]) => !isFieldName(name)));
  }

  /** The first name of the field that carries a value. `isBlank`: something was sent, but it says nothing. */
  #pick(field: FieldName): { value: unknown; name: string; isBlank: boolean } {
    let isBlank = false;
    let blankName: string = field;
    for (const name of FIELD_NAMES[field]) {
      const value = this.#given.get(name);
      if (!isMissing(value)) return { value, name, isBlank: false };
      if (typeof value !== "string") continue;
      if (this.#isMeant(field, value)) {
        this.#warnWord(name, value, true);
        return { value, name, isBlank: false };
      }
      const variable = unresolvedVariable(value);
      if (variable) this.#warnUnresolved(name, variable);
      else {
        this.#warnWord(name, value, false);
        isBlank = true;
        blankName = name;
      }
    }
    return { value: null, name: blankName, isBlank };
  }

  /**
   * A word for nothing may be the answer itself: `NaN` is what JavaScript says of 0/0, and None may be right where the
   * question speaks of it. Two bare words side by side prove nothing: a table writes both where both are missing.
   */
  #isMeant(field: FieldName, value: unknown): boolean {
    if (typeof value !== "string" || (field !== "answer" && field !== "ground_truth")) return false;
    const word = missingWord(value);
    if (word === null) return false;
    if (field === "answer" && word === "NaN") return true;
    const other = field === "answer" ? "ground_truth" : "answer";
    return [...FIELD_NAMES.question, ...FIELD_NAMES[other]].some((name) =>
      speaksOf(this.#given.get(name), word),
    );
  }

  #warnWord(name: string, value: string, isMeant: boolean): void {
    const word = missingWord(value);
    if (word === null || (!isMeant && !isToolWord(word))) return;
    warn(this.#notes, said(isMeant ? "missing_word_kept" : "missing_word", { field: name, word }));
  }

  #warnUnresolved(name: string, variable: string): void {
    warn(this.#notes, said("unresolved_variable", { field: name, variable }));
  }

  #refuse(name: string, detail: Said): void {
    this.#notes.errors.push({ pointer: pointerTo(name), detail });
  }
}

/** Longer than any list of metrics or tags can be within its limits, so not worth taking apart. */
function isLong(value: unknown): boolean {
  if (typeof value === "string" || Array.isArray(value)) return value.length > LONGEST_LIST;
  return isRecord(value) && Object.keys(value).length > LONGEST_LIST;
}
