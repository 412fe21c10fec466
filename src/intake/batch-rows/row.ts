import { type Said, type SaidWarning, said } from "../../words/said.ts";

/**
 * One row of an upload: its fields, or why it cannot be read and how it was written (null: too long to keep).
 * `line` counts from 1 and is where the row begins.
 */
export type Row =
  | { line: number; fields: unknown; warnings?: readonly SaidWarning[] }
  | { line: number; problem: Said; source: string | null };

/** Takes an upload apart while it streams: `push` gives the rows that are complete by now, `end` the rest. */
export interface RowReader {
  push(text: string): Row[];
  end(): Row[];
}

/** A single sample may be as long in a batch as it may be alone. */
export const LONGEST_ROW_CHARACTERS = 2 * 1024 * 1024;

export const TOO_LONG = said("row_too_long");
