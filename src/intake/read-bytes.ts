import { LIMITS } from "../contract.ts";
import { AppError } from "../errors.ts";

/** The whole body, read piece by piece so that an endless one is stopped at the limit. */
export async function readBytes(
  request: Request,
  limitBytes: number = LIMITS.bodyBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge(limitBytes);
  if (!request.body) return new Uint8Array(0);
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > limitBytes) {
        await reader.cancel().catch(() => undefined);
        throw tooLarge(limitBytes);
      }
      pieces.push(value);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("body_unreadable", "The body broke off before its end; send it again.", {
      cause,
    });
  }
  return join(pieces, size);
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

function tooLarge(limitBytes: number): AppError {
  const megabytes = limitBytes / (1024 * 1024);
  return new AppError(
    "body_too_large",
    `The body is larger than ${megabytes} MB (${limitBytes} bytes). Send fewer or shorter contexts.`,
  );
}
