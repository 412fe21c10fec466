import { expect, it } from "vitest";
import { metricInfo } from "../../src/reports/metric-info.ts";
import { compareSlices, type TaggedPair } from "../../src/scoring/compare-slices.ts";
import { createRandom } from "../../src/scoring/random.ts";

const INFO = metricInfo("answer_correctness");
const TAGS = ["假期", "报销", "warranty", "shipping", "合同", "billing", "考勤", "returns"];
const ROUNDS = 100;

function simulate(seed: number, planted: string | null): TaggedPair[] {
  const random = createRandom(seed);
  const noise = () => (random() + random() + random() - 1.5) * 0.2;
  return TAGS.flatMap((topic) =>
    Array.from({ length: 40 }, (_, n): TaggedPair => {
      const before = 0.75 + noise();
      const after = 0.75 + noise() - (topic === planted ? 0.1 : 0);
      const sample = (value: number) => ({
        ...{ sampleId: `${topic}-${n}`, question: `${topic}?`, cause: null },
        unsure: new Set<string>(),
        scores: { [INFO.name]: value },
      });
      return { base: sample(before), other: sample(after), tags: [`topic=${topic}`] };
    }),
  );
}

const worseIn = (pairs: readonly TaggedPair[]) =>
  compareSlices(pairs, INFO)
    .filter(({ moved }) => moved === "worse")
    .map(({ tag }) => tag);

it("names a topic that lost ten points over forty questions, nine times out of ten", () => {
  let named = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    const planted = TAGS[seed % TAGS.length] ?? "";
    if (worseIn(simulate(seed + 1, planted)).includes(`topic=${planted}`)) named++;
  }
  expect(named / ROUNDS).toBeGreaterThanOrEqual(0.9);
});

it("names any topic at all in at most one comparison of twenty when nothing is wrong", () => {
  let alarms = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    if (worseIn(simulate(seed + 1001, null)).length > 0) alarms++;
  }
  expect(alarms / ROUNDS).toBeLessThanOrEqual(0.05);
});

it("looks the other way for a metric whose lower values are better", () => {
  const noise = metricInfo("noise_sensitivity");
  const pairs = simulate(3, "报销").map(({ base, other, tags }) => {
    const as = (sample: typeof base) => ({
      ...sample,
      scores: { [noise.name]: sample.scores[INFO.name] ?? null },
    });
    return { base: as(base), other: as(other), tags };
  });
  const found = compareSlices(pairs, noise).find(({ tag }) => tag === "topic=报销");
  expect([noise.direction, found?.moved]).toEqual(["lower", "better"]);
});

it("says nothing of a tag with too few questions", () => {
  const pairs = simulate(1, "假期").slice(0, 5);
  expect(compareSlices(pairs, INFO)).toEqual([]);
});
