import type { Language } from "../../../contract.ts";
import { en } from "./en.ts";
import type { Words } from "./words.ts";
import { zh } from "./zh.ts";

export const WORDS: Readonly<Record<Language, Words>> = { en, zh };
