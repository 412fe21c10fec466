import { language } from "./preferences.ts";

// Formatters are costly to build and few, so each language keeps its own.
function perLanguage<T>(build: (locale: string) => T): () => T {
  const known = new Map<string, T>();
  return () => {
    const locale = language() === "zh" ? "zh-CN" : "en-GB";
    const found = known.get(locale) ?? build(locale);
    known.set(locale, found);
    return found;
  };
}

const differenceFormat = perLanguage(
  (locale) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
      signDisplay: "exceptZero",
    }),
);
const countFormat = perLanguage((locale) => new Intl.NumberFormat(locale));
const percentFormat = perLanguage(
  (locale) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }),
);
const moneyFormat = perLanguage(
  (locale) => new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }),
);
const dateTimeFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }),
);
const timeFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { timeStyle: "medium" }),
);
const dayFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }),
);
const relativeFormat = perLanguage(
  (locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }),
);
const secondsFormat = perLanguage(
  (locale) =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: "second",
      unitDisplay: "narrow",
      maximumFractionDigits: 1,
    }),
);

/** The first formatter of a kind takes a slow phone 10 to 70 ms: better while an answer is awaited than while it is drawn. */
export function warmFormats(): void {
  for (const format of [dateTimeFormat, relativeFormat, secondsFormat, countFormat]) format();
}

/** A score or an interval bound: always two digits, so columns line up. */
export function formatScore(value: number): string {
  // Both languages write it so, and nothing is shown as often.
  return value.toFixed(2);
}

/** A difference of scores: always with its sign. */
export function formatDifference(value: number): string {
  return differenceFormat().format(value);
}

export function formatCount(value: number): string {
  // Both languages write it so.
  if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
  return countFormat().format(value);
}

export function formatPercent(share: number): string {
  return percentFormat().format(share);
}

/** An amount without its currency; small ones keep their first digits. */
export function formatMoney(value: number): string {
  return moneyFormat().format(value);
}

export function formatDateTime(iso: string): string {
  return dateTimeFormat().format(new Date(iso));
}

/** "16:05" */
export function formatTime(iso: string): string {
  return timeFormat().format(new Date(iso));
}

/** A day without a time, YYYY-MM-DD. */
export function formatDay(day: string): string {
  return dayFormat().format(new Date(`${day}T00:00:00Z`));
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** "3 minutes ago". A clock that runs ahead of ours is read as now. */
export function formatAgo(iso: string, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - Date.parse(iso)) / 1000);
  if (seconds >= 7 * 86_400) return formatDateTime(iso);
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? UNITS[3];
  return relativeFormat().format(-Math.floor(seconds / size), unit);
}

/** "0.8s", "12s", "2:05" */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 60) return secondsFormat().format(seconds < 10 ? seconds : Math.round(seconds));
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${String(whole % 60).padStart(2, "0")}`;
}
