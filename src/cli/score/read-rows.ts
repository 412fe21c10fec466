import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { ScoreRequest } from "../../contract.ts";
import { AppError } from "../../errors.ts";
import { readScoreRequest } from "../../intake/score-request.ts";

/** One line of the input: a request, or an object that cannot be one and why. */
export type Row =
  | { line: number; id: string; request: ScoreRequest }
  | { line: number; id: string; request: null; problem: string };

/** A line that is not a JSON object at all; nothing is scored then. */
export class BadLine extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.name = "BadLine";
    this.line = line;
  }
}

/**
 * Reads JSON Lines; blank lines are skipped, a byte order mark too. Everything is read before the first judge call, so
 * a broken file costs nothing. A row without `id` is named after its line.
 */
export async function readRows(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
  let line = 0;
  for await (const text of lines) {
    line += 1;
    const json = line === 1 ? text.replace(/^\uFEFF/, "") : text;
    if (json.trim() !== "") rows.push(readRow(line, json));
  }
  return rows;
}

function readRow(line: number, json: string): Row {
  const value = parse(line, json);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BadLine(line, "is not a JSON object.");
  }
  try {
    const { request } = readScoreRequest(value);
    return { line, id: request.id ?? String(line), request };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { line, id: idOf(value) ?? String(line), request: null, problem: describe(error) };
  }
}

function parse(line: number, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new BadLine(
      line,
      `is not JSON (${cause instanceof Error ? cause.message : "unreadable"}).`,
    );
  }
}

function idOf(value: object): string | null {
  const id = "id" in value ? value.id : null;
  return typeof id === "string" && id !== "" ? id.slice(0, 200) : null;
}

function describe(error: AppError): string {
  const details = error.errors.map(
    ({ pointer, detail }) => `${pointer.replace(/^#\//, "")}: ${detail}`,
  );
  return details.length > 0 ? details.join(" ") : error.message;
}
