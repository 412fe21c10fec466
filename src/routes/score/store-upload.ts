import { LIMITS } from "../../contract/limits.ts";
import { AppError, type SaidProblem } from "../../errors.ts";
import type { Http } from "../../http/http-context.ts";
import { type BatchFormat, guessFormat } from "../../intake/batch-rows/format.ts";
import { readSheetRows } from "../../intake/batch-rows/read-sheet.ts";
import { SheetTooLarge, unpackSheet } from "../../intake/batch-rows/unpack-sheet.ts";
import { CharsetCheck, findCharset, warnOfCharset } from "../../intake/charset.ts";
import type { RowFormat } from "../../intake/formats/format.ts";
import { recogniseUpload } from "../../intake/formats/recognise-upload.ts";
import { kindOfUpload } from "../../intake/upload-kind.ts";
import { ObjectWriter } from "../../storage/stream-object.ts";
import { type SaidWarning, said } from "../../words/said.ts";

/** Mostly enough to read a first row. */
const START_BYTES = 64 * 1024;
/** A workbook is read as a whole, so it may not be as long as a text. */
const SHEET_BYTES = 4 * 1024 * 1024;
export interface Upload {
  sha256: string;
  format: BatchFormat;
  /** Whose names the first row has; null: it is not whole yet. */
  rowFormat: RowFormat | null;
  charset: string;
  warnings: SaidWarning[];
}

/**
 * Streams the body to storage, part by part, and stops at the limit. What cannot be read is refused here, before
 * anything was promised.
 */
export async function storeUpload(http: Http, key: string): Promise<Upload> {
  const { raw } = http.req;
  const contentType = raw.headers.get("content-type") ?? "";
  refuseWrapped(raw, contentType);
  const declared = readCharset(contentType);
  const source = readPieces(raw);
  const { pieces, start } = await takeStart(source);
  refuseKind(start, declared);
  const { bucket } = http.get("jobs");
  const writer = new ObjectWriter(bucket, key, "application/octet-stream");
  try {
    if (kindOfUpload(start) === "xlsx") return await storeSheet(writer, pieces, source);
    const check = new CharsetCheck("utf-8");
    const write = async (piece: Uint8Array) => {
      check.push(piece);
      await writer.write(piece);
      if (writer.size > LIMITS.batchBytes) throw tooLarge();
    };
    for (const piece of pieces) await write(piece);
    for await (const piece of source) await write(piece);
    const { sha256 } = await writer.finish();
    const isUtf8 = check.end() && (declared === null || declared === "utf-8" || check.isTelling);
    const charset = isUtf8
      ? "utf-8"
      : await findCharset(() => readObject(bucket, key), start, declared);
    if (charset === null) {
      await bucket.delete(key).catch(() => undefined);
      throw new AppError(
        said("body_unreadable.upload_unknown_charset", { charset: declared ?? "utf-8" }),
      );
    }
    const warning = warnOfCharset(charset, declared);
    const text = new TextDecoder(charset).decode(start);
    const format = guessFormat(contentType, text);
    const rowFormat = recogniseUpload(format, text);
    return { sha256, format, rowFormat, charset, warnings: warning ? [warning] : [] };
  } catch (error) {
    await writer.abort();
    throw error;
  } finally {
    await source.return(undefined).catch(() => undefined);
  }
}

function refuseWrapped(request: Request, contentType: string): void {
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase();
  if (encoding && encoding !== "identity") {
    throw new AppError(said("unsupported_media_type.upload_compressed"));
  }
  if (/^\s*multipart\//i.test(contentType)) {
    throw new AppError(said("unsupported_media_type.upload_form"));
  }
  if (Number(request.headers.get("content-length") ?? 0) > LIMITS.batchBytes) throw tooLarge();
}

function refuseKind(start: Uint8Array, declared: string | null): void {
  const kind = kindOfUpload(start);
  if (kind === "empty") {
    throw new AppError(said("body_unreadable.upload_empty"));
  }
  if (kind === "oldExcel") {
    throw new AppError(said("unsupported_media_type.old_excel"));
  }
  // Declared, UTF-16 needs no mark, and half its bytes may be zero.
  if (kind === "binary" && !declared?.startsWith("utf-16")) {
    throw new AppError(said("unsupported_media_type.no_text"));
  }
}

/** The charset of the content type, by its standard name. */
function readCharset(contentType: string): string | null {
  const named = /;\s{0,20}charset\s{0,20}=\s{0,20}"?([\w.:-]{1,40})/i.exec(contentType)?.[1];
  if (named === undefined) return null;
  try {
    return new TextDecoder(named).encoding;
  } catch (cause) {
    throw new AppError(said("unsupported_media_type.charset"), {
      cause,
    });
  }
}

/** A workbook becomes JSON Lines, a line for each row of the sheet, so that the lines that are named are its rows. */
async function storeSheet(
  writer: ObjectWriter,
  pieces: readonly Uint8Array[],
  source: AsyncIterable<Uint8Array>,
): Promise<Upload> {
  const bytes = await collect(pieces, source);
  const rows = await unpackSheet(bytes)
    .then(readSheetRows)
    .catch((cause: unknown) => {
      if (cause instanceof SheetTooLarge) throw sheetTooLarge();
      throw new AppError(said("unsupported_media_type.sheet_damaged"), { cause });
    });
  if (rows.length === 0) throw new AppError(said("body_unreadable.sheet_empty"));
  let line = 1;
  let first: string | null = null;
  for (const row of rows) {
    const text = JSON.stringify("fields" in row ? row.fields : null);
    first ??= text;
    await writer.writeText(`${"\n".repeat(row.line - line)}${text}\n`);
    line = row.line + 1;
  }
  const { sha256 } = await writer.finish();
  const warnings = rows.flatMap((row) => ("fields" in row ? (row.warnings ?? []) : []));
  const rowFormat = recogniseUpload("jsonl", `${first ?? ""}\n`);
  return { sha256, format: "jsonl", rowFormat, charset: "utf-8", warnings };
}

async function collect(
  pieces: readonly Uint8Array[],
  source: AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  const all = [...pieces];
  let size = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  for await (const piece of source) {
    size += piece.byteLength;
    if (size > SHEET_BYTES) throw sheetTooLarge();
    all.push(piece);
  }
  return new Uint8Array(await new Blob(all.map((piece) => new Uint8Array(piece))).arrayBuffer());
}

/** The first pieces, until they are enough to see what the file is, and those bytes together. */
async function takeStart(
  source: AsyncGenerator<Uint8Array>,
): Promise<{ pieces: Uint8Array[]; start: Uint8Array }> {
  const pieces: Uint8Array[] = [];
  const start = new Uint8Array(START_BYTES);
  let size = 0;
  while (size < START_BYTES) {
    const { done, value } = await source.next();
    if (done) break;
    pieces.push(value);
    start.set(value.subarray(0, START_BYTES - size), size);
    size += value.byteLength;
  }
  return { pieces, start: start.subarray(0, Math.min(size, START_BYTES)) };
}

async function* readPieces(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body) yield* readStream(request.body, said("body_unreadable.upload_broken_off"));
}

async function* readObject(bucket: R2Bucket, key: string): AsyncGenerator<Uint8Array> {
  const object = await bucket.get(key);
  if (object) yield* readStream(object.body, said("body_unreadable.upload_lost"));
}

/** Who stops early lets the sender know. */
async function* readStream(
  body: ReadableStream<Uint8Array>,
  brokenOff: SaidProblem,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new AppError(brokenOff, { cause });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function tooLarge(): AppError {
  const megabytes = LIMITS.batchBytes / (1024 * 1024);
  return new AppError(said("body_too_large.upload", { megabytes }));
}

function sheetTooLarge(): AppError {
  return new AppError(
    said("body_too_large.sheet", {
      megabytes: SHEET_BYTES / (1024 * 1024),
      csvMegabytes: LIMITS.batchBytes / (1024 * 1024),
    }),
  );
}
