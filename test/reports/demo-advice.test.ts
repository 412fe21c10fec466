import { expect, test } from "vitest";
import { DEMO_SAMPLES } from "../../src/cli/demo-samples.ts";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import { retell } from "../../src/reports/advice/rules.ts";
import { buildReport } from "../../src/reports/report/build-report.ts";
import type { ReportSample } from "../../src/reports/report-input.ts";
import { DEFAULT_METRICS } from "../../src/scoring/metrics/registry.ts";
import { scoreSample } from "../../src/scoring/score-sample.ts";
import { inputOf } from "./scored-samples.ts";

const CAUSE_OF = {
  "number changed": "contradicts_context",
  "fact invented": "invented",
  "beside the question": "off_topic",
  "contradicts the text": "contradicts_context",
} as const;

async function scoreDemo(): Promise<ReportSample[]> {
  const judge = createOfflineJudge();
  return Promise.all(
    DEMO_SAMPLES.map(async ({ id, question, answer, contexts, groundTruth }) => {
      const sample = {
        question,
        answer,
        passages: contexts,
        reference: groundTruth,
        referencePassages: null,
        retrievedIds: null,
        referenceIds: null,
      };
      const scored = await scoreSample(sample, { id, metrics: DEFAULT_METRICS, judge });
      return {
        sample_id: id,
        tags: {},
        error: null,
        outcomes: scored.outcomes,
        scores: scored.scores,
        weighted_score: scored.weightedScore,
        evidence: scored.evidence,
      };
    }),
  );
}

test("the advice for the demo batch names the planted faults first, and the samples they were planted in", async () => {
  const samples = await scoreDemo();
  const report = buildReport(inputOf(samples, "zh", DEFAULT_METRICS));
  const planted = new Set(DEMO_SAMPLES.flatMap(({ fault }) => (fault ? [CAUSE_OF[fault]] : [])));
  const leading = report.advice.slice(0, planted.size).map(({ cause }) => cause);
  expect(new Set(leading), JSON.stringify(report.diagnosis)).toEqual(planted);
  const faulty = new Set(DEMO_SAMPLES.filter(({ fault }) => fault).map(({ id }) => id));
  for (const advice of report.advice.slice(0, planted.size)) {
    expect(faulty, `${advice.cause}: ${advice.sample_ids}`).toContain(advice.sample_ids[0]);
  }
});

test("a report is told in the reader's language: the very words it would have been written in", async () => {
  const samples = await scoreDemo();
  const [zh, en] = (["zh", "en"] as const).map((language) =>
    buildReport(inputOf(samples, language, DEFAULT_METRICS)),
  );
  if (!zh || !en) throw new Error("two reports were built");
  expect(zh.advice[0]?.check).toMatch(/\p{Script=Han}/u);
  expect(retell(zh, "en").advice).toEqual(en.advice);
  expect(retell(en, "zh").advice).toEqual(zh.advice);
  expect(retell(zh, "zh")).toBe(zh);
});
