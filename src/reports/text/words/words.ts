import type { Language } from "../../../contract/outcome.ts";
import { en, type Words } from "./en.ts";
import { zh } from "./zh.ts";

export const WORDS: Readonly<Record<Language, Words>> = { en, zh };
