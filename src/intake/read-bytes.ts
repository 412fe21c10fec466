import { LIMITS } from "../contract/limits.ts";
import { AppError } from "../errors.ts";
import { collectBytes } from "../net/collect-bytes.ts";

/** The whole body, read piece by piece so that an endless one is stopped at the limit. */
export async function readBytes(
  request: Request,
  limitBytes: number = LIMITS.bodyBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const bytes = await collectBytes(request.body, limitBytes).catch((cause) => {
    throw new AppError("body_unreadable", "The body broke off before its end; send it again.", {
      cause,
    });
  });
  if (bytes === null) throw tooLarge(limitBytes);
  return bytes;
}

function tooLarge(limitBytes: number): AppError {
  const megabytes = limitBytes / (1024 * 1024);
  return new AppError(
    "body_too_large",
    `The body is larger than ${megabytes} MB (${limitBytes} bytes). Send fewer or shorter contexts.`,
  );
}
