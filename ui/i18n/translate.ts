import type { Language } from "../../src/contract.ts";
import { language, setLanguage } from "../preferences.ts";
import type { Dictionary } from "./en.ts";

const LOADERS: Record<Language, () => Promise<Dictionary>> = {
  en: async () => (await import("./en.ts")).en,
  zh: async () => (await import("./zh.ts")).zh,
};
const loaded = new Map<Language, Dictionary>();

/** Fetches the words of a language; only the one that is read is ever loaded. */
export async function loadWords(of: Language): Promise<void> {
  if (!loaded.has(of)) loaded.set(of, await LOADERS[of]());
}

/** Changes the language where the reader stands, once its words are here. */
export async function switchLanguage(to: Language): Promise<void> {
  await loadWords(to);
  setLanguage(to);
}

/** The words of the chosen language; tracked, so a page changes language where it stands. */
export function t(): Dictionary {
  const words = loaded.get(language());
  if (!words) throw new Error("Words are used before they are loaded; main.tsx loads them first.");
  return words;
}

/** A word of a closed list the server sends; one this version does not know is shown as it came. */
export function wordFor(words: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code.replaceAll("_", " ");
}
