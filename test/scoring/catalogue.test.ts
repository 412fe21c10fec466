import { expect, test } from "vitest";
import { MetricInfo } from "../../src/contract/service.ts";
import { measure } from "../../src/scoring/measure.ts";
import {
  LOWER_IS_BETTER,
  METRIC_CATALOGUE,
  METRIC_NAMES,
} from "../../src/scoring/metrics/registry.ts";
import { makeEvidence } from "./make-evidence.ts";

test("every metric is described once, in the order of the names, and can be measured", () => {
  expect(METRIC_CATALOGUE.map(({ name }) => name)).toEqual([...METRIC_NAMES]);
  expect(Object.keys(measure(makeEvidence({}), METRIC_NAMES))).toEqual([...METRIC_NAMES]);
});

test.each(METRIC_CATALOGUE)("$name is described in both languages", (info) => {
  expect(() => MetricInfo.parse(info)).not.toThrow();
  for (const text of [info.title, info.description, ...(info.deviation ? [info.deviation] : [])]) {
    expect(text.en.length).toBeGreaterThan(2);
    expect(text.zh.length).toBeGreaterThan(1);
  }
  expect(info.description.zh).toMatch(/\p{Script=Han}/u);
  expect(info.formula).not.toBe("");
});

test("twelve are shown first, and none of those that are there for numbers of other tools", () => {
  const shown = METRIC_CATALOGUE.filter(({ core }) => core);
  expect(shown).toHaveLength(12);
  expect(shown.map(({ family }) => family)).not.toContain("ragchecker");
  expect(shown.map(({ family }) => family)).not.toContain("text");
  expect(METRIC_CATALOGUE.filter((one) => one.default && !one.core)).toEqual([]);
});

test("a metric that needs an input says so when the input is missing, and only then", () => {
  const missing = {
    contexts: "missing_contexts",
    ground_truth: "missing_ground_truth",
    reference_contexts: "missing_reference_contexts",
    ids: "missing_ids",
  };
  const claim = { by: [0], other: "supported" as const, onTopic: true };
  const bare = measure(
    makeEvidence({ answer: [claim], reference: null, passageCount: null }),
    METRIC_NAMES,
  );
  for (const { name, needs } of METRIC_CATALOGUE) {
    const reasons = needs.flatMap((need) =>
      need in missing ? [missing[need as keyof typeof missing]] : [],
    );
    if (reasons.length === 0) expect(bare[name]?.reason ?? "", name).not.toMatch(/^missing_/);
    else expect(reasons, name).toContain(bare[name]?.reason);
  }
});

test("lower is better for faults", () => {
  expect([...LOWER_IS_BETTER].sort()).toEqual([
    "contradiction_rate",
    "hallucination",
    "noise_sensitivity",
    "noise_sensitivity_irrelevant",
    "rc_hallucination",
    "rc_noise_sensitivity_in_irrelevant",
    "rc_noise_sensitivity_in_relevant",
    "rc_self_knowledge",
    "self_knowledge",
    "unused_relevant_passages",
  ]);
});
