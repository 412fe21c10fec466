import type { Language } from "../contract/outcome.ts";

/** What two texts say in one place: the answer (or the reference) and the passage. */
export interface Sides {
  of: "answer" | "reference";
  said: string;
  told: string;
}

const WORDS: Readonly<Record<Language, (sides: Sides) => string>> = {
  en: ({ of, said, told }) =>
    `contradicts the passages (${of}: ${shorten(said)}; passage: ${shorten(told)})`,
  zh: ({ of, said, told }) =>
    `与原文矛盾（${of === "answer" ? "回答" : "参考答案"}：${shorten(said)}；段落：${shorten(told)}）`,
};

/** The one form in which page, report and advice say what differs. */
export function sayDifference(sides: Sides, language: Language): string {
  return WORDS[language](sides);
}

/** Two names that changed places can stand a whole clause apart. */
const MOST = 60;

function shorten(text: string): string {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length <= MOST ? characters.join("") : `${characters.slice(0, MOST).join("")}…`;
}
