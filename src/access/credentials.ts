import { fromBase64 } from "../base64.ts";

/** The proof of identity a request carries; nothing here is checked yet. */
export interface Credentials {
  key: string | null;
  shareToken: string | null;
  accessToken: string | null;
  sessionToken: string | null;
}

/**
 * Reads what the request offers. The query carries proof only on routes where a client cannot set a header: query
 * strings end up in histories and logs of others.
 */
export function readCredentials(
  request: Request,
  allowed: { keyInQuery: boolean; share: boolean },
): Credentials {
  const url = new URL(request.url);
  const { headers } = request;
  const keyInQuery = allowed.keyInQuery ? readText(url.searchParams.get("key")) : null;
  const share = headers.get("x-share-token") ?? url.searchParams.get("share");
  return {
    key: readKey(headers) ?? (keyInQuery && withoutBearer(keyInQuery)),
    shareToken: allowed.share ? readText(share) : null,
    accessToken: readText(headers.get("cf-access-jwt-assertion")),
    sessionToken: readCookie(headers.get("cookie"), sessionCookieName(url)),
  };
}

/** The `__Host-` name keeps other hosts of the domain from setting the cookie; it exists over https only. */
export function sessionCookieName(url: URL): string {
  return url.protocol === "https:" ? "__Host-touchstone_session" : "touchstone_session";
}

function readKey(headers: Headers): string | null {
  const authorization = headers.get("authorization");
  if (authorization !== null && /^bearer\s/i.test(authorization)) {
    return readText(withoutBearer(authorization));
  }
  // `api_key`: what senders to a Phoenix write.
  const key = readText(headers.get("x-api-key")) ?? readText(headers.get("api_key"));
  return key ?? readKeyOfSocket(headers.get("sec-websocket-protocol"));
}

/** `bearer.` and the key as Base64 for URLs: where a program cannot set a header of its socket, it can name protocols. */
function readKeyOfSocket(protocols: string | null): string | null {
  const [, coded] = /(?:^|,)\s*bearer\.([\w-]+)\s*(?:,|$)/.exec(protocols ?? "") ?? [];
  if (coded === undefined) return null;
  try {
    const bytes = fromBase64(coded.replaceAll("-", "+").replaceAll("_", "/"));
    return readText(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** Dify writes the prefix twice when a tool's credential is stored with it. */
function withoutBearer(text: string): string {
  let rest = text.trim();
  for (let times = 0; times < 2 && /^bearer\s/i.test(rest); times++) rest = rest.slice(7).trim();
  return rest;
}

function readCookie(header: string | null, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return readText(part.slice(at + 1));
  }
  return null;
}

function readText(text: string | null): string | null {
  return text?.trim() || null;
}
