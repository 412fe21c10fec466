import { AppError } from "../errors.ts";
import { idBound } from "../jobs/ids.ts";

/** `tag=app=shop` or `tag=app` (any value). */
export function readTag(text: string): { name: string; value: string | null } {
  const at = text.indexOf("=");
  return at < 0
    ? { name: text, value: null }
    : { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** A time as the bound of ids, which begin with theirs. */
export function readTime(prefix: "job" | "run", text: string | null, field: string): string | null {
  if (text === null) return null;
  const time = Date.parse(text);
  if (Number.isFinite(time) && time >= 0) return idBound(prefix, time);
  throw new AppError(
    "invalid_request",
    `\`${field}\` must be a time such as 2026-01-31 or 2026-01-31T08:00:00Z.`,
    {
      errors: [{ pointer: `#/${field}`, detail: "Not an ISO 8601 time." }],
    },
  );
}
