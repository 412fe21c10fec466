import { idBound } from "../jobs/ids.ts";
import type { TagFilter } from "../storage/tag-condition.ts";

/** `tag=app=shop` or `tag=app` (any value). */
export function readTag(text: string | undefined): TagFilter | null {
  if (text === undefined) return null;
  const at = text.indexOf("=");
  return at < 0
    ? { name: text, value: null }
    : { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** A time as the bound of ids, which begin with theirs; before 1970 there were none. */
export function boundAt(prefix: "job" | "run", time: string | undefined): string | null {
  return time === undefined ? null : idBound(prefix, Math.max(0, Date.parse(time)));
}
