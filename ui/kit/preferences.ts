import { createSignal } from "solid-js";
import type { Language } from "../../src/contract/outcome.ts";
import { recall, remember } from "./storage.ts";

export type Theme = "light" | "dark" | "system";

const LANGUAGE_KEY = "touchstone.language";
/** `public/theme.js` reads it before the first paint. */
const THEME_KEY = "touchstone.theme";
const LETTER_KEYS_KEY = "touchstone.letter-keys";

const [language, writeLanguage] = createSignal<Language>(firstLanguage());
const [theme, writeTheme] = createSignal<Theme>(firstTheme());
const [areLetterKeysOn, writeLetterKeys] = createSignal(recall(LETTER_KEYS_KEY) !== "off");

export { areLetterKeysOn, language, theme };

export function setLanguage(next: Language): void {
  writeLanguage(next);
  document.documentElement.lang = htmlLanguage(next);
  remember(LANGUAGE_KEY, next);
}

export function setTheme(next: Theme): void {
  writeTheme(next);
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  remember(THEME_KEY, next);
}

export function switchLetterKeys(isOn: boolean): void {
  writeLetterKeys(isOn);
  remember(LETTER_KEYS_KEY, isOn ? "on" : "off");
}

/** Screen readers and line breaking want the script, not only the language. */
export function htmlLanguage(of: Language): string {
  return of === "zh" ? "zh-Hans" : "en";
}

function firstLanguage(): Language {
  const chosen = recall(LANGUAGE_KEY);
  if (chosen === "zh" || chosen === "en") return chosen;
  const wanted = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag));
  return wanted?.toLowerCase().startsWith("zh") ? "zh" : "en";
}

function firstTheme(): Theme {
  const chosen = recall(THEME_KEY);
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}
