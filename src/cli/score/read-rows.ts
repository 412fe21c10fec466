import { createReadStream } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import type { ScoreRequest } from "../../contract/score-request.ts";
import { AppError } from "../../errors.ts";
import { guessFormat } from "../../intake/batch-rows/format.ts";
import { readSheetRows } from "../../intake/batch-rows/read-sheet.ts";
import type { Row as UploadRow } from "../../intake/batch-rows/row.ts";
import { unpackSheet } from "../../intake/batch-rows/unpack-sheet.ts";
import { findCharset, warnOfCharset } from "../../intake/charset.ts";
import { OWN_FORMAT, type RowFormat } from "../../intake/formats/format.ts";
import { isRecord } from "../../intake/parse-json.ts";
import { readScoreRequest } from "../../intake/score-request.ts";
import { kindOfUpload } from "../../intake/upload-kind.ts";
import { readUpload } from "../../jobs/batch/read-upload.ts";
import type { SaidWarning } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import { UsageError } from "./usage-error.ts";

/** One row of the input: a request, or an object that cannot be one and why. */
export type Row =
  | { line: number; id: string; request: ScoreRequest; warnings: SaidWarning[] }
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

const START_BYTES = 64 * 1024;

/**
 * Reads what `POST /api/score/batch` reads, with the same code: JSON, JSON Lines and CSV in any common charset,
 * .xlsx, rows of any known tool.
 * Everything is read before the first judge call, so a broken file costs nothing. A row without `id` is named after
 * its line.
 */
export async function readRows(path: string, format: RowFormat | null): Promise<ReadFile> {
  const { pieces, isTable, warnings } = await openFile(path);
  const rows: Row[] = [];
  const found: { format: RowFormat } = { format: format ?? OWN_FORMAT };
  for await (const piece of pieces) {
    for (const row of piece) rows.push(readRow(row, isTable, format, found));
  }
  const [first] = rows;
  if (first?.request) first.warnings.unshift(...warnings);
  return { rows, format: found.format };
}

interface OpenedFile {
  pieces: AsyncIterable<UploadRow[]> | UploadRow[][];
  isTable: boolean;
  /** Of the file as a whole. */
  warnings: SaidWarning[];
}

async function openFile(path: string): Promise<OpenedFile> {
  const start = await readStart(path);
  const kind = kindOfUpload(start);
  if (kind === "xlsx") {
    const rows = await unpackSheet(await readFile(path)).then(readSheetRows);
    return { pieces: [rows], isTable: true, warnings: [] };
  }
  const charset = await findCharset(() => createReadStream(path), start, null);
  if (charset === null || kind === "oldExcel" || kind === "binary") {
    throw new UsageError(
      `${path} is no text of a known charset. Save it as CSV UTF-8, JSON Lines or .xlsx.`,
    );
  }
  const type = /\.(?:csv|tsv)$/i.test(path) ? "text/csv" : "";
  const format = guessFormat(type, new TextDecoder(charset).decode(start));
  const warning = warnOfCharset(charset, null);
  return {
    pieces: readUpload(Readable.toWeb(createReadStream(path)), format, charset),
    isTable: format === "csv",
    warnings: warning ? [warning] : [],
  };
}

async function readStart(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
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
    const problem = say(row.problem, null);
    if (!isTable) throw new BadLine(line, problem);
    return { line, id: String(line), request: null, problem };
  }
  if (!isRecord(row.fields)) throw new BadLine(line, "is not a JSON object.");
  try {
    const hint = { format, before: found.format, isRow: true, isTable };
    const reading = readScoreRequest(row.fields, [], hint);
    if (found.format === OWN_FORMAT && format === null) found.format = reading.format;
    const { request, warnings, noAnswer } = reading;
    const id = request.id ?? String(line);
    if (noAnswer !== null) {
      return { line, id, request: null, problem: `answer: ${say(noAnswer, null)}` };
    }
    return { line, id, request, warnings: [...(row.warnings ?? []), ...warnings] };
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
    ({ pointer, detail }) => `${pointer.replace(/^#\//, "")}: ${say(detail, null)}`,
  );
  return details.length > 0 ? details.join(" ") : say(error.said, null);
}
