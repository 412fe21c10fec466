import { ENGLISH, type PromptTexts } from "./prompts-en.ts";
import { CHINESE } from "./prompts-zh.ts";

/** Part of every judgement's key: a changed word in a prompt makes a new version and asks again. */
export const PROMPT_VERSION = "2026-11-30.1";

export type PromptLanguage = "en" | "zh";

export const PROMPTS: Record<PromptLanguage, PromptTexts> = { en: ENGLISH, zh: CHINESE };

const HAN = /\p{Script=Han}/gu;
const LETTER = /\p{L}/gu;

/** The twin that fits the text: Chinese when a quarter of its letters are Han characters. */
export function chooseLanguage(text: string): PromptLanguage {
  const head = text.slice(0, 4000);
  const letters = head.match(LETTER)?.length ?? 0;
  const han = head.match(HAN)?.length ?? 0;
  return letters > 0 && han / letters >= 0.25 ? "zh" : "en";
}
