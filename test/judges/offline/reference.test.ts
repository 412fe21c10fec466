import { describe, expect, test } from "vitest";
import { splitAliases } from "../../../src/judges/offline/short-answer.ts";
import { answerClaims, fill } from "./scene.ts";

/** Probability that the answer gives the reference. */
async function given(question: string, answer: string, reference: string): Promise<number> {
  const table = await fill({ question, answer, reference });
  const claim = table.referenceClaims?.ok ? table.referenceClaims.value[0] : undefined;
  return claim?.otherSupport ?? Number.NaN;
}

describe("a bare reference inside a long answer", () => {
  test.each([
    [
      "Who wrote the atlas?",
      "The atlas of the northern rivers was written by Mira Lund in 1902.",
      "Mira Lund",
    ],
    [
      "When was it opened?",
      "It was opened to visitors on 25 December 2010, after long repairs.",
      "December 25, 2010",
    ],
    ["How many boats came?", "About 1.2 million boats came in the first year.", "1,200,000"],
    ["which came first", "The comic came first; the show followed.", "comic book/comic"],
    ["这座桥是谁设计的？", "这座桥由工程师罗文设计，用了三年。", "罗文"],
    ["有多少人参加？", "一共有一百二十人参加。", "120人"],
  ])("%s is found", async (question, answer, reference) => {
    expect(await given(question, answer, reference)).toBeGreaterThan(0.5);
  });

  test.each([
    ["Who wrote the atlas?", "The atlas was written by Jonas Berg.", "Mira Lund"],
    ["When was it opened?", "It was opened in 1987.", "1994"],
    ["这座桥是谁设计的？", "这座桥由陈立设计。", "罗文"],
    ["Who won?", "I don't know.", "Mira Lund"],
  ])("%s: another answer is not taken for it", async (question, answer, reference) => {
    expect(await given(question, answer, reference)).toBeLessThan(0.5);
  });

  test("words of the question alone prove nothing", async () => {
    const question = "Which singer came from the north, Ola Brandt or Kim Sand?";
    const right = await given(question, "Kim Sand came from the north.", "Kim Sand");
    const wrong = await given(question, "Ola Brandt came from the north.", "Kim Sand");
    expect(right).toBeGreaterThan(wrong + 0.3);
  });

  test("aliases are split, dates and fractions are not", () => {
    expect(splitAliases("comic book/comic")).toEqual(["comic book", "comic", "comic book/comic"]);
    expect(splitAliases("25/12/2010")).toEqual(["25/12/2010"]);
    expect(splitAliases("a text ".repeat(20))).toBeNull();
  });

  test("the sentence that gives the answer is supported, one that speaks of something else is not", async () => {
    const table = await fill({
      question: "Who wrote the atlas?",
      answer: "Mira Lund wrote the atlas. She lived by the sea.",
      reference: "Mira Lund",
    });
    expect(answerClaims(table).map(({ other }) => other?.ok && other.value)).toEqual([
      "supported",
      "unsupported",
    ]);
  });
});

describe("a reference that is a text", () => {
  const reference =
    "The glacier lost a third of its ice because summers grew warmer. Less snow fell in winter as well.";

  test("nearer answers are more similar, the same text is 1", async () => {
    const question = "Why did the glacier shrink?";
    const similarity = async (answer: string) => {
      const table = await fill({ question, answer, reference });
      return table.similarity?.ok ? table.similarity.value : Number.NaN;
    };
    const same = await similarity(reference);
    const near = await similarity(
      "Warmer summers melted a third of the ice and less snow fell in winter.",
    );
    const far = await similarity("Tourists walked over the glacier on new paths.");
    expect(same).toBe(1);
    expect(near).toBeGreaterThan(far + 0.2);
  });

  test("who denies and who does not is seen in Chinese", async () => {
    const question = "适量饮酒有益健康吗？";
    const text = "没有益处，少量饮酒也会伤害身体，医生并不推荐。";
    const similarity = async (answer: string) => {
      const table = await fill({ question, answer, reference: text });
      return table.similarity?.ok ? table.similarity.value : Number.NaN;
    };
    expect(await similarity("没有益处，饮酒会伤害身体。")).toBeGreaterThan(
      await similarity("适量饮酒可以放松心情，有益健康。"),
    );
  });
});
