import { describe, expect, test } from "vitest";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { outerCode } from "../../src/words/said.ts";
import { generateSamples } from "./generate-samples.ts";
import { pythonRepr } from "./simulate-dify.ts";

const read = (fields: Record<string, unknown>) =>
  readScoreRequest({ question: "port?", answer: "8080", ...fields });
const codes = (fields: Record<string, unknown>) =>
  read(fields).warnings.map(({ code }) => outerCode(code));

/** How the libraries print a list of texts. */
const FORMS: Record<string, (texts: readonly string[]) => string> = {
  "numpy, str": (texts) => `[${texts.map(pythonRepr).join(" ")}]`,
  "numpy, str over several lines": (texts) => `[${texts.map(pythonRepr).join("\n ")}]`,
  "numpy, repr": (texts) => `array([${texts.map(pythonRepr).join(",\n       ")}], dtype=object)`,
  "numpy, repr of strings": (texts) =>
    `np.array([${texts.map(pythonRepr).join(", ")}], dtype='<U99')`,
  "an array in a list": (texts) => `[array([${texts.map(pythonRepr).join(", ")}], dtype=object)]`,
  "numpy, two dimensions": (texts) => `[${texts.map((one) => `[${pythonRepr(one)}]`).join("\n ")}]`,
  "numpy, dicts": (texts) =>
    `[${texts.map((one) => pythonRepr({ page_content: one, score: 0.5 })).join("\n ")}]`,
  tuple: (texts) => `(${texts.map((one) => `${pythonRepr(one)},`).join(" ")})`,
  deque: (texts) => `deque([${texts.map(pythonRepr).join(", ")}], maxlen=9)`,
  "LangChain documents": (texts) =>
    `[${texts.map((one) => `Document(metadata={'source': 'a.md', 'page': 1}, page_content=${pythonRepr(one)})`).join(", ")}]`,
  "Haystack documents": (texts) =>
    `[${texts.map((one) => `Document(id=7f, content: ${pythonRepr(one)}, meta: {'n': 1}, score: 0.7)`).join(", ")}]`,
  "LlamaIndex nodes": (texts) =>
    `[${texts.map((one) => `NodeWithScore(node=TextNode(id_='7f', embedding=None, metadata={}, relationships={<NodeRelationship.SOURCE: '1'>: RelatedNodeInfo(node_id='8')}, text=${pythonRepr(one)}), score=0.8)`).join(", ")}]`,
};

describe("lists as Python libraries print them", () => {
  const inputs = Object.entries(FORMS).flatMap(([form, print], at) =>
    generateSamples(12, 100 + at).map(({ chunks, language }, n) => ({
      name: `${form}, ${language} ${n}`,
      text: print(chunks),
      chunks,
    })),
  );

  test("there are enough of them", () => expect(inputs.length).toBeGreaterThanOrEqual(60));

  test.each(inputs)("$name: every passage arrives, none is glued", ({ text, chunks }) => {
    const reading = read({ contexts: text });
    expect(reading.request.contexts).toEqual(chunks);
    expect(reading.warnings).toEqual([]);
  });

  test("a long string that pprint wrapped stays one", () => {
    expect(read({ contexts: "['The port is '\n '8080.',\n 'second']" }).request.contexts).toEqual([
      "The port is 8080.",
      "second",
    ]);
    expect(read({ contexts: "['The port is '\n '8080.']" }).request.contexts).toEqual([
      "The port is 8080.",
    ]);
  });

  test("what numpy leaves out, and items without a value, are told", () => {
    const left = read({ contexts: "['甲' '乙' ... nan None]" });
    expect(left.request.contexts).toEqual(["甲", "乙"]);
    expect(left).toMatchObject({ contextsReceived: 5, contextsParsed: 2 });
    expect(left.warnings).toMatchObject([{ code: "contexts_dropped" }]);
  });

  test("strings side by side between commas are a guess either way, so it is said", () => {
    expect(codes({ contexts: "['a' 'b', 'c']" })).toEqual(["dify_json_repaired"]);
  });
});

describe("a text that is a list or an object with nothing readable in it is no passage", () => {
  test.each([
    "{'port': 8080}",
    '{"port": 8080, "tls": true}',
    "[{'title': '端口'}, {'title': 'x'}]",
    "[None, None]",
    "[nan]",
    "{}",
    "[{}]",
    "array([None], dtype=object)",
    "(nan, nan)",
    '[{"score": NaN}]',
    "[UUID('a-b')]",
    "0    端口是 8080\n1    second\nName: contexts, dtype: object",
    '{"query": "q", "answer": "generated"}',
    "[][{'url': 'https://example.com'}]",
  ])("%s", (contexts) => {
    const reading = read({ contexts });
    expect(reading.request.contexts).toBeNull();
    expect(reading.warnings).toMatchObject([{ code: "contexts_unreadable" }]);
  });

  test.each([
    "array 是数组",
    "print('8080')",
    "main()",
    "(见附件)",
    "[1] Smith, 2020",
    "[1 2] and [3]",
    "{port} is a placeholder",
    "Use {'mode': 1} in the settings.",
    "nan is a kind of bread, 馕",
  ])("%s is prose and stays", (contexts) => {
    expect(read({ contexts }).request.contexts).toEqual([contexts]);
  });
});

describe("the recipe's own brackets before a text", () => {
  test.each<[string, string[]]>([
    ["[]Port 8080 is open.", ["Port 8080 is open."]],
    ["[]\n端口是 8080。", ["\n端口是 8080。"]],
    ["[]a |||| b", ["a", "b"]],
    ['[]{"results": [{"content": "甲"}]}', ["甲"]],
    ["[]None", []],
    ["[] ", []],
    ["[]nan", []],
  ])("%j", (contexts, expected) => {
    const reading = read({ contexts });
    expect(reading.request.contexts).toEqual(expected);
    expect(reading.warnings).toEqual([]);
  });
});

describe("words that data tools write for a missing value", () => {
  const WORDS = ["nan", "NaN", "<NA>", "NaT", "NULL", "\\N", "#N/A"];

  test.each(WORDS)("%s is a missing reference and a missing passage, and it is said", (word) => {
    const reading = read({ ground_truth: word, contexts: ` ${word} ` });
    expect(reading.request).toMatchObject({ ground_truth: null, contexts: null });
    expect(reading.warnings.map(({ code }) => outerCode(code)).sort()).toEqual([
      "contexts_empty",
      "missing_word",
      "missing_word",
    ]);
    expect(read({ id: word, name: word }).request).toMatchObject({ id: null, name: null });
  });

  test.each(WORDS.filter((word) => word !== "NaN"))(
    "%s is no answer, unless it is spoken of",
    (word) => {
      expect(() => read({ answer: word })).toThrow(
        expect.objectContaining({
          errors: [
            { pointer: "#/answer", detail: expect.objectContaining({ code: "field_missing" }) },
          ],
        }),
      );
      const kept = read({ question: `pandas 里 ${word} 是什么？`, answer: word });
      expect(kept.request.answer).toBe(word);
      expect(kept.warnings).toMatchObject([{ code: "missing_word_kept" }]);
    },
  );

  test("NaN stays the answer to what is 0/0", () => {
    for (const answer of ["NaN", "<think>0/0…</think>\nNaN"]) {
      const reading = read({ question: "What is 0/0 in JavaScript?", answer });
      expect(reading.request.answer).toBe("NaN");
    }
    expect(codes({ question: "0/0 在 JavaScript 里是多少？", answer: "NaN" })).toEqual([
      "missing_word_kept",
    ]);
  });

  test("None is a reference where question or answer speaks of it, and only there", () => {
    const asked = { question: "What does a function without return give: None or 0?" };
    expect(read({ ...asked, ground_truth: "None" }).request.ground_truth).toBe("None");
    expect(read({ answer: "它返回 None。", ground_truth: "None" }).request.ground_truth).toBe(
      "None",
    );
    expect(read({ ground_truth: "None" }).request.ground_truth).toBeNull();
    expect(read({ answer: "NoneType", ground_truth: "None" }).request.ground_truth).toBeNull();
    const both = read({ answer: "NaN", ground_truth: "NaN" });
    expect(both.request).toMatchObject({ answer: "NaN", ground_truth: null });
  });
});
