import { LIMITS } from "../contract/limits.ts";

// Lists show a line of each text, and rows keep no more of it: a database of previews would fill ten times as fast.

export const previewQuestion = (question: string) => preview(question, LIMITS.questionColumns);
export const previewRun = (question: string) => preview(question, LIMITS.runColumns);
export const previewAnswer = (answer: string) => preview(answer, LIMITS.answerColumns);

/** The start of a text, cut between characters. */
function preview(text: string, columns: number): string {
  let end = 0;
  let width = 0;
  for (const character of text) {
    width += (character.codePointAt(0) ?? 0) < FIRST_WIDE ? 1 : 2;
    if (width > columns) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** From here on most characters are as wide as high: Hangul, radicals, kana, Chinese characters, full-width forms, emoji. */
const FIRST_WIDE = 0x1100;
