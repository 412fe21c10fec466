import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { citedPassages } from "../../src/scoring/citations.ts";
import { bleu } from "../../src/scoring/metrics/bleu.ts";
import { chrf } from "../../src/scoring/metrics/chrf.ts";
import { entityRecall, extractEntities } from "../../src/scoring/metrics/entities.ts";
import { levenshteinDistance } from "../../src/scoring/metrics/levenshtein.ts";
import { longestCommonSubsequence } from "../../src/scoring/metrics/longest-common-subsequence.ts";
import { porterStem } from "../../src/scoring/metrics/porter-stem.ts";
import { quotedSpans } from "../../src/scoring/metrics/quoted-spans.ts";
import { rouge1, rougeL } from "../../src/scoring/metrics/rouge.ts";
import {
  hammingSimilarity,
  jaroSimilarity,
  jaroWinklerSimilarity,
  levenshteinSimilarity,
} from "../../src/scoring/metrics/string-similarity.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(fc.constantFrom("the", "cat", "sat.", "东京", "是", "首都。", "3.5", "𝒳", " ", "\n"), {
      maxLength: 40,
    })
    .map((parts) => parts.join(" ")),
);

describe("Chinese BLEU is sacrebleu's with its Chinese tokeniser (2.6.0)", () => {
  test.each([
    [
      "他说：“东京是首都”……真的——没错。",
      "他说：“东京是日本的首都”……真的——没错。",
      0.7746182379132407,
    ],
    ["“Tokyo” 是日本的首都", "“Tokyo” 是首都", 0.35494810560100537],
  ])("%s | %s", (response, reference, expected) => {
    expect(bleu(response, reference)).toBeCloseTo(expected, 12);
  });
});

describe("ranges and symmetry", () => {
  const similarities = {
    levenshteinSimilarity,
    hammingSimilarity,
    jaroSimilarity,
    jaroWinklerSimilarity,
  };
  test.each(Object.entries(similarities))(
    "%s is in 0..1, symmetric, 1 for equal strings",
    (_, similarity) => {
      fc.assert(
        fc.property(text, text, (a, b) => {
          const value = similarity(a, b);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          expect(similarity(b, a)).toBeCloseTo(value, 12);
          expect(similarity(a, a)).toBe(1);
        }),
      );
    },
  );

  test("BLEU, ROUGE and chrF are in 0..1 with any text, both ways of counting", () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom(null, "ragas" as const), (a, b, compat) => {
        const { precision, recall, fmeasure } = rougeL(a, b, compat);
        const one = rouge1(a, b, compat);
        for (const value of [
          bleu(a, b, compat),
          chrf(a, b),
          precision,
          recall,
          fmeasure,
          one.fmeasure,
        ]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(one.fmeasure).toBeGreaterThanOrEqual(fmeasure);
      }),
    );
  });
});

describe("bit-parallel work agrees with the plain tables", () => {
  const letters = fc.array(fc.constantFrom("a", "b", "文", "𝒳"), { maxLength: 120 });

  test("edit distance", () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect(levenshteinDistance(a, b)).toBe(plainDistance(a, b));
      }),
    );
  });

  test("longest common subsequence", () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect(longestCommonSubsequence(a, b)).toBe(plainCommon(a, b));
      }),
    );
  });

  function plainDistance(a: readonly string[], b: readonly string[]): number {
    let row = b.map((_, j) => j + 1);
    a.forEach((letter, i) => {
      let diagonal = i;
      let left = i + 1;
      row = row.map((above, j) => {
        const best = Math.min(above + 1, left + 1, diagonal + (letter === b[j] ? 0 : 1));
        diagonal = above;
        left = best;
        return best;
      });
    });
    return row.at(-1) ?? a.length;
  }

  function plainCommon(a: readonly string[], b: readonly string[]): number {
    let row = b.map(() => 0);
    for (const letter of a) {
      let diagonal = 0;
      let left = 0;
      row = row.map((above, j) => {
        const best = letter === b[j] ? diagonal + 1 : Math.max(above, left);
        diagonal = above;
        left = best;
        return best;
      });
    }
    return row.at(-1) ?? 0;
  }
});

describe("Chinese does not score 0 for lack of blanks", () => {
  const answer = "东京是日本的首都，人口约一千四百万。";
  const reference = "日本的首都是东京，人口约一千四百万。";
  test("BLEU, ROUGE and chrF by default, and what Ragas would say", () => {
    expect(bleu(answer, reference)).toBeGreaterThan(0.3);
    expect(rouge1(answer, reference).fmeasure).toBe(1);
    expect(rougeL(answer, reference).fmeasure).toBeGreaterThan(0.7);
    expect(chrf(answer, reference)).toBeGreaterThan(0.5);
    expect(bleu(answer, reference, "ragas")).toBe(0);
    expect(rougeL(answer, reference, "ragas").fmeasure).toBe(0);
  });

  test("quotations and entities", () => {
    const passages = ["报告指出：数字经济规模继续扩大，同比增长3.5%。"];
    expect(quotedSpans("报告称「数字经济规模继续扩大」。", passages).score).toBe(1);
    expect(quotedSpans("报告称「数字经济规模明显缩小」。", passages).score).toBe(0);
    expect(quotedSpans("所谓「数字」。", passages)).toEqual({ score: 1, matched: 0, total: 0 });
    const entities = extractEntities("2024年，数字经济同比增长3.5%。");
    expect(entities).toContain("3.5%");
    expect(entityRecall(["3.5%", "经济"], passages)).toBe(1);
    expect(entityRecall(["2024年"], passages)).toBe(0);
  });
});

describe("words and marks", () => {
  test("an apostrophe opens no quotation, except for Ragas", () => {
    const answer = 'It isn\'t what "the report from May" says.';
    const passages = ["So the report from May says."];
    expect(quotedSpans(answer, passages)).toEqual({ score: 1, matched: 1, total: 1 });
    expect(quotedSpans(answer, passages, { compat: "ragas" }).matched).toBe(0);
  });

  test("quotation marks without end take linear time", () => {
    for (const mark of ["“", '"', "'", "「", "a'"]) {
      expect(quotedSpans(mark.repeat(200_000), ["x"]).matched).toBe(0);
    }
  });

  test("an entity is found whole: not 1 in 12, not art in party", () => {
    expect(entityRecall(["1", "art"], ["12 people at the party"])).toBe(0);
    expect(entityRecall(["PARIS", "１２"], ["in Paris, 12 people"])).toBe(1);
    expect(entityRecall([" "], ["x"])).toBeNull();
    expect(extractEntities("The Shah Jahan of Agra built it in 1631 for “her memory”.")).toEqual(
      expect.arrayContaining(["1631", "her memory"]),
    );
  });

  test("stems follow ROUGE's reference implementation", () => {
    const stems = {
      uses: "use",
      days: "day",
      says: "say",
      dies: "die",
      dying: "die",
      news: "news",
      flies: "fli",
      happily: "happili",
      relational: "relat",
      adjustable: "adjust",
      hopping: "hop",
      falling: "fall",
      controlling: "control",
      rolled: "roll",
      agreed: "agre",
      biology: "biolog",
      fully: "fulli",
      exceed: "exceed",
    };
    for (const [word, stem] of Object.entries(stems)) expect(porterStem(word), word).toBe(stem);
  });

  test("cited passages are read in every usual form", () => {
    expect(citedPassages("A [1], B [2][3], C【4】, D [5, 6], E [7–9].")).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(citedPassages("[a] [] [1234] [0x1] array[i]")).toEqual([]);
    expect(citedPassages("[1-999]").length).toBeLessThan(30);
  });
});
