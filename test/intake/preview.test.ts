import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/contract/limits.ts";
import { previewAnswer, previewQuestion, previewRun } from "../../src/jobs/preview.ts";

const { questionColumns, answerColumns, runColumns } = LIMITS;

describe("the start of a text in a list", () => {
  it.each([
    ["Latin letters", "a", 1],
    ["Chinese characters", "年", 2],
    ["full-width marks", "，", 2],
    ["emoji, which are never halved", "🙂", 2],
  ])("is as wide of %s", (_name, character, width) => {
    expect(previewQuestion(character.repeat(1000))).toBe(character.repeat(questionColumns / width));
    expect(previewRun(character.repeat(1000))).toBe(character.repeat(runColumns / width));
    expect(previewAnswer(character.repeat(1000))).toBe(character.repeat(answerColumns / width));
  });

  it("is all of a short one", () => {
    for (const text of ["", "年假有几天？", "How long is the warranty?"]) {
      expect(previewQuestion(text)).toBe(text);
    }
  });

  it("takes no wide character into the last column", () => {
    expect(previewAnswer(`${"a".repeat(answerColumns - 1)}年`)).toBe("a".repeat(answerColumns - 1));
  });
});
