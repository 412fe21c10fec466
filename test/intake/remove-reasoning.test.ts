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
  ["another tag", "<thinker>x</thinker>", "<thinker>x</thinker>"],
  ["<thinking> at the beginning", "<thinking>x</thinking>\n十天。", "十天。"],
  [
    "<reasoning> in the middle is the answer's",
    "Use <reasoning>x</reasoning>.",
    "Use <reasoning>x</reasoning>.",
  ],
  ["<reason> of an XML answer", "Body: <reason>late</reason>", "Body: <reason>late</reason>"],
  ["<thought>, nested", "<thought>a<thought>b</thought></thought>ten", "ten"],
  ["Claude's old mark", "<antThinking>x</antThinking>ten", "ten"],
  ["Seed", "<seed:think>嗯</seed:think>十天。", "十天。"],
  ["Kimi", "◁think▷嗯…◁/think▷十天。", "十天。"],
  ["Magistral", "[THINK]hm[/THINK]ten", "ten"],
  ["brackets in prose", "Write [THINK] first.", "Write [THINK] first."],
  [
    "OpenThinker",
    "<|begin_of_thought|>hm<|end_of_thought|>\n<|begin_of_solution|>ten<|end_of_solution|>",
    "ten",
  ],
  ["Cohere", "<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>ten<|END_RESPONSE|>", "ten"],
  ["Granite", "Here is my thought process: hm. Here is my response: ten", "ten"],
  [
    "gpt-oss",
    "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>十天。<|return|>",
    "十天。",
  ],
  [
    "gpt-oss with a tool call",
    "<|channel|>commentary to=functions.x <|constrain|>json<|message|>{}<|call|><|start|>assistant<|channel|>final<|message|>ten",
    "ten",
  ],
  ["gpt-oss without its tokens", "analysisThe user asks.assistantfinalten", "ten"],
  ["analysis is a word", "analysis of the port: 8080", "analysis of the port: 8080"],
  [
    "Dify's folded thoughts",
    '<details style="color:gray" open> <summary> Thinking... </summary>\nmaybe 22?\n</details>\n\nPort 8080.',
    "Port 8080.",
  ],
  [
    "Open WebUI's",
    '<details type="reasoning" done="true" duration="3">\n<summary>Thought for 3 seconds</summary>\n> hm\n</details>\nten',
    "ten",
  ],
  [
    "folded in Chinese",
    "<details><summary>已深度思考（用时 3 秒）</summary>嗯</details>十天。",
    "十天。",
  ],
  [
    "folded inside thoughts",
    "<details><summary>Thinking</summary>a<details><summary>x</summary>b</details>c</details>ten",
    "ten",
  ],
  [
    "the answer's own fold",
    "<details><summary>Thinking about prices</summary>10</details>",
    "<details><summary>Thinking about prices</summary>10</details>",
  ],
  [
    "the answer's own fold behind thoughts",
    "<details><summary>Thinking...</summary>x</details><details><summary>更多</summary>十天</details>",
    "<details><summary>更多</summary>十天</details>",
  ],
  [
    "a log that is folded",
    "<details>\n<summary>日志</summary>\n思考中\n</details>",
    "<details>\n<summary>日志</summary>\n思考中\n</details>",
  ],
])("%s", (_, answer, expected) => {
  expect(removeReasoning(answer)).toEqual({ text: expected, isCut: false });
});

test("reasoning that never ends is left out from its line on, and told", () => {
  expect(removeReasoning("十天。\n<think>但是")).toEqual({ text: "十天。\n", isCut: true });
  expect(removeReasoning("<think>ten or")).toEqual({ text: "", isCut: true });
});

test.each<[string, string]>([
  ["<thinking>ten or", ""],
  ["十天。\n<details open><summary>Thinking...</summary>但是", "十天。\n"],
  ["◁think▷十天还是", ""],
  ["<|channel|>analysis<|message|>ten or", ""],
  ["<|START_THINKING|>ten or", ""],
])("%j never ends and is told", (answer, text) => {
  expect(removeReasoning(answer)).toEqual({ text, isCut: true });
});
