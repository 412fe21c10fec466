import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { RedactKind } from "../contract/access.ts";
import type { ScoreRequest } from "../contract/score-request.ts";
import { type SaidWarning, said } from "../words/said.ts";
import { isRecord } from "./parse-json.ts";

/**
 * Takes personal data out of a request before anything is stored or judged. Each value becomes a numbered
 * placeholder, the same value the same number in every field, so an answer that names another phone number than
 * its source still differs from it. Patterns are bounded: the time grows with the length of the text only.
 */
export function redactRequest(
  request: ScoreRequest,
  kinds: readonly RedactKind[],
): { request: ScoreRequest; warnings: SaidWarning[] } {
  if (kinds.length === 0) return { request, warnings: [] };
  const known = new Placeholders();
  const clean = (text: string) => redactText(text, kinds, known);
  const cleanAll = (texts: string[] | null) => texts?.map(clean) ?? null;
  const redacted: ScoreRequest = {
    ...request,
    question: clean(request.question),
    answer: clean(request.answer),
    contexts: cleanAll(request.contexts),
    ground_truth: request.ground_truth === null ? null : clean(request.ground_truth),
    reference_contexts: cleanAll(request.reference_contexts),
    criteria: request.criteria?.map((one) => ({ ...one, text: clean(one.text) })) ?? null,
    name: request.name === null ? null : clean(request.name),
  };
  if (known.total === 0) return { request, warnings: [] };
  const warning = said("redacted", { total: known.total, counts: known.counts() });
  return { request: redacted, warnings: [warning] };
}

/** What stands for a value of a kind. */
interface Replacements {
  of(kind: RedactKind, value: string): string;
}

/** Numbers each distinct value of a kind in order of appearance. */
class Placeholders implements Replacements {
  readonly #numbers = new Map<string, string>();
  readonly #next = new Map<RedactKind, number>();

  get total(): number {
    return this.#numbers.size;
  }

  of(kind: RedactKind, value: string): string {
    return this.number(kind, canonical(kind, value));
  }

  /** Of a value by what tells it from others. */
  number(kind: RedactKind, value: string): string {
    const key = `${kind} ${value}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = (this.#next.get(kind) ?? 0) + 1;
    this.#next.set(kind, number);
    const placeholder = `[${LABELS[kind]} ${number}]`;
    this.#numbers.set(key, placeholder);
    return placeholder;
  }

  counts(): string {
    return [...this.#next].map(([kind, count]) => `${LABELS[kind]}: ${count}`).join(", ");
  }
}

const LABELS: Record<RedactKind, string> = {
  email: "EMAIL",
  phone: "PHONE",
  cn_id: "ID",
  card: "CARD",
};

/** The more specific first: an identity number is also a run of digits. */
const ORDER: readonly RedactKind[] = ["email", "cn_id", "card", "phone"];

const PATTERNS: Record<RedactKind, RegExp> = {
  email: /[\w.%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}/gi,
  // Region, date of birth, sequence, check digit.
  cn_id:
    /(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?!\d)/gi,
  card: /(?<![\d-])\d(?:[ -]?\d){12,18}(?!\d)/g,
  // Chinese mobile; Chinese land line; international with a plus; North American.
  phone:
    /(?<![\d.])(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<![\d.-])\(?0\d{2,3}\)?[ -]?\d{7,8}(?![\d-])|(?<!\d)\+[1-9]\d{0,2}(?:[ ().-]{0,2}\d){6,12}(?!\d)|(?<![\d.-])(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4}(?![\d-])/g,
};

/**
 * Where the parts of a sample come one by one, nobody can number across them: a value becomes a mark, the same in every
 * part of the same whole, and `numberMarks` numbers the marks once all are there. Three bytes of a digest tell two values
 * of one sample apart, and are too few to find a value by trying.
 */
export class Marks implements Replacements {
  readonly #whole: string;

  constructor(whole: string) {
    this.#whole = whole;
  }

  of(kind: RedactKind, value: string): string {
    const digest = sha256(utf8ToBytes(JSON.stringify([this.#whole, kind, canonical(kind, value)])));
    return `[${LABELS[kind]} #${bytesToHex(digest.subarray(0, 3))}]`;
  }
}

const MARK = /\[(EMAIL|PHONE|ID|CARD) #([0-9a-f]{6})\]/g;

/** Texts with marks → with numbered placeholders, and what is to be said of them. */
export function numberMarks(texts: readonly string[]): {
  texts: string[];
  warnings: SaidWarning[];
} {
  const known = new Placeholders();
  const numbered = texts.map((text) =>
    text.replace(MARK, (mark, label: string, digest: string) => {
      const kind = ORDER.find((one) => LABELS[one] === label);
      return kind === undefined ? mark : known.number(kind, digest);
    }),
  );
  if (known.total === 0) return { texts: numbered, warnings: [] };
  const warning = said("redacted", { total: known.total, counts: known.counts() });
  return { texts: numbered, warnings: [warning] };
}

export function redactText(
  text: string,
  kinds: readonly RedactKind[],
  known: Replacements = new Placeholders(),
): string {
  let clean = text;
  for (const kind of ORDER) {
    if (kinds.includes(kind)) clean = replaceKind(clean, kind, known);
  }
  return clean;
}

/** The same over every text of a value, for what was sent and is no request. */
export function redactValue(
  value: unknown,
  kinds: readonly RedactKind[],
  known: Replacements = new Placeholders(),
): unknown {
  if (typeof value === "string") return redactText(value, kinds, known);
  if (typeof value === "number") {
    const text = String(value);
    const clean = redactText(text, kinds, known);
    return clean === text ? value : clean;
  }
  if (Array.isArray(value)) return value.map((item) => redactValue(item, kinds, known));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([name, one]) => [name, redactValue(one, kinds, known)]));
}

function replaceKind(text: string, kind: RedactKind, known: Replacements): string {
  const pieces: string[] = [];
  let from = 0;
  for (const match of halfWidth(text).matchAll(PATTERNS[kind])) {
    const [value] = match;
    if (kind === "card" && !hasLuhnDigit(value)) continue;
    pieces.push(text.slice(from, match.index), known.of(kind, value));
    from = match.index + value.length;
  }
  if (from === 0) return text;
  return pieces.join("") + text.slice(from);
}

/** １３８＠ and the like, one code unit for one, so that positions stay. */
function halfWidth(text: string): string {
  return text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function canonical(kind: RedactKind, value: string): string {
  if (kind === "email") return value.toLowerCase();
  const digits = value.replace(/[^\dx]/gi, "").toLowerCase();
  return kind === "phone" ? digits.replace(/^(?:00)?86(?=1\d{10}$)/, "") : digits;
}

/** The check digit of payment cards (ISO/IEC 7812): keeps order numbers from being taken for cards. */
function hasLuhnDigit(value: string): boolean {
  const digits = value.replace(/\D/g, "");
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighted = index % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
