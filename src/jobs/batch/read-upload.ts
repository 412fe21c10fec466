import { LIMITS } from "../../contract/limits.ts";
import { AppError } from "../../errors.ts";
import { type BatchFormat, createRowReader } from "../../intake/batch-rows/format.ts";
import type { Row } from "../../intake/batch-rows/row.ts";
import { said } from "../../words/said.ts";

/** A stream of bytes, of the Worker or of Node. */
interface ByteSource {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/**
 * The rows of an upload in their order, some at a time, while it streams: neither the upload nor its rows are ever
 * held whole.
 * @throws AppError for an upload that cannot be decoded or has too many rows
 */
export async function* readUpload(
  body: ByteSource,
  format: BatchFormat,
  charset: string,
): AsyncGenerator<Row[]> {
  const reader = createRowReader(format);
  const decoder = openDecoder(charset);
  const source = body.getReader();
  let count = 0;
  try {
    for (;;) {
      const { done, value } = await source.read();
      const text = decode(decoder, value, charset);
      const rows = done ? [...reader.push(text), ...reader.end()] : reader.push(text);
      count += rows.length;
      if (count > LIMITS.batchRows) throw tooManyRows();
      if (rows.length > 0) yield rows;
      if (done) return;
    }
  } finally {
    await source.cancel().catch(() => undefined);
  }
}

function openDecoder(charset: string) {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: false });
  } catch (cause) {
    throw new AppError(said("unsupported_media_type.charset"), { cause });
  }
}

/** Without bytes: the end. */
function decode(
  decoder: ReturnType<typeof openDecoder>,
  bytes: Uint8Array | undefined,
  charset: string,
): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new AppError(said("body_unreadable.upload_charset", { charset }), { cause });
  }
}

function tooManyRows(): AppError {
  return new AppError(said("invalid_request.too_many_rows", { limit: LIMITS.batchRows }));
}
