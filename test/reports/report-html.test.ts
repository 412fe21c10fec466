import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { buildReport } from "../../src/reports/report/build-report.ts";
import { renderReportHtml } from "../../src/reports/text/html/report-html.ts";
import type { Evidence } from "../../src/scoring/evidence.ts";
import { FAULTS } from "./faults.ts";
import { perfectEvidence } from "./perfect-evidence.ts";
import { cleanScene } from "./scenes.ts";
import { inputOf, scoreEvidence } from "./scored-samples.ts";

function render(language: "zh" | "en", count: number, change = (e: Evidence) => e): string {
  const samples = Array.from({ length: count }, (_, place) => {
    const fault = FAULTS[place % FAULTS.length];
    const scene = cleanScene(language, place % 5, 3);
    const planted = fault ? fault.plant(scene, place % 5) : scene;
    return scoreEvidence(change({ ...perfectEvidence(planted), id: `s${place}` }));
  });
  const input = inputOf(samples, language);
  return renderReportHtml(input, buildReport(input));
}

test.each(["zh", "en"] as const)(
  "the file asks the network for nothing and runs nothing (%s)",
  (language) => {
    const html = render(language, 9);
    expect(html).not.toMatch(/<(script|link|iframe|object|embed|form|base|img)[\s>]/i);
    expect(html).not.toMatch(/\s(src|href|action|style|on\w+)=/i);
    expect(html).toContain(`<html lang="${language === "zh" ? "zh-CN" : "en"}">`);
    const style = html.match(/<style>([\s\S]*)<\/style>/)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(html).toContain(`style-src 'sha256-${hash}'`);
  },
);

test("the headings go down one step at a time, from a single first one", () => {
  const levels = [...render("en", 9).matchAll(/<h([1-6])[ >]/g)].map((match) => Number(match[1]));
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  for (const [index, level] of levels.entries()) {
    expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  }
});

test("answers are marked by verdict, in words too, and passages by what they prove", () => {
  const html = render("en", 9);
  expect(html).toMatch(
    /<mark class="contradicted">[^<]+1700[^<]*<\/mark> <small>✗ contradicted<\/small>/,
  );
  expect(html).toMatch(/<mark class="proof">[^<]+<\/mark>/);
});

test.each([
  [
    "zh",
    "本品保修三年。",
    "本品保修两年。",
    "三年",
    "两年",
    "与段落矛盾：回答说“三年”，段落写“两年”",
  ],
  [
    "en",
    "The ferry sails on Monday.",
    "The ferry sails on Friday.",
    "Monday",
    "Friday",
    "contradicts the passages: the answer says “Monday”, the passage “Friday”",
  ],
] as const)(
  "what differs is in bold on both sides, and said (%s)",
  (language, answer, passage, said, told, words) => {
    const html = render(language, 1, (evidence) => {
      const place = (text: string, part: string) => ({
        start: text.indexOf(part),
        end: text.indexOf(part) + part.length,
      });
      const sentences = (text: string) => [{ id: "0", start: 0, end: text.length }];
      return {
        ...evidence,
        answer: { text: answer, sentences: sentences(answer) },
        passages: [{ index: 0, text: passage, sentences: sentences(passage), relevance: 1 }],
        claims: [
          {
            id: "a1",
            of: "answer",
            text: answer,
            sentence: 0,
            verdict: "contradicted",
            evidence: [{ passage: 0, start: 0, end: passage.length }],
            difference: {
              text: place(answer, said),
              passage: { passage: 0, ...place(passage, told) },
            },
            jointly: false,
            confidence: 1,
          },
        ],
      };
    });
    expect(html).toContain(`<b>${said}</b>`);
    expect(html).toContain(`<b>${told}</b>`);
    expect(html).toContain(words);
  },
);

test("five hundred samples stay well under a megabyte and a half", () => {
  const long = (evidence: Evidence): Evidence => ({ ...evidence, question: "why ".repeat(2000) });
  const bytes = new TextEncoder().encode(render("zh", 500, long)).length;
  console.log(`report.html of 500 samples: ${bytes} bytes`);
  expect(bytes).toBeLessThan(1_500_000);
});

test("hostile texts are shown, not run", () => {
  const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
  const html = render("en", 9, (evidence) => ({ ...evidence, id: attack, question: attack }));
  expect(html).not.toMatch(/<(script|img)/i);
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
});

test.each([
  ["zh", /评判给出 0\.90，按人工标注校正后为 0\.85（95% 区间 0\.80–0\.90，依据 22 条已标注论断）/],
  ["en", /0\.90 by the judge, 0\.85 as people would have judged/],
] as const)("people's word stands beside the raw mean (%s)", (language, expected) => {
  const samples = [scoreEvidence(perfectEvidence(cleanScene(language, 0)))];
  const input = inputOf(samples, language);
  const agreement = { n: 22, unsure: 1, rate: 0.9, interval: null, kappa: 0.62 };
  const nobody = { n: 0, unsure: 0, rate: null, interval: null, kappa: null };
  const html = renderReportHtml(input, buildReport(input), {
    claims: agreement,
    samples: nobody,
    corrected: {
      faithfulness: { raw: 0.9, mean: 0.85, interval: [0.8, 0.9], bias: -0.05, labels: 22 },
    },
  });
  expect(html).toMatch(expected);
  expect(html).toMatch(/κ[^<]*0\.62/);
  expect(html).not.toMatch(/On 0 samples|复核了 0 个样本/);
});
