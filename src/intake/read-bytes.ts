import { LIMITS } from "../contract/limits.ts";
import { AppError } from "../errors.ts";
import { collectBytes } from "../net/collect-bytes.ts";
import { said } from "../words/said.ts";

/** The whole body, read piece by piece so that an endless one is stopped at the limit. */
export async function readBytes(
  request: Request,
  limitBytes: number = LIMITS.bodyBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const bytes = await collectBytes(request.body, limitBytes).catch((cause) => {
    throw new AppError(said("body_unreadable.broken_off"), { cause });
  });
  if (bytes === null) throw tooLarge(limitBytes);
  return bytes;
}

function tooLarge(limitBytes: number): AppError {
  const megabytes = limitBytes / (1024 * 1024);
  return new AppError(said("body_too_large.body", { megabytes, bytes: limitBytes }));
}
