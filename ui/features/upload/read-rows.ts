import { createRowReader, guessFormat } from "../../../src/intake/batch-rows/format.ts";
import type { Row } from "../../../src/intake/batch-rows/row.ts";
import { findCharset } from "../../../src/intake/charset.ts";
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
  const charset = await findCharset(() => piecesOf(file, watch.signal), start, null);
  if (charset === null) throw new UnreadableFile("binary");
  return { rows: await readPieces(file, charset, watch), charset };
}

async function* piecesOf(file: File, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const pause = createPace(signal);
  for (let from = 0; from < file.size; from += PIECE_BYTES) {
    yield new Uint8Array(await file.slice(from, from + PIECE_BYTES).arrayBuffer());
    await pause();
  }
}

async function readPieces(file: File, charset: string, watch: Watch): Promise<Row[]> {
  const decoder = new TextDecoder(charset, { fatal: true });
  const rows: Row[] = [];
  let reader: ReturnType<typeof createRowReader> | null = null;
  let read = 0;
  for await (const bytes of piecesOf(file, watch.signal)) {
    const text = decoder.decode(bytes, { stream: true });
    read += bytes.byteLength;
    reader ??= createRowReader(guessFormat(contentTypeOf(file), text.slice(0, START_CHARACTERS)));
    for (const row of reader.push(text)) rows.push(row);
    watch.onShare(read / file.size);
  }
  const rest = decoder.decode();
  if (!reader) return rows;
  return [...rows, ...(rest ? reader.push(rest) : []), ...reader.end()];
}

function contentTypeOf(file: File): string {
  if (/\.(?:csv|tsv)$/i.test(file.name)) return "text/csv";
  return /\.(?:json|jsonl|ndjson)$/i.test(file.name) ? "application/json" : file.type;
}
