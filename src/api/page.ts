import * as z from "zod";
import { LIMITS } from "../contract.ts";
import { AppError } from "../errors.ts";
import type { Http } from "./http-context.ts";

const DEFAULT_PAGE_SIZE = 50;

const Cursor = z.object({ v: z.literal(1), before: z.string().max(100), filter: z.string() });

export interface Page {
  limit: number;
  /** Id of the last row of the page before; null on the first page. */
  before: string | null;
}

/**
 * Reads `limit` and `cursor`. A cursor belongs to its filters: with others it is refused, or a page would silently
 * skip rows.
 */
export function readPage(http: Http, filter: string): Page {
  const limit = readLimit(http.req.query("limit"));
  const cursor = http.req.query("cursor");
  if (!cursor) return { limit, before: null };
  const parsed = Cursor.safeParse(decodeCursor(cursor));
  if (!parsed.success || parsed.data.filter !== filter) {
    throw new AppError(
      "invalid_cursor",
      "The cursor does not belong to this list and these filters; start again without a cursor.",
    );
  }
  return { limit, before: parsed.data.before };
}

function readLimit(text: string | undefined): number {
  if (text === undefined || text === "") return DEFAULT_PAGE_SIZE;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1) return Math.min(limit, LIMITS.pageSize);
  throw new AppError("invalid_request", "`limit` must be a whole number from 1 to 100.", {
    errors: [{ pointer: "#/limit", detail: "Not a whole number from 1 to 100." }],
  });
}

/**
 * Cuts the extra row off and says where the next page starts: after the last row, or where a search that was bounded
 * stopped looking.
 */
export function cutPage<T>(
  rows: readonly T[],
  page: Page,
  filter: string,
  idOf: (row: T) => string,
  searchedTo: string | null = null,
) {
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  const before = rows.length > page.limit && last !== undefined ? idOf(last) : searchedTo;
  return {
    items,
    next_cursor: before === null ? null : encodeCursor({ v: 1, before, filter }),
    has_more: before !== null,
  };
}

/** Points at the next page as RFC 8288 says. */
export function linkNextPage(http: Http, nextCursor: string | null): void {
  if (nextCursor === null) return;
  const url = new URL(http.req.url);
  // Proof of identity has no place in a header that proxies write down.
  for (const secret of ["key", "share"]) url.searchParams.delete(secret);
  url.searchParams.set("cursor", nextCursor);
  http.header("Link", `<${url.pathname}${url.search}>; rel="next"`);
}

function encodeCursor(cursor: z.infer<typeof Cursor>): string {
  const bytes = new TextEncoder().encode(JSON.stringify(cursor));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function decodeCursor(text: string): unknown {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))));
  } catch {
    return null;
  }
}
