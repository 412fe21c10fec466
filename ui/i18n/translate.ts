import { language } from "../preferences.ts";
import { type Dictionary, en } from "./en.ts";
import { zh } from "./zh.ts";

const DICTIONARIES: Record<ReturnType<typeof language>, Dictionary> = { en, zh };

/** The words of the chosen language; tracked, so a page changes language where it stands. */
export function t(): Dictionary {
  return DICTIONARIES[language()];
}

/** A word of a closed list the server sends; one this version does not know is shown as it came. */
export function wordFor(words: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code.replaceAll("_", " ");
}
