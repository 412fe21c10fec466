import type { Language } from "../contract/outcome.ts";

/** What two texts say in one place: the answer (or the reference) and the passage. */
export interface Sides {
  of: "answer" | "reference";
  said: string;
  told: string;
}

const WORDS: Readonly<Record<Language, (sides: Sides) => string>> = {
  en: ({ of, said, told }) =>
    `contradicts the passages: the ${of} says “${shorten(said)}”, the passage “${shorten(told)}”`,
  zh: ({ of, said, told }) =>
    `与段落矛盾：${of === "answer" ? "回答" : "参考答案"}说“${shorten(said)}”，段落写“${shorten(told)}”`,
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
