import { expect, test } from "vitest";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { goodness, metricInfo } from "../../src/reports/metric-info.ts";
import { buildReport } from "../../src/reports/report/build-report.ts";
import type { ReportSample } from "../../src/reports/report-input.ts";
import { DEFAULT_METRICS } from "../../src/scoring/metrics/registry.ts";
import { scoreSample } from "../../src/scoring/score-sample.ts";
import { CORE_METRICS } from "../scoring/core-metrics.ts";
import { FAULTS } from "./faults.ts";
import { perfectEvidence } from "./perfect-evidence.ts";
import { cleanScene, type Scene } from "./scenes.ts";
import { inputOf } from "./scored-samples.ts";

const judge = createOfflineJudge();

/** The scene's texts as a user would send them, judged without any knowledge of the facts behind them. */
async function judgeOffline(
  scene: Scene,
  metrics: readonly string[] = CORE_METRICS,
): Promise<ReportSample> {
  const { question, answer, passages, reference } = perfectEvidence(scene);
  const sample = {
    question,
    answer: answer.text,
    passages: passages?.map(({ text }) => text) ?? null,
    reference: reference?.text ?? null,
    referencePassages: null,
    retrievedIds: null,
    referenceIds: null,
  };
  const result = await scoreSample(sample, { id: scene.id, metrics, judge });
  return {
    sample_id: scene.id,
    tags: {},
    error: null,
    outcomes: result.outcomes,
    scores: result.scores,
    weighted_score: result.weightedScore,
    evidence: result.evidence,
  };
}

const CASES = (["zh", "en"] as const).flatMap((language) =>
  ([2, 3] as const).flatMap((size) =>
    [0, 1, 2, 3, 4, 5].flatMap((index) =>
      FAULTS.map((fault) => ({ fault, index, clean: cleanScene(language, index, size) })),
    ),
  ),
);

test("there are more than two hundred planted faults, in Chinese and English alike", () => {
  expect(CASES.length).toBeGreaterThan(200);
  const inChinese = CASES.filter(({ clean }) => clean.language === "zh").length;
  expect(inChinese).toBe(CASES.length / 2);
});

test.each([
  ["the seven metrics", CORE_METRICS],
  ["the default metrics", DEFAULT_METRICS],
])("without a model, most planted faults still lead the advice: %s", async (_name, metrics) => {
  const missed: string[] = [];
  for (const { fault, index, clean } of CASES) {
    const sample = await judgeOffline(fault.plant(clean, index), metrics);
    const report = buildReport(inputOf([sample], clean.language, metrics));
    const first = report.advice[0]?.cause ?? "none";
    if (first !== fault.cause) missed.push(`${clean.id} ${fault.name}: ${first}`);
  }
  const share = 1 - missed.length / CASES.length;
  console.log(
    `offline judge, ${_name}: the right cause first in ${(share * 100).toFixed(1)} % of ${CASES.length} planted faults`,
  );
  expect(share, missed.join("\n")).toBeGreaterThanOrEqual(0.6);
});

test("without a model, undoing the fault gains no more than the bound", async () => {
  let checked = 0;
  for (const { fault, index, clean } of CASES) {
    const before = await judgeOffline(fault.plant(clean, index));
    const after = await judgeOffline(clean);
    const { advice } = buildReport(inputOf([before], clean.language, CORE_METRICS));
    for (const { cause, metric, gain } of advice) {
      const [was, is] = [before.scores[metric] ?? null, after.scores[metric] ?? null];
      if (cause !== fault.cause || was === null || is === null) continue;
      const info = metricInfo(metric);
      const real = goodness(info, is) - goodness(info, was);
      expect(gain.bound, `${fault.name}, ${clean.id}`).toBeGreaterThanOrEqual(real - 1e-9);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(CASES.length / 2);
});
