import { expect, test } from "vitest";
import { removeReasoning } from "../../src/intake/remove-reasoning.ts";

test.each<[string, string, string]>([
  ["no tag", " 答案 <b>x</b> ", " 答案 <b>x</b> "],
  ["Dify's default", "<think>\n用户问……\n</think>\n\n十天。", "十天。"],
  ["text before keeps its blanks", "Well: <think>x</think> ten", "Well:  ten"],
  ["several blocks", "<think>a</think>One.<think>b</think>Two.", "One.Two."],
  ["nested", "<think>a<think>b</think>c</think>ten", "ten"],
  ["the tag named in the reasoning", "<think>the <think> tag</think>ten", "ten"],
  ["upper case, attributes", '<THINK type="x">a</Think>ten', "ten"],
  ["only an end, as some chat templates leave it", "thinking…\n</think>\nten", "ten"],
  ["an end within a sentence stays", "Write </think> to close it.", "Write </think> to close it."],
  ["named in code", "Use `<think>` and `</think>`.", "Use `<think>` and `</think>`."],
  ["a start within a sentence stays", "The tag <think> starts it.", "The tag <think> starts it."],
  ["another tag", "<thinking>x</thinking>", "<thinking>x</thinking>"],
])("%s", (_, answer, expected) => {
  expect(removeReasoning(answer)).toEqual({ text: expected, isCut: false });
});

test("reasoning that never ends is left out from its line on, and told", () => {
  expect(removeReasoning("十天。\n<think>但是")).toEqual({ text: "十天。\n", isCut: true });
  expect(removeReasoning("<think>ten or")).toEqual({ text: "", isCut: true });
});
