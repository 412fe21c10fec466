import { LIMITS } from "../contract/limits.ts";

/** The start of a question for lists, cut by code points, so that no character is halved. */
export function previewQuestion(question: string): string {
  const characters = Array.from(question.slice(0, LIMITS.previewCharacters * 2));
  return characters.slice(0, LIMITS.previewCharacters).join("");
}
