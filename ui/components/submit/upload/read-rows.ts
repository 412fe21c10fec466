import { createRowReader, guessFormat } from "../../../../src/intake/batch-rows/format.ts";
import type { Row } from "../../../../src/intake/batch-rows/row.ts";
import { charsetsFor } from "./file-kind.ts";
import { createPace } from "./pace.ts";
import { UnreadableFile } from "./table.ts";

export interface Watch {
  /** 0..1 of the file. */
  onShare: (share: number) => void;
  signal: AbortSignal;
}

const START_CHARACTERS = 1024;
/** Parsed between two breaths. */
const PIECE_BYTES = 256 * 1024;

/** The rows of a text file, by the very readers the server uses. */
export async function readTextRows(
  file: File,
  start: Uint8Array,
  watch: Watch,
): Promise<{ rows: Row[]; charset: string }> {
  for (const charset of charsetsFor(start)) {
    try {
      const rows = await readPieces(file, charset, watch);
      return { rows, charset };
    } catch (error) {
      // A byte that charset does not know; every other trouble is one with any charset.
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw new UnreadableFile("binary");
}

async function readPieces(file: File, charset: string, watch: Watch): Promise<Row[]> {
  const pause = createPace(watch.signal);
  const decoder = new TextDecoder(charset, { fatal: true });
  const rows: Row[] = [];
  let reader: ReturnType<typeof createRowReader> | null = null;
  for (let from = 0; from < file.size; from += PIECE_BYTES) {
    const bytes = await file.slice(from, from + PIECE_BYTES).arrayBuffer();
    const text = decoder.decode(bytes, { stream: true });
    reader ??= createRowReader(guessFormat(contentTypeOf(file), text.slice(0, START_CHARACTERS)));
    for (const row of reader.push(text)) rows.push(row);
    watch.onShare(Math.min(1, (from + PIECE_BYTES) / file.size));
    await pause();
  }
  const rest = decoder.decode();
  if (!reader) return rows;
  return [...rows, ...(rest ? reader.push(rest) : []), ...reader.end()];
}

function contentTypeOf(file: File): string {
  if (/\.(?:csv|tsv)$/i.test(file.name)) return "text/csv";
  return /\.(?:json|jsonl|ndjson)$/i.test(file.name) ? "application/json" : file.type;
}
