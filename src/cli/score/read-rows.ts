import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import type { ScoreRequest, Warning } from "../../contract.ts";
import { AppError } from "../../errors.ts";
import { guessFormat } from "../../intake/batch-rows/format.ts";
import type { Row as UploadRow } from "../../intake/batch-rows/row.ts";
import { OWN_FORMAT, type RowFormat } from "../../intake/formats/format.ts";
import { isRecord } from "../../intake/parse-json.ts";
import { readScoreRequest } from "../../intake/score-request.ts";
import { readUpload } from "../../jobs/batch/read-upload.ts";

/** One row of the input: a request, or an object that cannot be one and why. */
export type Row =
  | { line: number; id: string; request: ScoreRequest; warnings: Warning[] }
  | { line: number; id: string; request: null; problem: string };

export interface ReadFile {
  rows: Row[];
  /** Whose names the rows have. */
  format: RowFormat;
}

/** A line that is not a JSON object at all; nothing is scored then. */
export class BadLine extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.name = "BadLine";
    this.line = line;
  }
}

const START_BYTES = 1024;

/**
 * Reads what `POST /api/score/batch` reads, with the same code: JSON, JSON Lines, CSV, rows of any known tool.
 * Everything is read before the first judge call, so a broken file costs nothing. A row without `id` is named after
 * its line.
 */
export async function readRows(path: string, format: RowFormat | null): Promise<ReadFile> {
  const kind = guessFormat(/\.(?:csv|tsv)$/i.test(path) ? "text/csv" : "", await readStart(path));
  const rows: Row[] = [];
  const found: { format: RowFormat } = { format: format ?? OWN_FORMAT };
  const body = Readable.toWeb(createReadStream(path));
  for await (const piece of readUpload(body, kind, "utf-8")) {
    for (const row of piece) rows.push(readRow(row, kind === "csv", format, found));
  }
  return { rows, format: found.format };
}

async function readStart(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

function readRow(
  row: UploadRow,
  isTable: boolean,
  format: RowFormat | null,
  found: { format: RowFormat },
): Row {
  const { line } = row;
  if ("problem" in row) {
    // A broken line of JSON is a broken file; of a table it is one row.
    if (!isTable) throw new BadLine(line, row.problem);
    return { line, id: String(line), request: null, problem: row.problem };
  }
  if (!isRecord(row.fields)) throw new BadLine(line, "is not a JSON object.");
  try {
    const hint = { format, before: found.format, isRow: true, isTable };
    const reading = readScoreRequest(row.fields, [], hint);
    if (found.format === OWN_FORMAT && format === null) found.format = reading.format;
    const { request, warnings, noAnswer } = reading;
    const id = request.id ?? String(line);
    if (noAnswer !== null) return { line, id, request: null, problem: `answer: ${noAnswer}` };
    return { line, id, request, warnings };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const id = idOf(row.fields) ?? String(line);
    return { line, id, request: null, problem: describe(error) };
  }
}

function idOf({ id }: Record<string, unknown>): string | null {
  return typeof id === "string" && id !== "" ? id.slice(0, 200) : null;
}

function describe(error: AppError): string {
  const details = error.errors.map(
    ({ pointer, detail }) => `${pointer.replace(/^#\//, "")}: ${detail}`,
  );
  return details.length > 0 ? details.join(" ") : error.message;
}
