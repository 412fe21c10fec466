import type { Language } from "../../contract.ts";
import { metricInfo } from "../metric-info.ts";
import { escapeMarkdown } from "./markdown.ts";
import type { Words } from "./words/words.ts";

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
