import { numberTerm } from "./numerals.ts";
import { toBase, type Unit } from "./units.ts";

/** How a number is meant: above, below, about or exactly; absent: as it stands. */
export type Bound = ">" | ">=" | "<" | "<=" | "~" | "=";

/** A number as a value. Two are comparable when their dimensions are. */
export interface Quantity {
  /** In the base unit of the dimension. */
  value: number;
  /** As written, before any conversion: what a number without a unit is compared with. */
  bare: number;
  /** Of `units.ts`; of dates `y`, `mon`, `d`, `wd`, `q`, `clock`; `ver` for a version; empty: a plain number. */
  dimension: string;
  bound?: Bound;
}

/** What one number of a text becomes. */
export interface ReadQuantity {
  /** Its comparable form: `#120`, `#1500m`, `#3.5%`, `m:12`, `t:900` (15:00), `x:3.10`. */
  term: string;
  /** Other forms it may stand for: the other order of a date, the number without its unit. */
  also: string[];
  quantity: Quantity;
}

export function plainNumber(value: number, dimension = ""): ReadQuantity {
  return { term: numberTerm(value), also: [], quantity: { value, bare: value, dimension } };
}

/** `~5` is a 5 of any unit: how a bare 5 finds "5 km". */
export function measured(bare: number, unit: Unit): ReadQuantity {
  const { value, dimension } = toBase(bare, unit);
  return {
    term: numberTerm(value, dimension),
    also: [looseTerm(bare), ...(dimension === "zhe" ? [discountOf(bare)] : [])],
    quantity: { value, bare, dimension },
  };
}

/** 八折 is 20 % off, 八五折 15 %. */
function discountOf(bare: number): string {
  return numberTerm(tidy(1 - bare / (bare < 10 ? 10 : 100)), "%");
}

/** A quarter is 25 % too. */
export function shareOf(part: number): ReadQuantity {
  return { ...plainNumber(part), also: [numberTerm(tidy(part * 100), "%")] };
}

/** Without what binary fractions leave behind: a third is 33.33 %. */
function tidy(percent: number): number {
  return Math.round(percent * 100) / 100;
}

export function looseTerm(value: number): string {
  return `~${numberTerm(value).slice(1)}`;
}

export function monthOf(month: number): ReadQuantity {
  return {
    term: `m:${month}`,
    also: [],
    quantity: { value: month, bare: month, dimension: "mon" },
  };
}

export function weekdayOf(day: number): ReadQuantity {
  return { term: `w:${day}`, also: [], quantity: { value: day, bare: day, dimension: "wd" } };
}

export function clockOf(minutes: number): ReadQuantity {
  return {
    term: `t:${minutes}`,
    also: [],
    quantity: { value: minutes, bare: minutes, dimension: "clock" },
  };
}

/** A version, section or address: equal only when written alike (3.1 is not 3.10). */
export function versionOf(text: string): ReadQuantity {
  // Its parts as digits of one number, so that 3.10 and 3.1 differ.
  const value = text.split(".").reduce((sum, part) => sum * 10_000 + Number(part), 0);
  return {
    term: `x:${text}`,
    also: [],
    quantity: { value, bare: Number.parseFloat(text), dimension: "ver" },
  };
}

/** Year, month and day; where the order is open, month and day may each be the other. */
export function dateOf(
  year: number | null,
  month: number,
  day: number,
  isOpen = false,
): ReadQuantity[] {
  const parts = [monthOf(month), plainNumber(day, "d")];
  if (isOpen && month !== day) {
    parts[0]?.also.push(`m:${day}`);
    parts[1]?.also.push(numberTerm(month));
  }
  return year === null ? parts : [plainNumber(year, "y"), ...parts];
}

const DATE_PARTS = new Set(["mon", "d", "wd", "clock", "q"]);

/** Could the two be said of the same thing? A plain number may be of any unit that is not a part of a date. */
export function areComparable(a: Quantity, b: Quantity): boolean {
  if (a.dimension === b.dimension) return true;
  if (a.dimension !== "" && b.dimension !== "") {
    return (isMoney(a) && isMoney(b)) || (isTime(a) && isTime(b)) || (isShare(a) && isShare(b));
  }
  const [plain, other] = a.dimension === "" ? [a, b] : [b, a];
  // A year is the like of a plain number only when that could be a year too.
  return other.dimension === "y"
    ? plain.bare >= 1000 && plain.bare < 3000
    : !DATE_PARTS.has(other.dimension);
}

function isTime({ dimension }: Quantity): boolean {
  return dimension === "s" || dimension === "mo";
}

function isShare({ dimension }: Quantity): boolean {
  return dimension === "%" || dimension === "pp";
}

const SECONDS_A_MONTH = 2_629_746;

/** Both values on one scale; null where the units say that they cannot be equal. */
function onOneScale(a: Quantity, b: Quantity): [number, number] | null {
  if (a.dimension === b.dimension) return [a.value, b.value];
  if (a.dimension === "" || b.dimension === "") return [a.bare, b.bare];
  if (!isTime(a) || !isTime(b)) return null;
  const seconds = ({ value, dimension }: Quantity) =>
    dimension === "s" ? value : value * SECONDS_A_MONTH;
  return [seconds(a), seconds(b)];
}

/** Written with units of one kind that cannot be equal: 30 minutes and 30 seconds, €30 and $30. */
function isMoney({ dimension }: Quantity): boolean {
  return /^[A-Z]{3}$/.test(dimension);
}

const SECONDS_A_DAY = 86_400;

/** 七日内 reads as the seventh and is seven days. */
function isSameDays(a: Quantity, b: Quantity): boolean {
  const [date, time] = a.dimension === "d" ? [a, b] : [b, a];
  return (
    date.dimension === "d" && time.dimension === "s" && date.bare * SECONDS_A_DAY === time.value
  );
}

/** "A day", 一天, "per month": how often, not how long. */
export function isRate({ bare, dimension }: Quantity): boolean {
  return bare === 1 && (dimension === "s" || dimension === "mo");
}

const LIMITS: ReadonlySet<Bound> = new Set([">=", "<="]);

/** Does what `source` states make what `claim` states true? "116" makes "more than 100" true. */
export function implies(source: Quantity, claim: Quantity): boolean {
  if (isSameDays(source, claim)) return true;
  const scaled = areComparable(source, claim) ? onOneScale(source, claim) : null;
  if (!scaled) return false;
  const [s, c] = scaled;
  // A month has no exact number of days: 365 days are twelve months.
  const slack =
    source.dimension !== claim.dimension && isTime(source) && isTime(claim) ? 0.02 : 1e-8;
  const isEqual = Math.abs(s - c) <= slack * Math.max(Math.abs(s), Math.abs(c));
  const { bound = "=" } = source;
  // "At most 23" would make "at most 32" true, but who states a limit states which.
  if (bound === claim.bound && LIMITS.has(bound)) return isEqual;
  switch (claim.bound) {
    case ">":
    case ">=":
      return bound.startsWith("<")
        ? false
        : s > c || (isEqual && (claim.bound === ">=" || bound.startsWith(">")));
    case "<":
    case "<=":
      return bound.startsWith(">")
        ? false
        : s < c || (isEqual && (claim.bound === "<=" || bound.startsWith("<")));
    case "~":
      return isEqual || (bound !== "<" && bound !== ">" && Math.abs(s - c) <= 0.05 * Math.abs(s));
    case "=":
      return isEqual && bound !== "~";
    default:
      return isEqual;
  }
}

/** 78.15 °C and 78.1 °C: one of them is rounded. */
const ROUNDED = 0.01;
const EXACT = new Set(["y", "d", "mon", "wd", "q", "clock", "ver"]);

/** Neither true nor false by what is told: within a bound ("up to 30 days"), or the same rounded, or just at the bound. */
export function leavesOpen(told: Quantity, said: Quantity): boolean {
  if (!areComparable(told, said) || EXACT.has(told.dimension)) return false;
  if (told.bound && !said.bound && told.dimension === said.dimension) {
    if (told.bound.startsWith("<") && said.value < told.value) return true;
    if (told.bound.startsWith(">") && said.value > told.value) return true;
  }
  // "Exactly 300" for "about 300" is an invention, "at most 12" for "at least 12" the opposite.
  if (said.bound === "=" || (said.bound && told.bound && said.bound[0] !== told.bound[0]))
    return false;
  const scaled = onOneScale(told, said);
  if (!scaled) return false;
  const [a, b] = scaled;
  return (
    a === b ||
    (Math.abs(a - b) <= ROUNDED * Math.abs(a) &&
      !(Number.isInteger(told.bare) && Number.isInteger(said.bare)))
  );
}

/** 20 公斤 is told by 16 至 25 公斤. */
export function isBetween({ value }: Quantity, from: Quantity, to: Quantity): boolean {
  return from.value < value && value < to.value;
}

const BEFORE_ENGLISH =
  /(?:\b(?:(more than|over|above|exceed(?:s|ed|ing)?|greater than|upwards of)|(at least|no (?:less|fewer) than|not less than|minimum of)|(less than|fewer than|under|below)|(at (?:the )?most|up to|as (?:many|much) as|no (?:more|bigger|larger|higher|later|longer) than|not more than|maximum of|not exceed(?:ing)?|limited to|capped at)|(about|around|approximately|roughly|nearly|almost|circa|some|an estimated)|(exactly|precisely))|([~≈]))[ ]?(?:[$€£¥])?$/i;
const BEFORE_HAN =
  /(?:(超过|多于|大于|高于|逾|突破)|(至少|不(?:得|能|可|应)?(?:少于|低于|小于|早于)|最少|起码|下限)|(少于|小于|低于|不足|不到|未满)|(至多|最多|不(?:得|能|可|应)?(?:超过|多于|高于|大于|晚于|迟于)|上限)|(大约|约|近|将近|大概|左右)|(恰好|正好|刚好))(?:只|仅|能|可以?|需要?|须|要|会|有|为|是|达|到|等|隔){0,3}$/;
const BEHIND =
  /^(?:\s?(\+|多|余)|[人个名位家件岁项]?(?:(及?以上|\s?or (?:more|above|older|higher)\b)|(以下|以内|之内|\s?or (?:less|fewer|below|younger)\b)|(左右|上下)))/i;
const BOUNDS: readonly Bound[] = [">", ">=", "<", "<=", "~", "="];
const LOOK_BACK = 24;

/** Words before and behind a number that make it a bound or an estimate. */
export function readBound(text: string, start: number, end: number): Bound | undefined {
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  const match = BEFORE_ENGLISH.exec(before) ?? BEFORE_HAN.exec(before);
  if (match) {
    const at = match.slice(1).findIndex((group) => group !== undefined);
    return at === 6 ? "~" : BOUNDS[at];
  }
  const behind = BEHIND.exec(text.slice(end, end + 12));
  if (!behind) return undefined;
  if (behind[1] !== undefined) return ">";
  if (behind[2] !== undefined) return ">=";
  return behind[3] !== undefined ? "<=" : "~";
}
