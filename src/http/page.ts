import { utf8ToBytes } from "@noble/hashes/utils.js";
import * as z from "zod";
import { fromBase64, toBase64 } from "../base64.ts";
import { AppError } from "../errors.ts";
import { said } from "../words/said.ts";
import type { Http } from "./http-context.ts";
import type { PageQuery } from "./query-fields.ts";

const Cursor = z.object({ v: z.literal(1), before: z.string(), filter: z.string() });

/** What a page may begin after: an id of its rows, or of a sorted list so many rows. */
const PLACES = {
  job: placeAfter("job"),
  experiment: placeAfter("exp"),
  run: placeAfter("run"),
  key: placeAfter("key"),
  audit: placeAfter("aud"),
  row: z.string().regex(/^\d{1,9}$/),
};

function placeAfter(prefix: string) {
  return z.string().regex(new RegExp(`^${prefix}_[0-9A-Z]{26}$`));
}

export interface Page {
  limit: number;
  /** Id of the last row of the page before; null on the first page. */
  before: string | null;
  /** What the list is of; a cursor belongs to it. */
  filter: string;
}

/**
 * Where a page begins. A cursor belongs to its list and filters: with others it is refused, or a page would silently
 * skip rows; so is one that somebody made.
 */
export function readPage(
  { limit, cursor }: z.output<typeof PageQuery>,
  filter: string,
  place: keyof typeof PLACES,
): Page {
  if (cursor === undefined) return { limit, before: null, filter };
  const parsed = Cursor.safeParse(decodeCursor(cursor));
  const before = PLACES[place].safeParse(parsed.data?.before);
  if (!before.success || parsed.data?.filter !== filter) {
    throw new AppError(said("invalid_cursor.other_list"));
  }
  return { limit, before: before.data, filter };
}

/**
 * Cuts the extra row off and says where the next page starts: after the last row, or where a search that was bounded
 * stopped looking.
 */
export function cutPage<T>(
  http: Http,
  rows: readonly T[],
  { limit, filter }: Page,
  idOf: (row: T) => string,
  searchedTo: string | null = null,
) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const before = rows.length > limit && last !== undefined ? idOf(last) : searchedTo;
  const next_cursor = before === null ? null : encodeCursor({ v: 1, before, filter });
  linkNextPage(http, next_cursor);
  return { items, next_cursor, has_more: before !== null };
}

/** Points at the next page as RFC 8288 says. */
function linkNextPage(http: Http, nextCursor: string | null): void {
  if (nextCursor === null) return;
  const url = new URL(http.req.url);
  // Proof of identity has no place in a header that proxies write down.
  for (const secret of ["key", "share"]) url.searchParams.delete(secret);
  url.searchParams.set("cursor", nextCursor);
  http.header("Link", `<${url.pathname}${url.search}>; rel="next"`);
}

function encodeCursor(cursor: z.infer<typeof Cursor>): string {
  return toBase64(utf8ToBytes(JSON.stringify(cursor)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function decodeCursor(text: string): unknown {
  try {
    const bytes = fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
