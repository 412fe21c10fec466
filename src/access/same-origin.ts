import { OWN_PAGE_HEADER } from "../contract/own-page-header.ts";
import { AppError } from "../errors.ts";
import { said } from "../words/said.ts";
import type { Caller } from "./caller.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses changes a foreign page made the browser send. A caller whose proof the browser adds by itself (cookie,
 * Cloudflare Access) must show our own origin and our header; on an open server, where there is no proof at all,
 * a foreign origin is refused.
 * @throws AppError `forbidden`
 */
export function refuseForeignPages(request: Request, caller: Caller): void {
  if (isSocket(request)) refuseForeignSocket(request, caller);
  if (SAFE_METHODS.has(request.method)) return;
  if (caller.isFromBrowser) {
    const { name, value } = OWN_PAGE_HEADER;
    const hasHeader = request.headers.get(name)?.toLowerCase() === value;
    if (hasHeader && request.headers.get("origin") === originOf(request)) return;
    throw new AppError(said("forbidden.own_origin", { header: `${name}: ${value}` }));
  }
  if (caller.via === "open") refuseForeignOrigin(request);
}

/** Whether a request wants to become a WebSocket, which any page may open and read, whatever site it is of. */
export function isSocket(request: Request): boolean {
  return request.headers.get("upgrade")?.toLowerCase() === "websocket";
}

/** A script can set no header here, but a browser always names the site of its page. */
function refuseForeignSocket(request: Request, caller: Caller): void {
  const origin = request.headers.get("origin");
  if (origin === originOf(request) || (origin === null && !caller.isFromBrowser)) return;
  throw new AppError(said("forbidden.other_site"));
}

/** @throws AppError `forbidden` when a browser says that another site's page sent this. */
export function refuseForeignOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  const isForeign =
    (origin !== null && origin !== originOf(request)) ||
    request.headers.get("sec-fetch-site") === "cross-site";
  if (isForeign) throw new AppError(said("forbidden.other_site"));
}

function originOf(request: Request): string {
  return new URL(request.url).origin;
}
