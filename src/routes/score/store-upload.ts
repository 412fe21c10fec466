import { LIMITS, type Warning } from "../../contract.ts";
import { AppError } from "../../errors.ts";
import type { Http } from "../../http/http-context.ts";
import { type BatchFormat, guessFormat } from "../../intake/batch-rows/format.ts";
import { readSheetRows } from "../../intake/batch-rows/read-sheet.ts";
import { SheetTooLarge, unpackSheet } from "../../intake/batch-rows/unpack-sheet.ts";
import { CharsetCheck, findCharset, warnOfCharset } from "../../intake/charset.ts";
import type { RowFormat } from "../../intake/formats/format.ts";
import { recogniseUpload } from "../../intake/formats/recognise-upload.ts";
import { kindOfUpload } from "../../intake/upload-kind.ts";
import { ObjectWriter } from "../../storage/stream-object.ts";

/** Mostly enough to read a first row. */
const START_BYTES = 64 * 1024;
/** A workbook is read as a whole, so it may not be as long as a text. */
const SHEET_BYTES = 4 * 1024 * 1024;
const NOT_TEXT = "Send CSV, a JSON array or JSON Lines as UTF-8 text, or an .xlsx workbook.";

export interface Upload {
  sha256: string;
  format: BatchFormat;
  /** Whose names the first row has; null: it is not whole yet. */
  rowFormat: RowFormat | null;
  charset: string;
  warnings: Warning[];
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
        "body_unreadable",
        `The upload is not valid ${declared ?? "utf-8"} text, nor text of another charset. Save it as UTF-8, or name its charset in the Content-Type (text/csv; charset=gbk).`,
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
    throw new AppError("unsupported_media_type", "Send the upload uncompressed.");
  }
  if (/^\s*multipart\//i.test(contentType)) {
    throw new AppError(
      "unsupported_media_type",
      "Send the file itself as the body, not as a form: JSON, JSON Lines or CSV.",
    );
  }
  if (Number(request.headers.get("content-length") ?? 0) > LIMITS.batchBytes) throw tooLarge();
}

function refuseKind(start: Uint8Array, declared: string | null): void {
  const kind = kindOfUpload(start);
  if (kind === "empty") {
    throw new AppError("body_unreadable", "The upload is empty; send a list of samples.");
  }
  if (kind === "oldExcel") {
    const detail =
      "This is an Excel file of the old kind (.xls). Save it as .xlsx or as CSV UTF-8.";
    throw new AppError("unsupported_media_type", detail);
  }
  // Declared, UTF-16 needs no mark, and half its bytes may be zero.
  if (kind === "binary" && !declared?.startsWith("utf-16")) {
    throw new AppError("unsupported_media_type", `This is no text. ${NOT_TEXT}`);
  }
}

/** The charset of the content type, by its standard name. */
function readCharset(contentType: string): string | null {
  const named = /;\s{0,20}charset\s{0,20}=\s{0,20}"?([\w.:-]{1,40})/i.exec(contentType)?.[1];
  if (named === undefined) return null;
  try {
    return new TextDecoder(named).encoding;
  } catch (cause) {
    throw new AppError("unsupported_media_type", "This charset is not known; send UTF-8.", {
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
      const detail = `The workbook cannot be opened: it is damaged, protected by a password, or no .xlsx file. ${NOT_TEXT}`;
      throw new AppError("unsupported_media_type", detail, { cause });
    });
  if (rows.length === 0) throw new AppError("body_unreadable", "The workbook has no rows.");
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
  if (request.body)
    yield* readStream(request.body, "The upload broke off before its end; send it again.");
}

async function* readObject(bucket: R2Bucket, key: string): AsyncGenerator<Uint8Array> {
  const object = await bucket.get(key);
  if (object) yield* readStream(object.body, "The stored upload could not be read; send it again.");
}

/** Who stops early lets the sender know. */
async function* readStream(
  body: ReadableStream<Uint8Array>,
  brokenOff: string,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new AppError("body_unreadable", brokenOff, { cause });
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
  return new AppError("body_too_large", `The upload is larger than ${megabytes} MB; split it.`);
}

function sheetTooLarge(): AppError {
  return new AppError(
    "body_too_large",
    `A workbook may have ${SHEET_BYTES / (1024 * 1024)} MB here, and not much more unpacked. Save it as CSV UTF-8: that may have ${LIMITS.batchBytes / (1024 * 1024)} MB.`,
  );
}
