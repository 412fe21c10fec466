import type { Language } from "../../contract/outcome.ts";
import { metricInfo } from "../metric-info.ts";
import { escapeMarkdown } from "./markdown.ts";
import type { Words } from "./words/en.ts";

/** Title of a metric in the report's language, safe in Markdown. */
export function metricLabel(name: string, language: Language): string {
  return escapeMarkdown(metricInfo(name).title[language]);
}

/** The same with a note when lower is better, for places where nothing else says so. */
export function directedLabel(name: string, language: Language, words: Words): string {
  const isLower = metricInfo(name).direction === "lower";
  return metricLabel(name, language) + (isLower ? words.aside(words.direction.lower) : "");
}

/** Why samples have no value, the commonest reason first. */
export function missingReasons(missing: Readonly<Record<string, number>>, words: Words): string {
  const parts = Object.entries(missing)
    .filter(([, n]) => n > 0)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([reason, n]) => ({ reason: reasonInWords(reason, words), n }));
  return words.reasons(parts);
}

function reasonInWords(reason: string, words: Words): string {
  const known: Readonly<Record<string, string>> = words.reason;
  return known[reason] ?? escapeMarkdown(reason);
}

export function causeInWords(cause: string | null, words: Words): string {
  if (cause === null) return words.none;
  const known: Readonly<Record<string, string>> = words.cause;
  return known[cause] ?? escapeMarkdown(cause);
}

/** Two decimals; never `-0.00`. */
export function formatScore(value: number): string {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}

export function formatInterval(interval: readonly [number, number]): string {
  return `${formatScore(interval[0])}–${formatScore(interval[1])}`;
}

/** A difference that is not nothing is never shown as nothing. */
export function formatGain(value: number): string {
  return value > 0 && value < 0.005 ? "< 0.01" : formatScore(value);
}
