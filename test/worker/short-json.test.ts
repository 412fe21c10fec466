import fc from "fast-check";
import { expect, test } from "vitest";
import { Outcome } from "../../src/scoring/outcome.ts";
import { runMetrics, shortOutcomes } from "../../src/storage/short-json.ts";

const { method, confidence, reason } = Outcome.shape;
const share = fc.double({ min: -1, max: 1, noNaN: true }).map((value) => value + 0);
const methods = fc.constantFrom(...method.options);
const sure = fc.option(fc.constantFrom(...confidence.unwrap().options), { nil: undefined });

const scored = fc
  .record({
    value: share,
    method: methods,
    interval: fc.option(fc.tuple(share, share), { nil: undefined }),
    coverage: fc.option(share, { nil: undefined }),
    confidence: sure,
  })
  .map((outcome) => ({ status: "scored" as const, reason: null, ...outcome }));
const without = fc.record({
  status: fc.constantFrom("failed" as const, "not_applicable" as const),
  value: fc.constant(null),
  reason: fc.constantFrom(...reason.unwrap().options),
  method: methods,
  confidence: sure,
});

test("outcomes come back from a row as they went in, whoever judged", () => {
  const field = shortOutcomes();
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(scored, without)), (drawn) => {
      const outcomes = JSON.parse(JSON.stringify(drawn));
      expect(field.decode(field.encode(outcomes))).toEqual(outcomes);
    }),
  );
});

const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });

test("so do the metrics of a run", () => {
  const field = runMetrics();
  const interval = maybe(fc.tuple(share, share));
  const metric = fc.record({
    mean: maybe(share),
    interval,
    coverage: share,
    sure: maybe(fc.record({ n: fc.nat(), low: fc.nat(), mean: maybe(share), interval })),
  });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), metric), (drawn) => {
      const metrics = JSON.parse(JSON.stringify(drawn));
      expect(field.decode(field.encode(metrics))).toEqual(metrics);
    }),
  );
});
