import { describe, expect, test } from "vitest";
import { LIMITS } from "../../src/contract/limits.ts";
import type { AppError } from "../../src/errors.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { METRIC_NAMES } from "../../src/scoring/metrics/registry.ts";
import { outerCode, said } from "../../src/words/said.ts";
import { say } from "../../src/words/say.ts";

const MINIMAL = { question: "How many?", answer: "十天。" };
const read = (fields: Record<string, unknown>) => readScoreRequest({ ...MINIMAL, ...fields });
const codes = (fields: Record<string, unknown>) =>
  read(fields).warnings.map((warning) => outerCode(warning.code));

function refusal(body: unknown): AppError {
  try {
    readScoreRequest(body);
  } catch (error) {
    return error as AppError;
  }
  throw new Error("was not refused");
}

describe("names and missing values", () => {
  test("a minimal request has every field, the rest null", () => {
    const { request, warnings } = read({});
    expect(request).toMatchObject({ ...MINIMAL, contexts: null, metrics: null, tags: null });
    expect(Object.values(request).filter((value) => value === undefined)).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test.each([
    ["question", "query"],
    ["question", "user_input"],
    ["answer", "response"],
    ["answer", "output"],
    ["ground_truth", "reference"],
    ["ground_truth", "expected_output"],
  ] as const)("%s is also accepted as %s", (field, synonym) => {
    const { [field as "question"]: _, ...rest } = { ...MINIMAL };
    expect(readScoreRequest({ ...rest, [synonym]: "文本 x" }).request[field]).toBe("文本 x");
  });

  test.each(["retrieved_contexts", "context", "retriever_resources"])("contexts as %s", (name) => {
    expect(read({ [name]: ["一", "two"] }).request.contexts).toEqual(["一", "two"]);
  });

  test("a blank canonical field gives way to its synonym", () => {
    expect(read({ ground_truth: " ", reference: "ten" }).request.ground_truth).toBe("ten");
  });

  test.each([
    null,
    "",
    " \n",
    "None",
    "null",
    "undefined",
    "llm.text",
    "sys.query",
    "1720000000000.ground_truth",
    "{{#a-b.text#}}",
  ])("%j is a missing value", (value) => {
    expect(read({ ground_truth: value }).request.ground_truth).toBeNull();
  });

  test.each([
    "Node.js",
    "report.pdf",
    "3.14",
    "example.com",
    "No",
    "0",
    "none of them",
    "无",
    "e.g.",
  ])("%j is an answer", (answer) => {
    expect(read({ answer }).request.answer).toBe(answer);
  });

  test("texts are kept exactly; lone surrogates cannot be stored and are replaced", () => {
    const text = "  两端空格 \u0000 \u200b e\u0301 😀\n";
    expect(read({ answer: text, question: "a\ud800b" }).request).toMatchObject({
      answer: text,
      question: "a\ufffdb",
    });
  });

  test("numbers and booleans become text", () => {
    expect(read({ answer: 42, ground_truth: false, id: 7 }).request).toMatchObject({
      answer: "42",
      ground_truth: "false",
      id: "7",
    });
  });

  test("an unknown field is named, not dropped in silence", () => {
    const { warnings } = read({ ground_thruth: "ten" });
    expect(warnings).toEqual([said("unknown_field", { names: '"ground_thruth"' })]);
  });

  test("prototype keys are data", () => {
    const body = JSON.parse(
      '{"question":"q","answer":"a","__proto__":{"contexts":["x"]},"tags":{"constructor":"v"}}',
    );
    const { request } = readScoreRequest(body);
    expect(request.contexts).toBeNull();
    expect(Object.entries(request.tags ?? {})).toEqual([["constructor", "v"]]);
    expect(({} as Record<string, unknown>).contexts).toBeUndefined();
  });
});

describe("contexts in every shape", () => {
  const item = (content: string, summary: string | null = null) => ({
    metadata: { score: 0.5, child_chunks: [{ content: "child" }] },
    title: "t",
    content,
    summary,
  });
  test.each<[string, unknown, string[] | null]>([
    ["strings", ["a", "二"], ["a", "二"]],
    ["Dify objects", [item("a"), item("b", "总结")], ["a", "总结\nb"]],
    ["a summary of None", "[{'content': 'a', 'summary': 'None'}]", ["a"]],
    ["flat retriever_resources", [{ position: 1, content: "a", page: 3 }], ["a"]],
    ["LangChain documents", [{ page_content: "a" }], ["a"]],
    ["Dify's retrieve API", { records: [{ segment: { content: "a" }, score: 1 }] }, ["a"]],
    ["a node's whole output", { result: [item("a")] }, ["a"]],
    ["a whole chat reply", { metadata: { retriever_resources: [item("a")] } }, ["a"]],
    ["one object", item("a"), ["a"]],
    ["lists of two retrievals", [[item("a")], ["b"]], ["a", "b"]],
    ["Python text in a list", ["[{'metadata': {}, 'content': 'a'}]"], ["a"]],
    ["JSON text", '["a", "二"]', ["a", "二"]],
    ["JSON text twice", '"[\\"a\\"]"', ["a"]],
    ["Python text", "['a', \"it's\"]", ["a", "it's"]],
    ["two Python lists", "['a']\n['b']", ["a", "b"]],
    ["the default separator", "a |||| b", ["a", "b"]],
    ["plain text", "第一段。\n\nsecond", ["第一段。\n\nsecond"]],
    ["prose in brackets", "[1] Smith, 2020", ["[1] Smith, 2020"]],
    ["a chunk that is JSON", ['{"content": "x"}'], ['{"content": "x"}']],
    ["a number", 5, ["5"]],
    ["nothing found", [], []],
    ["nothing found, as text", "[]", []],
    ["missing", null, null],
  ])("%s", (_, contexts, expected) => {
    const reading = read({ contexts });
    expect(reading.request.contexts).toEqual(expected);
    expect(reading.contextsParsed).toBe(expected?.length ?? 0);
    expect(reading.warnings).toEqual([]);
  });

  test("a form that writes [] before the variable tells an empty retrieval from a missing one", () => {
    expect(read({ contexts: "[]" }).request.contexts).toEqual([]);
    expect(read({ contexts: "[][{'content': 'a'}, {'content': '二'}]" }).request.contexts).toEqual([
      "a",
      "二",
    ]);
    expect(codes({ contexts: "[]kr.result" })).toEqual(["unresolved_variable"]);
  });

  test("a separator of one's own, also typed as an escape", () => {
    expect(read({ contexts: "a##b", context_separator: "##" }).request.contexts).toEqual([
      "a",
      "b",
    ]);
    expect(read({ contexts: "a\n\nb", context_separator: "\\n\\n" }).request.contexts).toEqual([
      "a",
      "b",
    ]);
    expect(read({ contexts: "a\n\nb", context_separator: "\n\n" }).request.contexts).toEqual([
      "a",
      "b",
    ]);
  });

  test("items without text are left out, counted and told", () => {
    const reading = read({ contexts: ["a", "", null, { title: "no text" }, "b"] });
    expect(reading.request.contexts).toEqual(["a", "b"]);
    expect(reading).toMatchObject({ contextsReceived: 5, contextsParsed: 2 });
    expect(reading.warnings).toMatchObject([{ code: "contexts_dropped" }]);
  });

  test("a list without any text is not an empty retrieval", () => {
    const reading = read({ contexts: [{ title: "x" }] });
    expect(reading.request.contexts).toBeNull();
    expect(reading.warnings).toMatchObject([{ code: "contexts_unreadable" }]);
  });

  test("blank text is told apart from an empty list", () => {
    expect(codes({ contexts: "" })).toEqual(["contexts_empty"]);
    expect(codes({ contexts: "None" })).toEqual(["contexts_empty"]);
    expect(codes({ contexts: "kr.result" })).toEqual(["unresolved_variable"]);
  });

  test("more passages than are scored are cut with a warning", () => {
    const contexts = Array.from({ length: LIMITS.passages + 5 }, (_, index) => `第${index}段`);
    const reading = read({ contexts });
    expect(reading.request.contexts).toEqual(contexts.slice(0, LIMITS.passages));
    expect(reading).toMatchObject({ contextsReceived: 105, contextsParsed: 100 });
    expect(reading.warnings).toMatchObject([{ code: "contexts_limited" }]);
  });
});

describe("the other fields", () => {
  test.each<[unknown, string[] | null]>([
    [
      ["bleu", "faithfulness"],
      ["bleu", "faithfulness"],
    ],
    ['["bleu"]', ["bleu"]],
    ["['bleu', 'chrf']", ["bleu", "chrf"]],
    ["bleu, chrf，rouge_l", ["bleu", "chrf", "rouge_l"]],
    ["Answer-Relevancy", ["answer_relevancy"]],
    ["bleu,bleu", ["bleu"]],
    [[], null],
    ["", null],
  ])("metrics %j", (metrics, expected) => {
    expect(read({ metrics }).request.metrics).toEqual(expected);
  });

  test.each<[unknown, Record<string, string> | null]>([
    [
      { env: "prod", n: 3, on: true, none: null },
      { env: "prod", n: "3", on: "true" },
    ],
    ['{"env": "生产"}', { env: "生产" }],
    ["{'env': 'prod'}", { env: "prod" }],
    ["env=prod, team = a=b", { env: "prod", team: "a=b" }],
    [["nightly", "env=prod"], { nightly: "true", env: "prod" }],
    [{}, null],
  ])("tags %j", (tags, expected) => {
    expect(read({ tags }).request.tags).toEqual(expected);
  });

  test.each([
    ["zh-CN", "zh"],
    ["zh_Hans", "zh"],
    ["EN-us", "en"],
    ["中文", "zh"],
  ])("language %s", (language, expected) => {
    expect(read({ language }).request.language).toBe(expected);
  });

  test("ids as a list, text, or Dify's own objects", () => {
    const { request } = read({
      retrieved_ids: [{ metadata: { segment_id: "s1" } }, "s2", 3],
      reference_ids: "s1, s2",
    });
    expect(request).toMatchObject({
      retrieved_ids: ["s1", "s2", "3"],
      reference_ids: ["s1", "s2"],
    });
  });
});

describe("what is refused says where and why", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["question missing", { question: undefined }, "#/question"],
    ["answer missing", { answer: "" }, "#/answer"],
    ["answer an object", { answer: { a: 1 } }, "#/answer"],
    ["only reasoning", { answer: "<think>嗯……</think>" }, "#/answer"],
    ["metric unknown", { metrics: "faithfullness" }, "#/metrics"],
    ["metrics an object", { metrics: { a: 1 } }, "#/metrics"],
    ["a tag no object can hold", { tags: "__proto__=v" }, "#/tags"],
    ["tags of objects", { tags: { a: {} } }, "#/tags"],
    ["a tag too long", { tags: { a: "x".repeat(65) } }, "#/tags/a"],
    ["a tag name to escape", { tags: { "a/b~c": "x".repeat(65) } }, "#/tags/a~1b~0c"],
    ["session too long", { session_id: "x".repeat(201) }, "#/session_id"],
    ["judge unknown", { judge: "gpt" }, "#/judge"],
    ["language unknown", { language: "tlh" }, "#/language"],
    ["callback not http", { callback_url: "ftp://x.test/" }, "#/callback_url"],
    ["callback no address", { callback_url: "https://" }, "#/callback_url"],
  ])("%s", (_, fields, pointer) => {
    const error = refusal({ ...MINIMAL, ...fields });
    expect(error).toMatchObject({ name: "AppError", code: "invalid_request", status: 422 });
    expect(error.errors.map((entry) => entry.pointer)).toEqual([pointer]);
    expect(error.errors[0]?.detail).not.toBe("");
  });

  test("an unknown metric is told the known ones", () => {
    const [error] = refusal({ ...MINIMAL, metrics: ["nope"] }).errors;
    const detail = error && say(error.detail, null);
    for (const name of METRIC_NAMES) expect(detail).toContain(name);
  });

  test("all mistakes at once", () => {
    const error = refusal({ metrics: "nope", judge: "x" });
    expect(error.errors.map((entry) => entry.pointer).sort()).toEqual([
      "#/answer",
      "#/judge",
      "#/metrics",
      "#/question",
    ]);
  });

  test.each([null, 1, "text", [], [MINIMAL, MINIMAL], [["a"]]])("a body of %j", (body) => {
    expect(refusal(body).errors).toMatchObject([{ pointer: "#" }]);
  });
});
