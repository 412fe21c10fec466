import { atLeast, atMost, type Figure } from "../figures.ts";
import { bootstrapInterval } from "./statistics.ts";

/** One line of the table: a set, a measure, the judge beside its floors. */
export interface MeasureRow {
  set: string;
  measure: string;
  n: number;
  judge: number;
  /** Fitted on the other sets only; null where the model has just this one set of its kind. */
  crossValidated: number | null;
  floor: number | null;
  length: number | null;
  /** 95 % interval of judge − floor, rows resampled in pairs. */
  gain: [number, number] | null;
  goal: number | null;
}

type Measure = (scores: readonly number[], rows: readonly number[]) => number;

/**
 * Applies a measure to the judge, the floor and length, and resamples the difference.
 * @param measure takes one score a row and the row numbers to count (with repeats)
 */
export function compareWithFloor(
  name: Pick<MeasureRow, "set" | "measure" | "goal" | "crossValidated">,
  scores: { judge: readonly number[]; floor: readonly number[]; length: readonly number[] },
  measure: Measure,
): MeasureRow {
  const n = scores.judge.length;
  const rows = scores.judge.map((_, i) => i);
  return {
    ...name,
    n,
    judge: measure(scores.judge, rows),
    floor: measure(scores.floor, rows),
    length: measure(scores.length, rows),
    gain: bootstrapInterval(
      n,
      (drawn) => measure(scores.judge, drawn) - measure(scores.floor, drawn),
    ),
  };
}

export function formatRows(rows: readonly MeasureRow[]): string {
  const head = [
    "set",
    "measure",
    "n",
    "judge",
    "cv",
    "floor",
    "length",
    "gain over floor",
    "goal",
    "",
  ];
  const lines = rows.map((row) => [
    row.set,
    row.measure,
    String(row.n),
    show(row.judge),
    show(row.crossValidated),
    show(row.floor),
    show(row.length),
    row.gain ? `${show(row.gain[0])} … ${show(row.gain[1])}` : "",
    show(row.goal),
    ...figureOf(row).map(({ holds }) => (holds ? "reached" : "missed")),
  ]);
  const widths = head.map((title, i) =>
    Math.max(title.length, ...lines.map((line) => line[i]?.length ?? 0)),
  );
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The row beside its goal; empty: it has none. Of a calibration error less is better. */
export function figureOf({ set, measure, judge, goal }: MeasureRow): Figure[] {
  if (goal === null) return [];
  const compare = measure.startsWith("ECE") ? atMost : atLeast;
  return [compare(`${set}, ${measure}`, judge, goal)];
}

function show(value: number | null): string {
  return value === null || !Number.isFinite(value) ? "" : value.toFixed(3);
}
