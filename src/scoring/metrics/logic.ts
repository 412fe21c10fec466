import type { Cell, Row, Share } from "./table.ts";

/** Kleene's three-valued logic: an unknown cell makes a result unknown only when the result hangs on it. */

export function not(cell: Cell): Cell {
  return cell === null ? null : !cell;
}

export function and(...cells: Cell[]): Cell {
  if (cells.includes(false)) return false;
  return cells.includes(null) ? null : true;
}

export function any(cells: readonly Cell[]): Cell {
  if (cells.includes(true)) return true;
  return cells.includes(null) ? null : false;
}

/** Per passage: does it support at least one of the claims? */
export function anyClaim(
  rows: readonly Row[],
  passageCount: number,
  kind: "byPassage" | "helpedBy",
): Cell[] {
  return Array.from({ length: passageCount }, (_, passage) =>
    any(rows.map((row) => row[kind][passage] ?? null)),
  );
}

/** Claim supported by a passage of which `flags` holds. */
export function anyFlagged(row: Row, flags: readonly Cell[]): Cell {
  return any(row.byPassage.map((cell, passage) => and(cell, flags[passage] ?? null)));
}

/** The least and the most a number can be, given the unknown cells; equal when there are none. */
export interface Bounds {
  low: number;
  high: number;
}

/** Share of true among the cells; NaN when there are no cells, which `settle` turns into a reason. */
export function share(cells: readonly Cell[]): Bounds {
  const { yes, possible } = count(cells);
  return { low: yes / cells.length, high: possible / cells.length };
}

/** Mean of the shares; NaN when there are none, which `settle` turns into a reason. */
export function mean(shares: readonly Share[]): Bounds {
  const { yes, possible } = add(shares);
  return { low: yes / shares.length, high: possible / shares.length };
}

/** Sum of the shares, and what it could be were every unknown one 1. */
export function add(shares: readonly Share[]): { yes: number; possible: number } {
  let yes = 0;
  let unknown = 0;
  for (const share of shares) {
    if (share === null) unknown++;
    else yes += share;
  }
  return { yes, possible: yes + unknown };
}

export function count(cells: readonly Cell[]): { yes: number; possible: number } {
  let yes = 0;
  let unknown = 0;
  for (const cell of cells) {
    if (cell === null) unknown++;
    else if (cell) yes++;
  }
  return { yes, possible: yes + unknown };
}
