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
