import { AppError } from "../../../src/errors.ts";
import { type Format, OWN_FORMAT } from "../../../src/intake/formats/format.ts";
import type { Mapping } from "../../../src/intake/formats/map-columns.ts";
import type { Notes } from "../../../src/intake/notes.ts";
import { readScoreRequest } from "../../../src/intake/score-request.ts";
import { outerCode, type Said, type SaidWarning } from "../../../src/words/said.ts";
import { sampleOf } from "./format-of-table.ts";
import { createPace } from "./pace.ts";
import type { Table, TableRow } from "./table.ts";

/** What the server will make of a row, found out by the server's own code. */
export interface CheckedRow {
  line: number;
  question: string;
  answer: string;
  /** null: none were sent. */
  passages: readonly string[] | null;
  groundTruth: string | null;
  warnings: readonly SaidWarning[];
  /** Why it cannot be scored; null: it can. */
  refusal: Refusal | null;
}

interface Refusal {
  detail: Said;
}

export function checkRow(
  row: TableRow,
  mapping: Mapping,
  format: Format | null = null,
): CheckedRow {
  const notes: Notes = { errors: [], warnings: [] };
  const fields = sampleOf(row, mapping, format, notes);
  try {
    // The columns were matched by eye, so nothing about their names is in doubt any more.
    const reading = readScoreRequest(fields, [], { format: OWN_FORMAT });
    const { request } = reading;
    const warnings = [...notes.warnings, ...reading.warnings];
    return {
      line: row.line,
      question: request.question,
      answer: request.answer,
      passages: request.contexts,
      groundTruth: request.ground_truth,
      warnings: [...(row.warnings ?? []), ...warnings],
      refusal: null,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      line: row.line,
      question: shown(fields.question),
      answer: shown(fields.answer),
      passages: null,
      groundTruth: null,
      warnings: [],
      refusal: { detail: error.said },
    };
  }
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}

interface RefusedRow extends Refusal {
  line: number;
  fields: TableRow["fields"];
}

export interface CheckedTable {
  checked: number;
  refused: readonly RefusedRow[];
  /** Warnings by message, with how many rows have them and the first of these. */
  warnings: readonly { warning: SaidWarning; rows: number; line: number }[];
  withPassages: number;
  withGroundTruth: number;
}

/** Checks every row, telling how far it is after each breath. */
export async function checkTable(
  table: Table,
  mapping: Mapping,
  format: Format | null,
  signal: AbortSignal,
  onProgress: (so: CheckedTable) => void,
): Promise<void> {
  const pause = createPace(signal);
  const refused: RefusedRow[] = [];
  const warnings = new Map<string, { warning: SaidWarning; rows: number; line: number }>();
  let withPassages = 0;
  let withGroundTruth = 0;
  const soFar = (checked: number): CheckedTable => ({
    checked,
    refused: [...refused],
    warnings: [...warnings.values()],
    withPassages,
    withGroundTruth,
  });
  for (const [at, row] of table.rows.entries()) {
    const result = checkRow(row, mapping, format);
    if (result.refusal) refused.push({ line: row.line, fields: row.fields, ...result.refusal });
    if (result.passages && result.passages.length > 0) withPassages++;
    if (result.groundTruth !== null) withGroundTruth++;
    for (const warning of result.warnings) {
      const code = outerCode(warning.code);
      const known = warnings.get(code);
      warnings.set(code, {
        warning: known?.warning ?? warning,
        rows: (known?.rows ?? 0) + 1,
        line: known?.line ?? row.line,
      });
    }
    const breath = pause();
    if (breath) {
      onProgress(soFar(at + 1));
      await breath;
    }
  }
  signal.throwIfAborted();
  onProgress(soFar(table.rows.length));
}
