import type { ByteRange } from "../storage/artifact-pack.ts";

const SINGLE_RANGE = /^bytes[ \t]*=[ \t]*(?:(\d+)-(\d*)|-(\d+))[ \t]*$/i;

/**
 * What `Range` and `If-Range` ask of `size` bytes (RFC 9110, section 14): one part; `unsatisfiable`, 416; or null, all of
 * it. Several parts at once are nothing a file of text needs, so they get all of it too, as the standard allows. Written
 * out because range-parser refuses an ending longer than the file, which the standard grants.
 */
export function chooseRange(
  headers: Headers,
  { etag, size }: { etag: string; size: number },
): ByteRange | "unsatisfiable" | null {
  const [isRange, first, last, ending] = SINGLE_RANGE.exec(headers.get("range") ?? "") ?? [];
  if (isRange === undefined) return null;
  // A part of other bytes than the client has would spoil both. A weak mark or a date does not prove that they are the same.
  const condition = headers.get("if-range")?.trim();
  if (condition !== undefined && condition !== etag) return null;
  if (ending !== undefined) {
    const length = Math.min(Number(ending), size);
    return length === 0 ? "unsatisfiable" : { offset: size - length, length };
  }
  const offset = Number(first);
  const end = last ? Number(last) : Number.MAX_SAFE_INTEGER;
  if (end < offset) return null;
  return offset >= size ? "unsatisfiable" : { offset, length: Math.min(end + 1, size) - offset };
}
