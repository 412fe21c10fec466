import { expect, test } from "vitest";
import { metricInfo, severityOf } from "../../src/reports/metric-info.ts";
import { buildReport } from "../../src/reports/report/build-report.ts";
import type { Cause, Evidence } from "../../src/scoring/evidence.ts";
import { DEFAULT_METRICS } from "../../src/scoring/metrics/registry.ts";
import { FAULTS } from "./faults.ts";
import { perfectEvidence } from "./perfect-evidence.ts";
import { cleanScene } from "./scenes.ts";
import { inputOf, scoreEvidence } from "./scored-samples.ts";

const LANGUAGES = ["zh", "en"] as const;
const INDICES = [0, 1, 2, 3, 4, 5];

const cleanSample = (language: "zh" | "en", index: number, size: 1 | 2 | 3) =>
  scoreEvidence(perfectEvidence(cleanScene(language, index, size)));

test.each(LANGUAGES)("a clean run gets no advice (%s)", (language) => {
  const samples = INDICES.map((index) => cleanSample(language, index, 2));
  const report = buildReport(inputOf(samples, language));
  expect(report.advice).toEqual([]);
  expect(report.run.advice_top).toBeNull();
  expect(report.diagnosis).toEqual({});
});

for (const fault of FAULTS) {
  test.each(LANGUAGES)(
    `${fault.name}: the advice is about that, in every sample (%s)`,
    (language) => {
      for (const size of [2, 3] as const) {
        for (const index of INDICES) {
          const scene = fault.plant(cleanScene(language, index, size), index);
          const report = buildReport(inputOf([scoreEvidence(perfectEvidence(scene))], language));
          expect(report.advice[0]?.cause, `${scene.id}`).toBe(fault.cause);
          expect(report.advice[0]?.gain.bound).toBeGreaterThan(0);
          expect(report.advice[0]?.gain.interval).toBeNull();
        }
      }
    },
  );

  test.each(LANGUAGES)(
    `${fault.name}: undoing it never gains more than the bound (%s)`,
    (language) => {
      for (const size of [1, 2, 3] as const) {
        for (const index of INDICES) {
          const clean = cleanScene(language, index, size);
          const before = perfectEvidence(fault.plant(clean, index));
          const sample = scoreEvidence(before);
          const honest = scoreEvidence(perfectEvidence(clean));
          const advice = buildReport(inputOf([sample], language)).advice.find(
            ({ cause }) => cause === fault.cause,
          );
          if (!advice) {
            expect(sample.scores).toEqual(honest.scores);
            continue;
          }
          const sign = metricInfo(advice.metric).direction === "higher" ? 1 : -1;
          const real =
            sign * ((honest.scores[advice.metric] ?? 0) - (sample.scores[advice.metric] ?? 0));
          expect(advice.gain.bound, `${clean.id} ${advice.metric}`).toBeGreaterThanOrEqual(
            real - 1e-12,
          );
        }
      }
    },
  );
}

/** What the default metrics ask for: nobody compares answer and reference. */
function withoutComparison(evidence: Evidence): Evidence {
  return {
    ...evidence,
    claims: evidence.claims.map((claim) =>
      claim.of === "answer"
        ? { ...claim, supported_by_reference: null }
        : { ...claim, supported_by_answer: null },
    ),
  };
}

test("with the default metrics too, for every fault that shows without comparing answer and reference", () => {
  const blind: readonly Cause[] = ["noise_followed", "retrieved_but_ignored"];
  for (const fault of FAULTS.filter(({ cause }) => !blind.includes(cause))) {
    for (const language of LANGUAGES) {
      for (const index of INDICES) {
        const scene = fault.plant(cleanScene(language, index), index);
        const evidence = withoutComparison(perfectEvidence(scene));
        const sample = scoreEvidence(evidence, DEFAULT_METRICS);
        const report = buildReport(inputOf([sample], language, DEFAULT_METRICS));
        expect(report.advice[0]?.cause, `${scene.id}: ${fault.name}`).toBe(fault.cause);
      }
    }
  }
});

test("in a mixed run every planted cause is named, with bounds over all samples and intervals", () => {
  const clean = INDICES.flatMap((index) => [2, 3].map((size) => ({ index, size: size as 2 | 3 })));
  const samples = clean.map(({ index, size }, place) => {
    const scene = cleanScene("zh", index, size);
    const fault = FAULTS[place];
    return scoreEvidence(perfectEvidence(fault ? fault.plant(scene, index) : scene));
  });
  const report = buildReport(inputOf(samples, "zh"));
  expect(new Set(report.advice.map(({ cause }) => cause))).toEqual(
    new Set(FAULTS.map(({ cause }) => cause)),
  );
  expect(report.advice.map(({ id }) => id)).toEqual(report.advice.map((_, i) => `A${i + 1}`));
  for (const { gain, sample_ids } of report.advice) {
    const [low, high] = gain.interval ?? [Number.NaN, Number.NaN];
    expect(low).toBeLessThanOrEqual(gain.bound);
    expect(high).toBeGreaterThanOrEqual(gain.bound);
    expect(gain.bound).toBeGreaterThan(0);
    expect(gain.bound).toBeLessThan(1);
    expect(sample_ids.length).toBeGreaterThan(0);
    expect(sample_ids.length).toBeLessThanOrEqual(3);
  }
});

test("severity follows the mean of the metric and mirrors lower-is-better metrics", () => {
  const level = (value: number, name: string) => severityOf(value, metricInfo(name));
  expect([0.49, 0.5, 0.69, 0.7, 0.84, 0.85].map((value) => level(value, "faithfulness"))).toEqual([
    "severe",
    "warning",
    "warning",
    "improve",
    "improve",
    null,
  ]);
  expect([0.51, 0.31, 0.16, 0.1].map((value) => level(value, "noise_sensitivity"))).toEqual([
    "severe",
    "warning",
    "improve",
    null,
  ]);
  expect(severityOf(0.9, metricInfo("faithfulness"), [0.8, 0.9, 0.95])).toBe("improve");
});

test("what harms more samples comes before what harms few, for the same effort", () => {
  const fault = (name: string) => {
    const found = FAULTS.find((candidate) => candidate.name === name);
    if (!found) throw new Error(name);
    return found;
  };
  const plant = (name: string, index: number) =>
    scoreEvidence(perfectEvidence(fault(name).plant(cleanScene("en", index), index)));
  const report = buildReport(
    inputOf(
      [
        plant("a number is changed", 0),
        plant("the model refuses", 1),
        plant("the model refuses", 2),
        plant("the model refuses", 3),
      ],
      "en",
    ),
  );
  expect(report.advice.map(({ cause }) => cause).slice(0, 2)).toEqual([
    "refused_though_answerable",
    "contradicts_context",
  ]);
});

test("a stricter line for one metric changes the severity of advice about it", () => {
  const [invention] = FAULTS;
  if (!invention) throw new Error("no fault");
  const sample = scoreEvidence(perfectEvidence(invention.plant(cleanScene("en", 0, 3), 0)));
  const input = inputOf([sample], "en");
  expect(buildReport(input).advice[0]?.severity).toBe("improve");
  const strict = buildReport(input, { thresholds: { faithfulness: [0.8, 0.9, 0.99] } });
  expect(strict.advice[0]?.severity).toBe("severe");
});

test("with a perfect judge the right cause comes first, counted over all planted faults", () => {
  let [right, all] = [0, 0];
  for (const fault of FAULTS) {
    for (const language of LANGUAGES) {
      for (const size of [2, 3] as const) {
        for (const index of INDICES) {
          const scene = fault.plant(cleanScene(language, index, size), index);
          const report = buildReport(inputOf([scoreEvidence(perfectEvidence(scene))], language));
          all += 1;
          if (report.advice[0]?.cause === fault.cause) right += 1;
        }
      }
    }
  }
  console.log(`perfect judge: the right cause first in ${right} of ${all} planted faults`);
  expect(all).toBeGreaterThan(200);
  expect(right / all).toBeGreaterThanOrEqual(0.9);
});
