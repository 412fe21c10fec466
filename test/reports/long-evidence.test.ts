import { expect, test } from "vitest";
import { buildReport } from "../../src/reports/report/build-report.ts";
import { partOfEvidence } from "../../src/reports/report/part-of-evidence.ts";
import { renderReportHtml } from "../../src/reports/text/html/report-html.ts";
import { stableJson } from "../../src/reports/text/stable-json.ts";
import { renderSummaryMarkdown } from "../../src/reports/text/summary-markdown.ts";
import type { Evidence } from "../../src/scoring/evidence.ts";
import { makeEvidence } from "../scoring/make-evidence.ts";
import { inputOf, scoreEvidence } from "./scored-samples.ts";

const LONG = makeEvidence({
  answer: Array.from({ length: 50 }, (_, i) => ({ by: [1], text: `第 ${i} 句 statement.` })),
  reference: Array.from({ length: 7 }, () => ({ by: [0] })),
});

test("a part is the beginning of each text with its claims, and says what it leaves out", () => {
  const { evidence, more } = partOfEvidence(LONG, 10);
  expect(evidence.answer.sentences).toEqual(LONG.answer.sentences.slice(0, 10));
  expect(LONG.answer.text.startsWith(evidence.answer.text)).toBe(true);
  expect(evidence.answer.text.endsWith("第 9 句 statement.")).toBe(true);
  expect(evidence.claims.map(({ id }) => id)).toEqual([
    ...Array.from({ length: 10 }, (_, i) => `a${i + 1}`),
    ...Array.from({ length: 7 }, (_, i) => `r${i + 1}`),
  ]);
  expect(more).toEqual({
    claims: 40,
    characters: LONG.answer.text.length - evidence.answer.text.length,
  });
  expect(partOfEvidence(LONG, 50)).toEqual({ evidence: LONG, more: null });
});

test("the page and the summary of a run say in both languages that claims were not checked", () => {
  const sample = scoreEvidence({ ...LONG, unchecked: { answer: 9, reference: 0 } });
  for (const [language, words] of [
    ["en", "1 sample: a text is checked up to 2000 claims"],
    ["zh", "有 1 个样本，一段文本最多核对 2000 条论断"],
  ] as const) {
    const input = inputOf([sample], language);
    const report = buildReport(input);
    expect(renderSummaryMarkdown(input, report)).toContain(words);
    expect(renderReportHtml(input, report)).toContain(words);
    const whole = inputOf([scoreEvidence(LONG)], language);
    expect(renderSummaryMarkdown(whole, buildReport(whole))).not.toContain("2000");
  }
});

test("the answer of a page reads its claims once, however many sentences it has", () => {
  let reads = 0;
  const claims = LONG.claims.map((claim) =>
    Object.defineProperty({ ...claim }, "sentence", {
      enumerable: true,
      get() {
        reads++;
        return claim.sentence;
      },
    }),
  );
  const counted: Evidence = { ...LONG, claims };
  const input = inputOf([{ ...scoreEvidence(LONG), evidence: counted }], "en");
  const report = buildReport(input);
  reads = 0;
  const html = renderReportHtml(input, report);
  expect(html.match(/<mark class="supported">/g)).toHaveLength(50);
  expect(reads).toBeLessThanOrEqual(claims.length * 4);
});

test("keys stand in the order of their code units, numbers too", () => {
  const value = { b: [undefined, null, { z: 1, a: undefined, 10: 2, 9: 3 }], a: { é: 1, z: 2 } };
  expect(stableJson(value)).toBe('{"a":{"z":2,"é":1},"b":[null,null,{"10":2,"9":3,"z":1}]}');
});
