import fc from "fast-check";
import { expect, test } from "vitest";
import { findCauses } from "../../src/reports/advice/findings.ts";
import { boundGain } from "../../src/reports/advice/gain.ts";
import { repair } from "../../src/reports/advice/repair.ts";
import { ADVICE_RULES } from "../../src/reports/advice/rules.ts";
import { goodness, metricInfo } from "../../src/reports/metric-info.ts";
import { buildReport } from "../../src/reports/report/build-report.ts";
import { measure } from "../../src/scoring/measure.ts";
import { FAULTS } from "./faults.ts";
import { perfectEvidence } from "./perfect-evidence.ts";
import { cleanScene, type Fact, factsAbout, factWith, type Scene } from "./scenes.ts";
import { inputOf, scoreEvidence } from "./scored-samples.ts";

/** True and false facts about the thing asked for, and facts about another one. */
const FACTS: readonly Fact[] = [
  ...factsAbout("en", 0),
  ...factWith("en", 0, { year: 1800, metres: 5, maker: "Nobody Known", colour: "pink" }),
  ...factsAbout("en", 1),
];

const facts = (maxLength: number) =>
  fc.uniqueArray(fc.constantFrom(...FACTS), {
    minLength: 1,
    maxLength,
    selector: ({ topic, value }) => topic + value,
  });

/** A sample with any number of faults of its own; the passages hold at least what the reference says. */
const anyScene: fc.Arbitrary<Scene> = fc
  .record({ answer: facts(5), reference: facts(4), others: fc.array(facts(3), { maxLength: 3 }) })
  .map(({ answer, reference, others }) => ({
    ...cleanScene("en", 0),
    answer,
    reference,
    passages: [reference, ...others],
  }));

test("in any sample, undoing one planted fault gains no more than the bound", () => {
  fc.assert(
    fc.property(anyScene, fc.constantFrom(...FAULTS), (scene, fault) => {
      const before = scoreEvidence(perfectEvidence(fault.plant(scene, 0)));
      const after = scoreEvidence(perfectEvidence(scene));
      const { advice } = buildReport(inputOf([before], "en"));
      for (const { cause, metric, gain } of advice) {
        const [was, is] = [before.scores[metric] ?? null, after.scores[metric] ?? null];
        if (cause !== fault.cause || was === null || is === null) continue;
        const info = metricInfo(metric);
        const real = goodness(info, is) - goodness(info, was);
        expect(gain.bound, `${fault.name}, ${metric}`).toBeGreaterThanOrEqual(real - 1e-9);
      }
    }),
    { numRuns: 400 },
  );
});

test("a repair never makes a metric of its cause worse, and never changes the stored evidence", () => {
  fc.assert(
    fc.property(anyScene, fc.constantFrom(...FAULTS), (scene, fault) => {
      const sample = scoreEvidence(perfectEvidence(fault.plant(scene, 0)));
      const stored = JSON.stringify(sample.evidence);
      for (const [cause, [finding]] of findCauses([sample])) {
        if (!finding) continue;
        const metric =
          ADVICE_RULES.find((rule) => rule.cause === cause)?.metrics[0] ?? "faithfulness";
        const info = metricInfo(metric);
        const was = measure(finding.evidence, [metric])[metric]?.value ?? null;
        const is = measure(repair(finding.evidence, cause), [metric])[metric]?.value ?? null;
        if (was === null || is === null) continue;
        expect(goodness(info, is), cause).toBeGreaterThanOrEqual(goodness(info, was) - 1e-12);
      }
      expect(JSON.stringify(sample.evidence)).toBe(stored);
    }),
    { numRuns: 300 },
  );
});

test("a repair leaves the claims of other causes alone", () => {
  const [invention] = FAULTS;
  const scene = cleanScene("en", 0, 3);
  const wrong = factWith("en", 0, { year: 1700 })[0];
  if (!invention || !wrong) throw new Error("no fault");
  const both = invention.plant({ ...scene, answer: [wrong, ...scene.answer.slice(1)] }, 0);
  const evidence = perfectEvidence(both);
  const verdicts = (of: typeof evidence) => of.claims.slice(0, 4).map(({ verdict }) => verdict);
  expect(verdicts(evidence)).toEqual(["contradicted", "supported", "supported", "unsupported"]);
  expect(verdicts(repair(evidence, "invented"))).toEqual([
    "contradicted",
    "supported",
    "supported",
    "supported",
  ]);
  expect(verdicts(repair(evidence, "contradicts_context"))).toEqual([
    "supported",
    "supported",
    "supported",
    "unsupported",
  ]);
});

test("evidence spans follow their passages into the better order", () => {
  const late = FAULTS.find(({ cause }) => cause === "ranked_too_low");
  if (!late) throw new Error("no fault");
  const evidence = perfectEvidence(late.plant(cleanScene("zh", 2), 2));
  const ranked = repair(evidence, "ranked_too_low");
  const quotes = (of: typeof evidence) =>
    of.claims.flatMap((claim) =>
      claim.evidence.map(({ passage, start, end }) =>
        of.passages?.[passage]?.text.slice(start, end),
      ),
    );
  expect(quotes(ranked)).toEqual(quotes(evidence));
  expect(ranked.passages?.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  expect(measure(ranked, ["context_precision"]).context_precision?.value).toBe(1);
});

test("the bound of a run is the mean over all its samples, those without the fault too", () => {
  const [fault] = FAULTS;
  if (!fault) throw new Error("no fault");
  const clean = [0, 1, 2, 3].map((index) => cleanScene("en", index));
  const faulty = clean.map((scene, index) => (index === 0 ? fault.plant(scene, index) : scene));
  const samples = faulty.map((scene) => scoreEvidence(perfectEvidence(scene)));
  const findings = findCauses(samples).get(fault.cause) ?? [];
  // Two of three claims are supported: a third is missing in one sample of four.
  const gain = boundGain(samples, findings, "faithfulness");
  expect(gain?.bound).toBeCloseTo(1 / 12, 12);
  expect(gain?.n).toBe(4);
  const means = [faulty, clean].map((scenes) => {
    const run = scenes.map((scene) => scoreEvidence(perfectEvidence(scene)));
    return buildReport(inputOf(run, "en")).metrics.faithfulness?.mean ?? 0;
  });
  expect(gain?.bound).toBeGreaterThanOrEqual((means[1] ?? 0) - (means[0] ?? 0) - 1e-12);
});

test("with empty retrieval the missing passage is worth everything", () => {
  const evidence = perfectEvidence({ ...cleanScene("en", 0), passages: [] });
  const sample = scoreEvidence(evidence);
  const report = buildReport(inputOf([sample], "en"));
  const advice = report.advice.find(({ cause }) => cause === "missing_in_retrieval");
  expect(advice?.gain.bound).toBe(1);
  expect(advice?.actions[0]).toContain("Nothing was retrieved");
});
