import { scaleOf } from "./numerals.ts";
import {
  clockOf,
  dateOf,
  measured,
  monthOf,
  plainNumber,
  type ReadQuantity,
  versionOf,
} from "./quantity.ts";
import { readOutOf } from "./read-english-numerals.ts";
import { readUnit, type Unit, unitNamed } from "./units.ts";

/** A run of digits with what may stand between them. One of more parts is a list, whatever its length, and read in pieces. */
export const DIGIT_RUN = String.raw`\d+(?:[.,:]\d+|[\-–—~\/]\d+){0,63}`;

export interface ReadRun {
  read: ReadQuantity[];
  /** Index behind everything that belongs to the number: scale, unit, suffix. */
  end: number;
}

const ISO = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const LOCAL = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const DIGITS = /^\d+$/;
const COMPACT_LENGTH = 8;
const COMPACT = /^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
const YEAR_MONTH = /^(\d{4})[-/.](0?[1-9]|1[0-2])$/;
const YEARS = /^(\d{4})[-–—~/](\d{2}|\d{4})$/;
const CLOCK = /^([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?$/;
const VERSION = /^\d+(?:\.\d+){2,}$/;
const GROUPED_COMMA = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const GROUPED_DOT = /^\d{1,3}(?:\.\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$/;
const DECIMAL_COMMA = /^\d+,\d{1,2}$/;
const DECIMAL = /^\d+\.\d+$/;
const SCALE =
  / ?(hundred|thousand|million|billion|trillion|mn|bn|crore|lakh)s?(?![\p{L}])|(k|K|M|B)(?![\p{L}\d])|(万亿|百万|千万|亿|万|千(?![米克瓦卡])|百)/uy;
/** "$8.2m": behind an amount of money m and b are scales. */
const MONEY_SCALE = / ?([mbk])(?![\p{L}\d])/iuy;
const HALF_DAY = / ?(am|pm)(?![\p{L}])/iuy;
const SUFFIX = /(?:st|nd|rd|th)(?![\p{L}])|'?s(?![\p{L}])|年代|世纪/uy;
const HAN_SUFFIX =
  /(年)(?!代)|(月)份?(?!球)|([日号])(?![线楼])|(点钟?)(?:整|(半)|([0-5]?\d)分)?|季度()/uy;
const CURRENCY_SIGN = /(US\$|HK\$|NT\$|[$€£¥₹])\s?$/;

/**
 * Reads the digits that stand at `start`..`end` of a folded text as values: a date in any usual order, a clock time, a
 * version, a range, an amount with sign, scale, unit and currency. `isNamed`: a name stands right before ("Python 3.10").
 */
export function readDigits(text: string, start: number, end: number, isNamed: boolean): ReadRun {
  const run = text.slice(start, end);
  // Most numbers; only eight digits together can be a date.
  if (run.length !== COMPACT_LENGTH && DIGITS.test(run))
    return readAmount(text, start, end, run, Number(run), isNamed);
  const date = readDate(run);
  if (date) return { read: date, end };
  const clock = CLOCK.exec(run);
  if (clock) return readClock(text, start, end, Number(clock[1]), Number(clock[2]));
  if (VERSION.test(run) && !GROUPED_DOT.test(run)) return { read: [versionOf(run)], end };
  const value = readValue(run);
  if (value !== null) return readAmount(text, start, end, run, value, isNamed);
  return readParts(text, start, run, isNamed);
}

function readDate(run: string): ReadQuantity[] | null {
  const iso = ISO.exec(run) ?? COMPACT.exec(run);
  if (iso) {
    const [year = 0, month = 0, day = 0] = iso
      .slice(1)
      .filter((part) => /\d/.test(part))
      .map(Number);
    return isDay(month, day) ? dateOf(year, month, day) : null;
  }
  const local = LOCAL.exec(run);
  if (local) {
    const [first, second, year] = [Number(local[1]), Number(local[3]), Number(local[4])];
    if (local[2] === "." && isDay(second, first)) return dateOf(year, second, first);
    if (!isDay(first, second)) return isDay(second, first) ? dateOf(year, second, first) : null;
    return dateOf(year, first, second, second <= 12);
  }
  const years = YEARS.exec(run);
  if (years) {
    const [from, to] = [Number(years[1]), Number(years[2])];
    const last = to < 100 ? Math.floor(from / 100) * 100 + to : to;
    const month = YEAR_MONTH.exec(run);
    if (month && run.includes("-") && last !== from + 1) {
      const part = monthOf(Number(month[2]));
      if (last > from) part.also.push(`#${last}`);
      return [plainNumber(from, "y"), part];
    }
    if (last > from) return [plainNumber(from, "y"), plainNumber(last, "y")];
  }
  return null;
}

function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function readClock(
  text: string,
  start: number,
  end: number,
  hour: number,
  minute: number,
): ReadRun {
  HALF_DAY.lastIndex = end;
  const half = HALF_DAY.exec(text);
  const isLate = half ? half[1]?.toLowerCase() === "pm" : isAfternoon(text, start);
  return {
    read: [
      clockOf(
        (isLate && hour < 12 ? hour + 12 : half && !isLate && hour === 12 ? 0 : hour) * 60 + minute,
      ),
    ],
    end: half ? end + half[0].length : end,
  };
}

/** 下午三点, 晚上8:00. */
export function isAfternoon(text: string, start: number): boolean {
  return /(?:下午|晚上|傍晚|夜里)\s?$/.test(text.slice(Math.max(0, start - 3), start));
}

function readValue(run: string): number | null {
  if (DIGITS.test(run) || DECIMAL.test(run)) return Number(run);
  if (GROUPED_COMMA.test(run)) return Number(run.replaceAll(",", ""));
  if (GROUPED_DOT.test(run) || DECIMAL_COMMA.test(run)) {
    return Number(run.replaceAll(".", "").replace(",", "."));
  }
  return null;
}

function readAmount(
  text: string,
  start: number,
  end: number,
  run: string,
  bare: number,
  isNamed: boolean,
): ReadRun {
  const before = text.slice(Math.max(0, start - 8), start);
  const money = CURRENCY_SIGN.exec(before);
  const signed = readSign(money ? before.slice(0, money.index) : before) * bare;
  let at = end;
  let scale = 1;
  SCALE.lastIndex = at;
  MONEY_SCALE.lastIndex = at;
  const scaled = SCALE.exec(text);
  const letter = scaled ? null : money && MONEY_SCALE.exec(text);
  if (scaled)
    scale = scaleOf(
      (scaled[1] ?? scaled[2] ?? scaled[3])?.replace("M", "million").replace("B", "billion"),
    );
  else if (letter) scale = { m: 1e6, b: 1e9, k: 1e3 }[(letter[1] ?? "").toLowerCase()] ?? 1;
  at += (scaled ?? letter)?.[0].length ?? 0;
  const value = signed * scale;
  const unit = money ? unitNamed(money[1] ?? "") : null;
  const found = readUnit(text, at);
  if (unit)
    return {
      read: [measured(value, unit)],
      end: found && found.dimension === unit.dimension ? found.end : at,
    };
  if (found) return { read: [measured(value, found)], end: found.end };
  if (scale === 1 && !scaled) {
    const share = readOutOf(text, value, at);
    if (share) return { read: [share.read], end: share.end };
    const suffixed = readSuffix(text, start, at, signed, run);
    if (suffixed) return suffixed;
    if (DECIMAL.test(run))
      return { read: [isNamed ? versionOf(run) : decimal(value, run)], end: at };
  }
  const isYear = scale === 1 && /^[12]\d{3}$/.test(run);
  return { read: [plainNumber(value, isYear ? "y" : "")], end: at };
}

/** "3.10" may be a version; "1.234" may be German for 1234. */
function decimal(value: number, run: string): ReadQuantity {
  const read = plainNumber(value);
  read.also.push(`x:${run}`);
  if (/^\d{1,3}\.\d{3}$/.test(run)) read.also.push(`#${run.replace(".", "")}`);
  return read;
}

function readSuffix(
  text: string,
  start: number,
  at: number,
  value: number,
  run: string,
): ReadRun | null {
  HALF_DAY.lastIndex = at;
  const half = HALF_DAY.exec(text);
  if (half && value <= 12) return readClock(text, start, at, value, 0);
  HAN_SUFFIX.lastIndex = at;
  const han = HAN_SUFFIX.exec(text);
  if (han) {
    const end = at + han[0].length;
    const [, year, month, day, clock, halfPast, minutes, quarter] = han;
    if (year) return { read: [readYears(value, run)], end };
    if (month && value >= 1 && value <= 12) return { read: [monthOf(value)], end };
    if (day && value >= 1 && value <= 31) return { read: [plainNumber(value, "d")], end };
    if (clock && value <= 24 && isClock(text, start, han[0])) {
      const hour = isAfternoon(text, start) && value < 12 ? value + 12 : value;
      return { read: [clockOf(hour * 60 + (halfPast ? 30 : Number(minutes ?? 0)))], end };
    }
    if (quarter !== undefined) return { read: [plainNumber(value, "q")], end };
  }
  SUFFIX.lastIndex = at;
  const suffix = SUFFIX.exec(text);
  return suffix ? { read: [plainNumber(value)], end: at + suffix[0].length } : null;
}

/** 2024年 is a year, 3年 a time of three years. */
export function readYears(value: number, run: string): ReadQuantity {
  if (/^[12]\d{3}$/.test(run) || value >= 1000) return plainNumber(value, "y");
  return measured(value, YEAR);
}

const YEAR: Unit = { dimension: "mo", factor: 12 };

/** 三点 is a time beside a time of day or with 钟, 半 or minutes; elsewhere points or "3.". */
export function isClock(text: string, start: number, suffix: string): boolean {
  if (suffix.length > 1) return true;
  return /(?:早上|上午|下午|晚上|凌晨|中午|傍晚|夜里|早晨|清晨)\s?$/.test(
    text.slice(Math.max(0, start - 3), start),
  );
}

function readSign(before: string): number {
  return /(?:(?:^|[\s(（,，:：为是])[-−–]|零下|负|\bminus )$/iu.test(before) &&
    !/\d\s?[-−–]$/.test(before)
    ? -1
    : 1;
}

/** A range, a score, a fraction: each number by itself; the unit behind the last is that of the range. */
function readParts(text: string, start: number, run: string, isNamed: boolean): ReadRun {
  const pieces = [...run.matchAll(/\d+(?::[0-5]\d(?!\d)|(?:[.,]\d+)*)/g)];
  let end = start + run.length;
  const read = pieces.flatMap((piece, i) => {
    const from = start + piece.index;
    const to = from + piece[0].length;
    const clock = CLOCK.exec(piece[0]);
    if (clock) {
      const one = readClock(text, from, to, Number(clock[1]), Number(clock[2]));
      if (i === pieces.length - 1) end = one.end;
      return one.read;
    }
    const value = readValue(piece[0]);
    if (value === null)
      return [...piece[0].matchAll(/\d+/g)].map(([digits]) => plainNumber(Number(digits)));
    if (i < pieces.length - 1) return [plainNumber(value)];
    const last = readAmount(text, from, to, piece[0], value, isNamed && pieces.length === 1);
    end = last.end;
    return last.read;
  });
  spreadUnit(read);
  return { read, end };
}

/** "2–8 °C": the first number has the unit of the second. */
function spreadUnit(read: ReadQuantity[]): void {
  const last = read.at(-1)?.quantity;
  if (!last || last.dimension === "" || last.bare === 0) return;
  for (const one of read.slice(0, -1)) {
    if (one.quantity.dimension !== "" || !Number.isFinite(last.value / last.bare)) continue;
    Object.assign(one, withUnitOf(one.quantity.bare, last));
  }
}

/** `bare` in the unit `other` is written in. */
export function withUnitOf(
  bare: number,
  { value, bare: unit, dimension }: ReadQuantity["quantity"],
): ReadQuantity {
  if (["d", "q", "wd", "mon", "clock", "ver", "y"].includes(dimension))
    return plainNumber(bare, dimension);
  // Degrees whose value was converted were Fahrenheit.
  if (dimension === "C" && value !== unit) return measured(bare, { dimension: "F", factor: 1 });
  return measured(bare, { dimension, factor: value / unit });
}
