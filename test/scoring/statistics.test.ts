import fc from "fast-check";
import { expect, test } from "vitest";
import { MetricSummary } from "../../src/contract/report.ts";
import { METRIC_CATALOGUE } from "../../src/scoring/metrics/registry.ts";
import type { Outcome, Reason } from "../../src/scoring/outcome.ts";
import { failed, notApplicable, scored } from "../../src/scoring/outcomes.ts";
import { summarizeMetric } from "../../src/scoring/statistics.ts";

const [INFO] = METRIC_CATALOGUE;
if (!INFO) throw new Error("the catalogue is empty");

function summarize(...outcomes: Outcome[]) {
  if (!INFO) throw new Error("the catalogue is empty");
  return summarizeMetric(outcomes, INFO);
}

const value = (number: number) => scored(number, "llm");

test("one sample: a mean and no interval", () => {
  expect(summarize(value(0.4))).toEqual({
    mean: 0.4,
    interval: null,
    n: 1,
    coverage: 1,
    histogram: [0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
    missing: {},
    band: null,
  });
});

test("no number at all", () => {
  const summary = summarize(
    notApplicable("abstained", "llm"),
    notApplicable("missing_contexts", "llm"),
  );
  expect(summary).toMatchObject({ mean: null, interval: null, n: 0, coverage: 1, band: null });
  expect(summary.missing).toEqual({ abstained: 1, missing_contexts: 1 });
});

test("failures stay out of the mean but show in coverage and band", () => {
  const summary = summarize(
    value(1),
    value(0.5),
    failed("judge_error", "llm"),
    failed("budget", "llm"),
  );
  expect(summary).toMatchObject({ mean: 0.75, n: 2, coverage: 0.5, band: [0.375, 0.875] });
  expect(summary.missing).toEqual({ judge_error: 1, budget: 1 });
  expect(summarize(failed("budget", "llm"))).toMatchObject({
    mean: null,
    coverage: 0,
    band: [0, 1],
  });
});

test("the last bin holds 1", () => {
  expect(summarize(value(0), value(0.1), value(0.95), value(1)).histogram).toEqual([
    1, 1, 0, 0, 0, 0, 0, 0, 0, 2,
  ]);
});

test("property: sound for any mix of outcomes", () => {
  const reason = fc.constantFrom<Reason>("judge_error", "abstained", "missing_contexts");
  const outcome = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }).map(value),
    fc.constantFrom(value(0), value(1)),
    reason.map((why) => (why === "judge_error" ? failed(why, "llm") : notApplicable(why, "llm"))),
  );
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 30 }), (outcomes) => {
      const summary = MetricSummary.parse(summarize(...outcomes));
      const { mean, interval, n, histogram, missing, band, coverage } = summary;
      expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(n);
      expect(n + Object.values(missing).reduce((sum, count) => sum + count, 0)).toBe(
        outcomes.length,
      );
      expect(coverage).toBeGreaterThanOrEqual(0);
      expect(coverage).toBeLessThanOrEqual(1);
      for (const range of [interval, band]) {
        if (range === null) continue;
        expect(range[0]).toBeGreaterThanOrEqual(0);
        expect(range[1]).toBeLessThanOrEqual(1);
        if (mean === null) continue;
        expect(range[0]).toBeLessThanOrEqual(mean + 1e-9);
        expect(range[1]).toBeGreaterThanOrEqual(mean - 1e-9);
      }
    }),
    { numRuns: 60 },
  );
});
