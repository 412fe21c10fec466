import { describe, expect, test } from "vitest";
import { readHanNumber } from "../../../src/judges/offline/numerals.ts";
import { tokenize } from "../../../src/judges/offline/tokens.ts";

const terms = (text: string) => tokenize(text).map(({ term }) => term);
const numbers = (text: string) =>
  tokenize(text)
    .filter(({ kind }) => kind === "number")
    .map(({ term }) => term);

describe("numbers are compared as values", () => {
  test.each([
    ["120 boats", "one hundred twenty", ["#120"], null],
    ["1.2 million", "1,200,000", ["#1200000"], ["#1200000"]],
    ["一百二十", "120", ["#120"], ["#120"]],
    ["三万五千", "3.5万", ["#35000"], ["#35000"]],
    ["百分之三点五", "3.5%", ["#3.5%"], ["#3.5%"]],
    ["3.5 percent", "3.5％", ["#3.5%"], ["#3.5%"]],
    ["3.5亿", "350,000,000", ["#350000000"], ["#350000000"]],
    ["twenty-one", "21", ["#21"], ["#21"]],
    ["two hundred", "200", ["#200"], ["#200"]],
    ["第十二", "12th", ["#12"], ["#12"]],
    ["45 , 700", "45,700", ["#45700"], ["#45700"]],
    ["１２３", "123", ["#123"], ["#123"]],
  ])("%s and %s", (left, right, leftTerms, rightTerms) => {
    expect(numbers(left)).toEqual(leftTerms);
    if (rightTerms) expect(numbers(right)).toEqual(rightTerms);
  });

  test("a model name, a chapter and a letter do not become amounts", () => {
    expect(numbers("COVID-19 k, GPT-4, AB-1200X")).toEqual([]);
    expect(terms("COVID-19")).toEqual(["covid19"]);
    expect(terms("一一列举")).not.toContain("#11");
    expect(readHanNumber("千千")).toBeNull();
    expect(readHanNumber("点五")).toBeNull();
  });

  test.each([
    ["零", 0],
    ["十", 10],
    ["二十", 20],
    ["一百零五", 105],
    ["两千零二十六", 2026],
    ["一亿二千万", 120_000_000],
    ["二〇二六", 2026],
  ])("%s is %d", (text, value) => {
    expect(readHanNumber(text)).toBe(value);
  });
});

describe("dates meet in any format", () => {
  const december = ["#2010", "#25", "m:12"];
  test.each(["2010-12-25", "25 December 2010", "Dec 25, 2010", "2010年12月25日", "2010/12/25"])(
    "%s",
    (date) => {
      expect(numbers(date).sort()).toEqual(december);
    },
  );

  test("the verb may is no month", () => {
    expect(numbers("they may come in May")).toEqual(["m:5"]);
  });
});

describe("words", () => {
  test("forms of a word, accents, contractions and traditional characters meet", () => {
    expect(terms("restored")).toEqual(terms("restoring"));
    expect(terms("Pokémon")).toEqual(terms("pokemon"));
    expect(terms("do n't")).toEqual(terms("don't"));
    expect(terms("U.S. law")).toEqual(terms("US law"));
    expect(terms("臺灣的圖書館").slice(1)).toEqual(terms("台湾的图书馆").slice(1));
    expect(terms("ＡＢＣ")).toEqual(["abc"]);
  });

  test("Latin inside Chinese keeps its own words", () => {
    expect(terms("GAN模型")).toEqual(["gan", "模型"]);
    expect(terms("København")).toHaveLength(1);
  });

  test.each([
    ["Paris. Big", "Paris.          \n\n          Big"],
    ["巴黎,大", "巴黎,\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000大"],
    ["Paris big", `Paris${" ".repeat(100)}big`],
  ])("a long gap is read like a short one: %s", (short, long) => {
    const read = (text: string) => tokenize(text).map(({ term, clause }) => [term, clause]);
    expect(read(long)).toEqual(read(short));
  });

  test("lone surrogates, emoji and nothing are no trouble", () => {
    expect(terms("\ud83d ok \udc00")).toEqual(["ok"]);
    expect(terms("🎉🎉")).toEqual([]);
    expect(terms("")).toEqual([]);
  });
});
