import type { MiddlewareHandler } from "hono";

/** Nothing an API answer holds may run, load or be framed, should a browser ever show it as a page. */
const API_POLICY =
  "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/** Headers of every answer of the Worker; a handler that set its own policy (the HTML report) keeps it. */
export const protectAnswers: MiddlewareHandler = async function protectAnswers(http, next) {
  await next();
  const { headers } = http.res;
  const isSet = (name: string) => headers.has(name);
  if (!isSet("Content-Security-Policy")) http.header("Content-Security-Policy", API_POLICY);
  if (!isSet("Cache-Control")) http.header("Cache-Control", "private, no-store");
  http.header("Vary", "Accept-Language", { append: true });
  http.header("X-Content-Type-Options", "nosniff");
  http.header("X-Frame-Options", "DENY");
  http.header("Referrer-Policy", "no-referrer");
  http.header("Cross-Origin-Resource-Policy", "same-origin");
  if (new URL(http.req.url).protocol === "https:") {
    http.header("Strict-Transport-Security", "max-age=31536000");
  }
};
