import { supportUnder } from "../../src/judges/offline/check-claim.ts";
import { FAITHFULNESS_SETS, FIT_PLANS } from "./bags.ts";
import { collectBags, fitPlan } from "./fit.ts";
import type { Bag, Model } from "./fit-logistic.ts";
import { overlap, pairOverlap } from "./floors.ts";
import { readPoints } from "./rows.ts";
import { auroc, bootstrapInterval, equalMassError, mean } from "./statistics.ts";

/** What people see of one set, under weights fitted on the other sets. */
export interface ReportedRow {
  set: string;
  n: number;
  /** Of the mean over the claims, which is the metric. */
  auroc: number;
  floor: number;
  /** 95 % interval of metric − floor, rows resampled in pairs. */
  gain: [number, number];
  calibration: number;
  high: { n: number; accuracy: number };
  /** Single-claim answers found contradicted, and how many of them people called unsupported. */
  contradicted: { n: number; right: number };
}

/**
 * The metric as the product reports it, cross-validated by set: its AUROC against the better of word and word-pair
 * overlap, its calibration error over ten bins of equal mass, and what `high` and `contradicted` are worth.
 */
export function measureReported(dataDir: string): ReportedRow[] {
  const plan = FIT_PLANS.find(({ model }) => model === "support");
  if (!plan) throw new Error("there is no plan for the support model");
  const bags = collectBags(plan, dataDir);
  return FAITHFULNESS_SETS.map((set) => {
    const own = bags.get(set) ?? [];
    const others = [...bags].flatMap(([name, list]) => (name === set ? [] : list));
    return measureSet(set, own, fitPlan(plan, others), readFloors(dataDir, set));
  });
}

/** Confidence from which `high` is given; the verdicts that reach it are copies, and copies with one proved change. */
const HIGH = 0.9;

function measureSet(set: string, bags: readonly Bag[], model: Model, floors: Floors): ReportedRow {
  const labels = bags.map(({ label }) => label);
  const claims = bags.map(({ measured = [] }) =>
    measured.map((claim) => supportUnder(model, claim)),
  );
  const values = claims.map((supports) => mean(supports));
  const beside = bags.map(({ group = "" }) => floors.get(group));
  const words = beside.map((floor) => floor?.words ?? 0);
  const pairs = beside.map((floor) => floor?.pairs ?? 0);
  const better = auroc(words, labels) >= auroc(pairs, labels) ? words : pairs;
  const high: number[] = [];
  const contradicted = { n: 0, right: 0 };
  bags.forEach(({ measured = [], label }, i) => {
    const isSure = measured.every(
      ({ ruling }, j) => ruling?.isSure === true || (claims[i]?.[j] ?? 0) >= HIGH,
    );
    if (isSure) high.push(((values[i] ?? 0) >= 0.5 ? 1 : 0) === label ? 1 : 0);
    const [only, second] = measured;
    if (set === "uhgeval_zh" || second || !only?.ruling?.contradicts) return;
    contradicted.n++;
    contradicted.right += 1 - label;
  });
  return {
    set,
    n: values.length,
    auroc: auroc(values, labels),
    floor: auroc(better, labels),
    gain: bootstrapInterval(values.length, (rows) => {
      const pick = (list: readonly number[]) => rows.map((row) => list[row] ?? 0);
      return auroc(pick(values), pick(labels)) - auroc(pick(better), pick(labels));
    }),
    calibration: equalMassError(values, labels),
    high: { n: high.length, accuracy: mean(high) },
    contradicted,
  };
}

interface Floor {
  words: number;
  pairs: number;
}

/** By the group of its bag. */
type Floors = ReadonlyMap<string, Floor>;

function readFloors(dataDir: string, set: string): Floors {
  const floors = new Map<string, Floor>();
  for (const row of readPoints(dataDir, set)) {
    const source = row.contexts.join("\n");
    const floorOf = (text: string): Floor => ({
      words: overlap(text, source),
      pairs: pairOverlap(text, source),
    });
    if (set !== "uhgeval_zh") floors.set(row.id, floorOf(row.answer));
    else {
      for (const [i, { text }] of (row.label.keywords ?? []).entries())
        floors.set(`${row.id} ${i}`, floorOf(text));
    }
  }
  return floors;
}

export function formatReported(rows: readonly ReportedRow[]): string {
  const lines = rows.map(({ set, n, gain, high, contradicted, ...row }) =>
    [
      set.padEnd(11),
      String(n).padStart(5),
      row.auroc.toFixed(3),
      row.floor.toFixed(3),
      `${gain[0].toFixed(3)} … ${gain[1].toFixed(3)}`.padEnd(16),
      row.calibration.toFixed(3),
      `${high.n} (${high.accuracy.toFixed(2)})`.padEnd(12),
      `${contradicted.right} of ${contradicted.n}`,
    ].join("  "),
  );
  const total = (value: (row: ReportedRow) => number) =>
    rows.reduce((sum, row) => sum + value(row), 0);
  return [
    "Reported faithfulness, cross-validated by set",
    "set             n  AUROC  floor  gain over floor   calib  high (right)  contradicted",
    ...lines,
    `mean AUROC ${mean(rows.map((row) => row.auroc)).toFixed(4)}, calibration ${mean(rows.map((row) => row.calibration)).toFixed(3)}, ` +
      `high on ${((100 * total(({ high }) => high.n)) / total(({ n }) => n)).toFixed(0)} % of the rows, ` +
      `contradicted right ${total(({ contradicted }) => contradicted.right)} of ${total(({ contradicted }) => contradicted.n)}`,
  ].join("\n");
}

if (import.meta.main) {
  const dataDir = process.argv[2] ?? new URL("../../../shared/data", import.meta.url).pathname;
  console.log(formatReported(measureReported(dataDir)));
}
