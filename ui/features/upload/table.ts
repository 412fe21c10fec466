import type { Said, SaidWarning } from "../../../src/words/said.ts";

/** A file taken apart: named columns, rows with the line they begin at, and what could not be read. */
export interface Table {
  fileName: string;
  columns: readonly string[];
  rows: readonly TableRow[];
  unread: readonly BadLine[];
  /** How the bytes were read; null where the format leaves no choice. */
  charset: string | null;
}

export interface TableRow {
  line: number;
  fields: Readonly<Record<string, unknown>>;
  /** What the reader of the file found odd in it. */
  warnings?: readonly SaidWarning[];
}

export interface BadLine {
  line: number;
  reason: Said;
  /** How it was written; null: longer than is kept. */
  source: string | null;
}

/** Why a file is not read at all; each has its sentence in the dictionary. */
export type FileProblem =
  | "empty"
  | "tooLarge"
  | "tooManyRows"
  | "oldExcel"
  | "binary"
  | "brokenExcel"
  | "noRows"
  | "noColumns";

export class UnreadableFile extends Error {
  readonly problem: FileProblem;

  constructor(problem: FileProblem, cause?: unknown) {
    super(problem, { cause });
    this.name = "UnreadableFile";
    this.problem = problem;
  }
}
