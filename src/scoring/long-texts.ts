import type { Evidence } from "./evidence.ts";

/** Characters from which the work on one sample is done in steps, with others let in between. */
const LONG = 100_000;

export function hasLongTexts({
  question,
  answer,
  passages,
  reference,
}: Pick<Evidence, "question" | "answer" | "passages" | "reference">): boolean {
  const texts = [question, answer.text, reference?.text ?? ""];
  for (const { text } of passages ?? []) texts.push(text);
  return texts.reduce((sum, text) => sum + text.length, 0) >= LONG;
}
