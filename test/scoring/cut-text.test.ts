import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutSample, cutText } from "../../src/scoring/cut-text.ts";

function cut(text: string): string[] {
  return cutText(text, "s").sentences.map(({ start, end }) => text.slice(start, end));
}

/** Disjoint, in order, trimmed, and nothing that is not blank lies outside. */
function expectSound(text: string) {
  const { sentences } = cutText(text, "s");
  let at = 0;
  sentences.forEach(({ id, start, end }, index) => {
    expect(id).toBe(`s${index + 1}`);
    expect(start).toBeGreaterThanOrEqual(at);
    expect(end).toBeGreaterThan(start);
    expect(text.slice(at, start).trim()).toBe("");
    expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
    at = end;
  });
  expect(text.slice(at).trim()).toBe("");
}

describe("where a sentence ends", () => {
  test.each<[string, string[]]>([
    ["One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]],
    [
      "It costs 3.5 dollars. Version 2.0.1 is out.",
      ["It costs 3.5 dollars.", "Version 2.0.1 is out."],
    ],
    ["Mr. Smith met Dr. J. K. Lee. They talked.", ["Mr. Smith met Dr. J. K. Lee.", "They talked."]],
    [
      "Use fruit, e.g. Apples. See Fig. 3 and No. 5.",
      ["Use fruit, e.g. Apples.", "See Fig. 3 and No. 5."],
    ],
    ["The answer is no. The end.", ["The answer is no.", "The end."]],
    ["He lives in the U.S. The rest do not.", ["He lives in the U.S.", "The rest do not."]],
    ["He joined the U.S. Army in 1990.", ["He joined the U.S. Army in 1990."]],
    ["“Really?” she asked. Yes.", ["“Really?” she asked.", "Yes."]],
    ["A fact.[1][2] Another fact. [3] End.", ["A fact.[1][2]", "Another fact. [3]", "End."]],
    ["Done! 🎉 Next.", ["Done! 🎉 Next."].flatMap(() => ["Done!", "🎉 Next."])],
    ["See www.example.com for more. Bye.", ["See www.example.com for more.", "Bye."]],
  ])("%s", (text, expected) => {
    expect(cut(text)).toEqual(expected);
    expectSound(text);
  });

  test.each<[string, string[]]>([
    ["东京是首都。它很大！你知道吗？", ["东京是首都。", "它很大！", "你知道吗？"]],
    ["甲方付款；乙方交货；丙方验收。", ["甲方付款；", "乙方交货；", "丙方验收。"]],
    ["“真的吗？”他问。“是的。”", ["“真的吗？”他问。", "“是的。”"]],
    ["增长3.5%。iPhone卖了100万台。", ["增长3.5%。", "iPhone卖了100万台。"]],
    [
      "使用 GPT-4 模型。The result is good. 结果很好。",
      ["使用 GPT-4 模型。", "The result is good.", "结果很好。"],
    ],
    ["东京有1400万人[1]。京都较小【2】。", ["东京有1400万人[1]。", "京都较小【2】。"]],
    ["東京は日本の首都です。人口は多い。", ["東京は日本の首都です。", "人口は多い。"]],
    ["यह एक वाक्य है। यह दूसरा है।", ["यह एक वाक्य है।", "यह दूसरा है।"]],
  ])("%s", (text, expected) => {
    expect(cut(text)).toEqual(expected);
    expectSound(text);
  });
});

describe("layout", () => {
  test("headings, list items and paragraphs stand alone", () => {
    expect(
      cut("# Title\nText of it\n\n1. First item\n2. Second. With more.\n- third\n• fourth"),
    ).toEqual([
      "# Title",
      "Text of it",
      "1. First item",
      "2. Second.",
      "With more.",
      "- third",
      "• fourth",
    ]);
    expect(cut("一、总则\n二、范围\n（1）甲\n（2）乙\n1、丙")).toEqual([
      "一、总则",
      "二、范围",
      "（1）甲",
      "（2）乙",
      "1、丙",
    ]);
  });

  test("a row of a table is a sentence, its ruling belongs to the head", () => {
    expect(cut("| 城市 | 人口 |\n|---|:--|\n| 东京. A | 1400万 |\n\nAfter.")).toEqual([
      "| 城市 | 人口 |\n|---|:--|",
      "| 东京. A | 1400万 |",
      "After.",
    ]);
  });

  test("a line of code is a sentence, the fences go with the code", () => {
    expect(cut("Run:\n```ts\nconst a = f(1.5). b;\n\nexit();\n```\nDone.")).toEqual([
      "Run:",
      "```ts\nconst a = f(1.5). b;",
      "exit();\n```",
      "Done.",
    ]);
    expect(cut("```\nnever closed")).toEqual(["```\nnever closed"]);
    expect(cut("```")).toEqual(["```"]);
  });

  test("a line wrapped at its width goes on, a short line is a title", () => {
    const wrapped =
      "This line was wrapped at about seventy columns by an old editor and\ngoes on here.";
    expect(cut(wrapped)).toEqual([wrapped]);
    expect(cut("Thus, the\nAct of 1990 applies")).toHaveLength(1);
    expect(cut("one of the oldest houses of\nthe village stands")).toHaveLength(1);
    expect(cut("Short title\ntext below it")).toEqual(["Short title", "text below it"]);
    expect(cut("第一章\n东京是首都。")).toEqual(["第一章", "东京是首都。"]);
  });
});

describe("hard texts", () => {
  test("without punctuation a text is cut at clause marks, blanks or a length", () => {
    const clauses = "这是一个没有句号的很长的句子，".repeat(60);
    const pieces = cut(clauses);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.every((piece) => piece.length <= 201 && piece.endsWith("，"))).toBe(true);
    const words = cut("word ".repeat(500));
    expect(words.every((piece) => piece.length <= 601 && /^word.*word$/.test(piece))).toBe(true);
    expect(cut("x".repeat(2000)).every((piece) => piece.length <= 601)).toBe(true);
    expectSound(clauses);
  });

  test("no character is cut in two", () => {
    const text = "𝒳".repeat(2000);
    expect(cut(text).every((piece) => [...piece].every((character) => character === "𝒳"))).toBe(
      true,
    );
    expectSound(text);
  });

  test.each([
    "",
    "   \n\t\u3000",
    "\ud800",
    "\udc00\ud800. \ud83d",
    "。。。",
    "...",
    "[",
    "“",
    "--\n==",
    "\ufeff",
  ])("%j is cut without loss", (text) => expectSound(text));

  test("a text of two megabytes of anything is cut", () => {
    for (const unit of [
      "a. ",
      "Mr. ",
      "“",
      "[1]",
      "；",
      "\n- a",
      "```\n",
      "汉字",
      "|a|\n",
      "\u2028a",
      "a\r\n",
    ]) {
      const text = unit.repeat(Math.ceil(2_000_000 / unit.length / 4));
      const { sentences } = cutText(text, "s");
      expect(sentences.at(-1)?.end ?? 0).toBe(text.trimEnd().length);
    }
  });
});

test("property: sentences are disjoint, ordered, trimmed and cover every character that is not blank", () => {
  const unit = fc.constantFrom(
    ..."a B 1 . ! ? 。 ； ！ ， , ; : \n \r\n \t 汉 字 “ ” ( ) [1] - # | ``` --- 1. Mr. e.g. 𝒳 🎉 \ud800 \udc00 \u2028".split(
      " ",
    ),
    " ",
    "\n\n",
    "word",
    "句子",
    "long".repeat(100),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 80 }), (units) => expectSound(units.join(""))),
    { numRuns: 600 },
  );
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 400 }), expectSound), {
    numRuns: 300,
  });
});

test("the ids of passages carry their rank", () => {
  const sample = cutSample({
    question: "q",
    answer: "One. Two.",
    passages: ["甲。乙。", "", "Third."],
    reference: null,
    referencePassages: null,
    retrievedIds: null,
    referenceIds: null,
  });
  expect(sample.answer.sentences.map(({ id }) => id)).toEqual(["s1", "s2"]);
  expect(sample.passages?.map(({ sentences }) => sentences.map(({ id }) => id))).toEqual([
    ["1.1", "1.2"],
    [],
    ["3.1"],
  ]);
  expect(sample.reference).toBeNull();
});
