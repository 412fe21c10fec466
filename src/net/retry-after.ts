/** Milliseconds to wait from a `Retry-After` header: seconds, or a date; null when it asks for nothing. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(waitMs) && waitMs > 0 ? waitMs : null;
}
