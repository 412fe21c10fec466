import { readHanNumber } from "./numerals.ts";
import {
  clockOf,
  measured,
  monthOf,
  plainNumber,
  type ReadQuantity,
  shareOf,
  weekdayOf,
} from "./quantity.ts";
import { isAfternoon, isClock, readYears } from "./read-digits.ts";
import { readUnit, type Unit } from "./units.ts";

const N = "[零〇一二两三四五六七八九十百千万亿]";
const NUMERAL = `${N}+(?:点[零〇一二三四五六七八九]+)?`;
/**
 * Behind these a lone numeral is a number (三个, 五名); elsewhere it is part of a word (三星, 四川, 五粮液).
 */
const MEASURE =
  "个名位家种条件台辆座栋层届次场项只张份部本册所间艘枚颗棵匹套批期集章节款人口户组支轮页岁圈遍杯瓶袋箱桶倍步楼室篇";
const CANDIDATE = new RegExp(
  [
    `百分之(${NUMERAL})`,
    `(${N}+)分之(${N}+)`,
    `第(${N}+)(季度)?`,
    `(?<!${N}|每|半|几)(?:周|星期|礼拜)([一二三四五六日天])(?![年期部度])`,
    `(一)?半(?=年|小时|天|个|公斤|斤|里|数|数以)`,
    "一半",
    NUMERAL,
  ].join("|"),
  "gv",
);
const SUFFIX =
  /(年)(?!代)|(月)(?!球)|([日号])(?![线楼])|(点钟?)(?:整|(半)|([零〇一二三四五六七八九十]{1,3})分)?|(季度)/uy;
const NOT_A_NUMBER =
  /^(?:十分(?!之|钟)|一度|千万(?=不|别|要)|万一|一成(?=不变)|十足|百般|万般|千古|八成(?=是|会))/u;

export interface HanQuantity {
  read: ReadQuantity;
  start: number;
  end: number;
}

/** The numbers, dates and amounts written in a run of Chinese characters that stands at `from`..`to` of the text. */
export function* findHanQuantities(text: string, from: number, to: number): Generator<HanQuantity> {
  const run = text.slice(from, to);
  let last = 0;
  for (const match of run.matchAll(CANDIDATE)) {
    if (match.index < last) continue;
    const start = from + match.index;
    const found = readCandidate(text, start, match);
    if (!found || found.end > to + 2) continue;
    last = found.end - from;
    yield { ...found, start };
  }
}

function readCandidate(
  text: string,
  start: number,
  match: RegExpExecArray,
): Omit<HanQuantity, "start"> | null {
  const [whole, percent, denominator, numerator, ordinal, quarter, weekday] = match;
  const end = start + whole.length;
  if (percent !== undefined) {
    const value = readHanNumber(percent);
    return value === null ? null : { read: measured(value, PERCENT), end };
  }
  if (denominator !== undefined) {
    const [below, above] = [readHanNumber(denominator), readHanNumber(numerator ?? "")];
    return below && above !== null ? { read: shareOf(above / below), end } : null;
  }
  if (ordinal !== undefined) {
    const value = readHanNumber(ordinal);
    return value === null ? null : { read: plainNumber(value, quarter ? "q" : ""), end };
  }
  if (weekday !== undefined)
    return { read: weekdayOf(("一二三四五六日天".indexOf(weekday) % 7) + 1), end };
  if (whole.endsWith("半")) return readHalf(text, end);
  return readNumeral(text, start, whole);
}

function readHalf(text: string, end: number): Omit<HanQuantity, "start"> {
  const unit = text.charAt(end) === "年" ? { ...YEAR, end: end + 1 } : readUnit(text, end);
  return unit ? { read: measured(0.5, unit), end: unit.end } : { read: plainNumber(0.5), end };
}

function readNumeral(
  text: string,
  start: number,
  numeral: string,
): Omit<HanQuantity, "start"> | null {
  if (NOT_A_NUMBER.test(text.slice(start, start + 4))) return null;
  const hasDigit = /[一二两三四五六七八九]/.test(numeral) || numeral.length > 1 || numeral === "十";
  const whole = hasDigit ? readHanNumber(numeral) : null;
  if (whole === null) return null;
  const at = start + numeral.length;
  const withHalf = text.startsWith("个半", at)
    ? { value: whole + 0.5, at: at + 2 }
    : { value: whole, at };
  const signed = /(?:零下|负)$/.test(text.slice(Math.max(0, start - 2), start))
    ? -withHalf.value
    : withHalf.value;
  SUFFIX.lastIndex = at;
  const suffix = withHalf.at === at ? SUFFIX.exec(text) : null;
  const suffixed = suffix && readSuffixed(text, start, at, numeral, whole, suffix);
  if (suffixed) return suffixed;
  const unit = readUnit(text, withHalf.at);
  const isLone = numeral === "一";
  if (unit && !(isLone && ["x", "zhe", "C", "%"].includes(unit.dimension))) {
    const isHalfMore = text.charAt(unit.end) === "半" && ["s", "mo"].includes(unit.dimension);
    return {
      read: measured(isHalfMore ? signed + 0.5 : signed, unit),
      end: isHalfMore ? unit.end + 1 : unit.end,
    };
  }
  // Without a unit two numerals in a row are mostly words (一一, 三五), from three on a year or an amount.
  const isLong = /[十百千万亿点]/.test(numeral)
    ? numeral.length > 1 || numeral === "十"
    : numeral.length > 2;
  const isMeasured = !isLone && MEASURE.includes(text.charAt(at) || "-");
  if (numeral === "十" && !isMeasured) return null;
  return isLong || isMeasured ? { read: plainNumber(signed), end: at } : null;
}

function readSuffixed(
  text: string,
  start: number,
  at: number,
  numeral: string,
  value: number,
  suffix: RegExpExecArray,
): Omit<HanQuantity, "start"> | null {
  const end = at + suffix[0].length;
  const [, year, month, day, clock, half, minutes, quarter] = suffix;
  if (year) {
    // 二〇二六年 is a year; 三年 a time; 三年半 half a year more.
    if (!/[十百千万亿]/.test(numeral) && numeral.length === 4)
      return { read: plainNumber(value, "y"), end };
    const isHalfMore = text.charAt(end) === "半";
    return {
      read: readYears(isHalfMore ? value + 0.5 : value, ""),
      end: isHalfMore ? end + 1 : end,
    };
  }
  if (month && value >= 1 && value <= 12) return { read: monthOf(value), end };
  if (day && value >= 1 && value <= 31) return { read: plainNumber(value, "d"), end };
  if (quarter) return { read: plainNumber(value, "q"), end };
  if (clock && value <= 24 && isClock(text, start, suffix[0])) {
    const hour = isAfternoon(text, start) && value < 12 ? value + 12 : value;
    return {
      read: clockOf(hour * 60 + (half ? 30 : minutes ? (readHanNumber(minutes) ?? 0) : 0)),
      end,
    };
  }
  return null;
}

const YEAR: Unit = { dimension: "mo", factor: 12 };
const PERCENT: Unit = { dimension: "%", factor: 1 };
