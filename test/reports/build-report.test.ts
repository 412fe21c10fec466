import { expect, test } from "vitest";
import { Report } from "../../src/contract/report.ts";
import { ARTIFACT_NAMES } from "../../src/contract/service.ts";
import { buildReport } from "../../src/reports/report/build-report.ts";
import type { ReportInput, ReportSample } from "../../src/reports/report-input.ts";
import { renderArtifacts } from "../../src/reports/text/artifacts.ts";
import { renderReportHtml } from "../../src/reports/text/html/report-html.ts";
import { FAULTS } from "./faults.ts";
import { perfectEvidence } from "./perfect-evidence.ts";
import { cleanScene } from "./scenes.ts";
import { inputOf, METRICS, scoreEvidence } from "./scored-samples.ts";

function mixedRun(language: "zh" | "en"): ReportInput {
  const samples = FAULTS.map((fault, place) => {
    const scene = fault.plant(cleanScene(language, place % 5), place % 5);
    const evidence = { ...perfectEvidence(scene), id: `s${place}` };
    return scoreEvidence(evidence, METRICS, { app: place % 2 ? "one" : "two" });
  });
  return inputOf([...samples, brokenSample], language);
}

const brokenSample: ReportSample = {
  sample_id: "broken",
  tags: { app: "one" },
  error: { code: "judge_unavailable", message: "The judge <b>cannot</b> be reached." },
  outcomes: {},
  scores: {},
  weighted_score: null,
  evidence: null,
  texts: { question: "为什么？", answer: "不知道", contexts: null, ground_truth: null },
};

/** The same values with the keys of every object in another order. */
function shuffleKeys<T>(value: T): T {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).reverse())
      : part,
  );
  return JSON.parse(text);
}

test.each(["zh", "en"] as const)("a report has the shape of the contract (%s)", (language) => {
  const report = buildReport(mixedRun(language));
  expect(Report.parse(report)).toEqual(report);
  expect(report.run.total_samples).toBe(FAULTS.length + 1);
  expect(report.run.valid_samples).toBe(FAULTS.length);
  expect(report.run.invalid_samples).toBe(1);
  expect(Object.keys(report.metrics)).toEqual(METRICS);
  expect(report.run.advice_top).toBe(report.advice[0]?.title);
  expect(report.artifacts).toEqual([...ARTIFACT_NAMES]);
  const counted = Object.values(report.diagnosis).reduce((sum, n) => sum + n, 0);
  expect(counted).toBe(FAULTS.length);
});

test("groups count samples and take means over scored values only", () => {
  const report = buildReport(mixedRun("en"));
  const one = report.groups.find(({ tag }) => tag === "app=one");
  const members = mixedRun("en").samples.filter(({ tags }) => tags.app === "one");
  const values = members.flatMap(({ scores }) => scores.faithfulness ?? []);
  expect(one?.n).toBe(members.length);
  expect(one?.means.faithfulness).toBeCloseTo(
    values.reduce((a, b) => a + b, 0) / values.length,
    12,
  );
});

test("the lowest samples are at most ten, worst first, ties by id, none without a score", () => {
  const samples = ["c", "a", "b"].flatMap((letter) =>
    [0, 1, 2, 3, 4].map((index) => {
      const sample = scoreEvidence(perfectEvidence(cleanScene("en", index)));
      return { ...sample, sample_id: `${letter}${index}`, weighted_score: index / 10 };
    }),
  );
  const { lowest } = buildReport(inputOf([...samples, brokenSample], "en"));
  expect(lowest.map(({ sample_id }) => sample_id)).toEqual([
    "a0",
    "b0",
    "c0",
    "a1",
    "b1",
    "c1",
    "a2",
    "b2",
    "c2",
    "a3",
  ]);
});

test("a long question is shown shortened, and never cut through a character", () => {
  const evidence = { ...perfectEvidence(cleanScene("zh", 0)), question: "🙂".repeat(300) };
  const [row] = buildReport(inputOf([scoreEvidence(evidence)], "zh")).lowest;
  expect(row?.question.length).toBeLessThanOrEqual(200);
  expect(row?.question).not.toMatch(/\p{Cs}/u);
  expect(row?.question.endsWith("…")).toBe(true);
});

test.each(["zh", "en"] as const)("the same run gives the same bytes (%s)", (language) => {
  const render = (input: ReportInput) => {
    const report = buildReport(input);
    return { ...renderArtifacts(input, report), html: renderReportHtml(input, report) };
  };
  const first = render(mixedRun(language));
  expect(render(mixedRun(language))).toEqual(first);
  expect(render(shuffleKeys(mixedRun(language)))).toEqual(first);
});

/** The run of before, whose model was away for every third sample. */
function twoJudges(language: "zh" | "en"): ReportInput {
  const input = mixedRun(language);
  const samples = input.samples.map((sample, place) =>
    sample.evidence && place % 3 === 0
      ? { ...sample, evidence: { ...sample.evidence, method: "offline" as const } }
      : sample,
  );
  return { ...input, samples };
}

test.each([
  ["zh", "两种评判的数字不能混在一起看", "离线评判"],
  ["en", "Numbers of two judges do not mix", "the offline judge"],
] as const)(
  "where a run went on offline the means of its two judges stand apart (%s)",
  (language, words, name) => {
    const input = twoJudges(language);
    const report = buildReport(input);
    expect(Report.parse(report)).toEqual(report);
    const judged = input.samples.filter(({ evidence }) => evidence);
    const offline = judged.filter(({ evidence }) => evidence?.method === "offline");
    expect(report.judged_by).toEqual({
      llm: judged.length - offline.length,
      offline: offline.length,
    });
    const values = offline.flatMap(({ scores }) => scores.faithfulness ?? []);
    const { faithfulness } = report.metrics;
    expect(faithfulness?.by_judge?.offline?.n).toBe(values.length);
    expect(faithfulness?.by_judge?.offline?.mean).toBeCloseTo(
      values.reduce((a, b) => a + b, 0) / values.length,
      12,
    );
    const { llm, offline: without } = faithfulness?.by_judge ?? {};
    expect((llm?.n ?? 0) + (without?.n ?? 0)).toBe(faithfulness?.n);
    const { "summary.md": summary } = renderArtifacts(input, report);
    expect(summary).toContain(words);
    expect(summary).toContain(`| ${name} | ${without?.mean?.toFixed(2)} |`);
    const html = renderReportHtml(input, report);
    expect(html).toContain(words);
    const aside = language === "zh" ? `（n = ${without?.n}）` : ` (n = ${without?.n})`;
    expect(html).toContain(`${without?.mean?.toFixed(2)}${aside}</span>`);
    // Evidence that is not at hand is told of by who judged it.
    const light = input.samples.map((sample) => ({
      ...sample,
      evidence: null,
      judgedBy: sample.evidence?.method ?? null,
    }));
    expect(buildReport({ ...input, samples: light }).judged_by).toEqual(report.judged_by);
  },
);

test("a run of one judge holds nothing apart; one that only another judged says so", () => {
  const input = mixedRun("en");
  const report = buildReport(input);
  expect(report.judged_by).toBeUndefined();
  expect(JSON.stringify(report)).not.toContain("by_judge");
  const renamed = buildReport({ ...input, run: { ...input.run, judge: "decision:clef-flash" } });
  expect(renamed.judged_by).toEqual({ llm: FAULTS.length });
  expect(JSON.stringify(renamed)).not.toContain("by_judge");
});

test.each([
  ["zh", "从未", "判对 90.0 %（95% 区间 87.0 %–92.4 %），于 2026-11-30"],
  ["en", "had never been measured", "right in 90.0 % (95 % interval 87.0 %–92.4 %)"],
] as const)(
  "what was known of the judge stands in the run, and that nothing was (%s)",
  (language, never, known) => {
    const input = mixedRun(language);
    const summaryOf = (measured: ReportInput["measured"]) => {
      const whole = { ...input, measured };
      const report = buildReport(whole);
      expect(Report.parse(report)).toEqual(report);
      expect(report.judge_measured).toEqual(measured);
      return renderArtifacts(whole, report)["summary.md"];
    };
    expect(summaryOf(null)).toContain(never);
    const summary = summaryOf({
      ...{ day: "2026-11-30", claims: 480, answered: 1, accuracy: 0.9, interval: [0.87, 0.924] },
      ...{ above_offline: 0.1, above_interval: [0.05, 0.15], calibration_error: null },
    });
    expect(summary).toContain(known);
    expect(summary).not.toContain(never);
    expect(summaryOf(undefined)).not.toContain(never);
  },
);

test("a run without any usable sample still has a report", () => {
  for (const samples of [[], [brokenSample]]) {
    const input = inputOf(samples, "en");
    const report = buildReport(input);
    expect(Report.parse(report)).toEqual(report);
    const files = renderArtifacts(input, report);
    expect(files["evidence.jsonl"]).toBe("");
    expect(files["optimization_advice.md"]).toContain("No sample could be judged");
    expect(JSON.stringify(files)).not.toMatch(/NaN|undefined|Infinity/);
  }
});

test("tags and names named like parts of an object are only data", () => {
  const tags = JSON.parse('{"__proto__": "x", "constructor": "y"}');
  const sample = scoreEvidence(perfectEvidence(cleanScene("en", 0)), METRICS, tags);
  const input = inputOf([sample, sample], "en");
  const report = buildReport({ ...input, versions: JSON.parse('{"__proto__": "1"}') });
  expect(report.groups.map(({ tag }) => tag)).toEqual(["__proto__=x", "constructor=y"]);
  expect(renderArtifacts(input, report)["metadata.json"]).toContain('"__proto__": "1"');
});
