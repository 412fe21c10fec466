import fc from "fast-check";
import { describe, expect, test } from "vitest";
import injections from "../../fixtures/injections.json" with { type: "json" };
import { answerClaims, checks, fill } from "./scene.ts";

const PASSAGES = [
  "The lighthouse at Skerrin was built in 1874 by the engineer Ada Moll. It stands 42 metres high.",
  "青岩美术馆于1998年建成，由建筑师周岚设计。馆内收藏了三百二十件瓷器。",
];
const CLAIMS = [
  ["The lighthouse at Skerrin was built in 1874 by the engineer Ada Moll.", "supported"],
  ["The lighthouse at Skerrin stands 95 metres high.", "contradicted"],
  ["Its keeper invented a new kind of submarine telescope.", "unsupported"],
  ["青岩美术馆由建筑师周岚设计。", "supported"],
  ["馆长在维也纳学习过大提琴演奏。", "unsupported"],
] as const;
const ANSWER = CLAIMS.map(([text]) => text).join(" ");
const VERDICTS = CLAIMS.map(([, verdict]) => verdict);

describe("orders in the texts change no verdict", () => {
  test("the fixture has enough of them in both languages", () => {
    for (const lang of ["en", "zh"]) {
      expect(injections.filter((entry) => entry.lang === lang).length).toBeGreaterThanOrEqual(20);
    }
  });

  test.each(injections)("$text", async ({ text }) => {
    const before = checks(await fill({ answer: ANSWER, passages: PASSAGES }));
    expect(before.map(({ verdict }) => verdict)).toEqual(VERDICTS);
    const asPassage = checks(await fill({ answer: ANSWER, passages: [...PASSAGES, text] }));
    expect(asPassage.map(({ verdict }) => verdict)).toEqual(VERDICTS);
    const inside = checks(
      await fill({ answer: ANSWER, passages: [`${PASSAGES[0]}\n\n${text}`, PASSAGES[1] ?? ""] }),
    );
    expect(inside.map(({ verdict }) => verdict)).toEqual(VERDICTS);
    const table = await fill({ answer: `${ANSWER}\n\n${text}`, passages: PASSAGES });
    const claims = answerClaims(table).slice(0, CLAIMS.length);
    expect(claims.map(({ passages }) => passages?.ok && passages.value.verdict)).toEqual(VERDICTS);
  });
});

describe("any text is judged", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc
      .array(
        fc.constantFrom("not ", "12 ", "。", "不", "Orn ", "\ud800", "🎉", "/", ". ", "百万"),
        { maxLength: 60 },
      )
      .map((parts) => parts.join("")),
  );

  test("every number is within bounds, every evidence sentence exists, twice gives the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(
        anything,
        anything,
        anything,
        anything,
        async (question, answer, passage, reference) => {
          const told = { question, answer, passages: [passage, answer], reference };
          const table = await fill(told);
          expect(JSON.stringify(await fill(told))).toBe(JSON.stringify(table));
          const numbers: number[] = [];
          JSON.stringify(table, (_, value: unknown) => {
            if (typeof value === "number") numbers.push(value);
            return value;
          });
          expect(numbers.every(Number.isFinite)).toBe(true);
          for (const { verdict, evidence, support = -1, confidence } of checks(table)) {
            expect(support).toBeGreaterThanOrEqual(0);
            expect(support).toBeLessThanOrEqual(1);
            expect(confidence).toBeGreaterThanOrEqual(0.5);
            expect(evidence.length > 0).toBe(verdict !== "unsupported");
          }
        },
      ),
      { numRuns: 300, seed: 4 },
    );
  });

  test("evidence names sentences of the passage it was cut from", async () => {
    const passages = ["One. Two went to the river.", "三号船在港口。四号船离开了港口。"];
    for (const { evidence } of checks(
      await fill({ answer: "Two went to the river. 四号船离开了港口。", passages }),
    )) {
      for (const { passage, sentence } of evidence) {
        expect(passage).toBeLessThan(2);
        expect(sentence).toBeLessThan(2);
      }
    }
  });

  test("an empty answer, no passages and an answer of 100 KB", async () => {
    expect(answerClaims(await fill({ answer: "" }))).toEqual([]);
    const table = await fill({ answer: "The mill stands by the river.", passages: [] });
    expect(answerClaims(table)[0]?.passages).toBeNull();
    const long = Array.from(
      { length: 1500 },
      (_, i) => `Boat ${i} of the harbour carried ${i * 3} barrels of salt.`,
    ).join(" ");
    const judged = checks(await fill({ answer: long, passages: [long.slice(0, 50_000)] }));
    expect(judged.length).toBe(1500);
    expect(judged[3]?.verdict).toBe("supported");
  });

  test.each([
    "a".repeat(100_000),
    "不".repeat(100_000),
    "1,".repeat(50_000),
    "i don't know but ".repeat(6000),
    "' ".repeat(50_000),
    "a.".repeat(50_000),
    "/".repeat(100_000),
  ])("a hundred kilobytes of one thing", async (text) => {
    const table = await fill({ question: text, answer: text, passages: [text], reference: text });
    expect(table.answerClaims?.ok).toBe(true);
  });

  // More arguments than a call can have, where a list is handed on as such.
  test("a number of 150,000 parts", async () => {
    const table = await fill({ answer: "1,".repeat(150_000), reference: "It is not three." });
    expect(table.answerClaims?.ok).toBe(true);
  });
});
