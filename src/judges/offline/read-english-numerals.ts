import {
  readFraction,
  readMonth,
  readNumberWord,
  readOrdinal,
  readWeekday,
  scaleOf,
} from "./numerals.ts";
import {
  measured,
  monthOf,
  plainNumber,
  type ReadQuantity,
  shareOf,
  weekdayOf,
} from "./quantity.ts";
import { readUnit } from "./units.ts";

export interface EnglishQuantity {
  read: ReadQuantity;
  /** Index behind the words. */
  end: number;
}

const NEXT_WORD = /[ -](?:and )?([a-z]+)/iy;
const AND_A_HALF = / and a half(?![a-z])/iy;
const FIRSTS: ReadonlyMap<string, number> = new Map([
  ["first", 1],
  ["second", 2],
]);

/** The number, month or weekday whose first word stands at `start`..`end`; null when the words are none. */
export function readEnglish(text: string, start: number, end: number): EnglishQuantity | null {
  const word = text.slice(start, end);
  const lower = word.toLowerCase();
  const month =
    /^\p{Lu}{3,}$/u.test(word) && /^(?:MAY|MARCH|MAR)$/.test(word) ? null : readMonth(word);
  if (month !== null) return { read: monthOf(month), end };
  const weekday = readWeekday(lower);
  if (weekday !== null) return { read: weekdayOf(weekday), end };
  if (lower === "twice") return { read: measured(2, { dimension: "x", factor: 1 }), end };
  if (lower === "half") return readHalf(text, end);
  const ordinal = readOrdinal(lower);
  if (ordinal !== null && !isFraction(text, start, end, lower))
    return { read: plainNumber(ordinal), end };
  if (readFraction(lower) !== null) return readLoneFraction(text, start, end, lower);
  return readCardinal(text, end, lower);
}

/** "a third", "two thirds", "third of the": a fraction; "the third": an ordinal. */
function isFraction(text: string, start: number, end: number, lower: string): boolean {
  if (readFraction(lower) === null) return false;
  return (
    lower.endsWith("s") ||
    (/\b(?:a|one) $/i.test(text.slice(Math.max(0, start - 4), start)) &&
      /^ (?:of|as|the)\b/.test(text.slice(end, end + 4)))
  );
}

function readLoneFraction(
  text: string,
  start: number,
  end: number,
  lower: string,
): EnglishQuantity | null {
  const below = readFraction(lower);
  return below !== null && isFraction(text, start, end, lower)
    ? { read: shareOf(1 / below), end }
    : null;
}

const HALF_OF = / (?:an? |of an? )?/iy;

/** "half an hour", "half a million", "half of". */
function readHalf(text: string, end: number): EnglishQuantity {
  HALF_OF.lastIndex = end;
  const at = HALF_OF.exec(text) ? HALF_OF.lastIndex - 1 : end;
  return finish(text, 0.5, at) ?? { read: shareOf(0.5), end };
}

function readCardinal(text: string, end: number, first: string): EnglishQuantity | null {
  let total = 0;
  let section = 0;
  let at = end;
  let word = first;
  let words = 0;
  for (;;) {
    const small = word === "one" ? 1 : readNumberWord(word);
    const scale = scaleOf(word);
    const ordinal = words > 0 ? (FIRSTS.get(word) ?? readOrdinal(word)) : null;
    if (
      small !== null &&
      (section % 100 === 0 || (section % 100 >= 20 && section % 10 === 0 && small < 10))
    )
      section += small;
    else if (word === "hundred" && (section > 0 || words === 0)) section = (section || 1) * 100;
    else if (word === "dozen") section = (section || 1) * 12;
    else if (scale >= 1000 && word.length > 1) {
      total += (section || 1) * scale;
      section = 0;
    } else if (ordinal !== null && section % 100 >= 20 && section % 10 === 0 && ordinal < 10) {
      return { read: plainNumber(total + section + ordinal), end: at };
    } else break;
    words++;
    end = at;
    NEXT_WORD.lastIndex = end;
    const next = NEXT_WORD.exec(text);
    if (!next) break;
    word = (next[1] ?? "").toLowerCase();
    at = end + next[0].length;
    if (next[0].includes("and ") && section % 100 !== 0) break;
  }
  if (words === 0) return null;
  const below = readFraction(word);
  if (below !== null && below > 2 && section > 0 && section < below && at > end) {
    return { read: shareOf(section / below), end: at };
  }
  const value = total + section;
  const share = readOutOf(text, value, end);
  if (share) return share;
  // "hundreds", "a hundred" without a count and "one" as a pronoun are read only where an amount follows.
  AND_A_HALF.lastIndex = end;
  const half = AND_A_HALF.exec(text);
  const behind = half ? end + half[0].length : end;
  const measuredRead = finish(text, half ? value + 0.5 : value, behind);
  if (measuredRead) return measuredRead;
  if (first === "one" && words === 1 && !half) return null;
  return { read: plainNumber(half ? value + 0.5 : value), end: behind };
}

/** "Three out of four", "one in ten", "3 out of 4": a share. */
const OUT_OF = / (?:out of|in) (?:every )?([a-z]+|\d{1,4})(?![a-z\d,.%])/iy;

export function readOutOf(text: string, value: number, at: number): EnglishQuantity | null {
  OUT_OF.lastIndex = at;
  const match = OUT_OF.exec(text);
  const whole = match?.[1]?.toLowerCase() ?? "";
  const of = /^\d/.test(whole) ? Number(whole) : readNumberWord(whole);
  if (!match || of === null || of < 2 || value >= of) return null;
  // "Two in three weeks" counts weeks; "five in 2019" is no share either.
  if (match[0].startsWith(" in") && (value !== 1 || of > 1000)) return null;
  return { read: shareOf(value / of), end: at + match[0].length };
}

/** The value with the scale and the unit behind it; null when neither follows. */
function finish(text: string, value: number, at: number): EnglishQuantity | null {
  const scaled = / (hundred|thousand|million|billion|trillion)(?![a-z])/iy;
  scaled.lastIndex = at;
  const scale = scaled.exec(text);
  const behind = scale ? at + scale[0].length : at;
  const unit = readUnit(text, behind);
  if (unit) return { read: measured(value * scaleOf(scale?.[1]), unit), end: unit.end };
  return scale ? { read: plainNumber(value * scaleOf(scale[1])), end: behind } : null;
}
