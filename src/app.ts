import { Hono, type MiddlewareHandler } from "hono";
import { ulid } from "ulid";
import { DEFAULT_PROJECT } from "./access/authorize.ts";
import type { Caller } from "./access/caller.ts";
import { readConfiguration } from "./config.ts";
import { BOOKMARK_HEADER } from "./contract/bookmark-header.ts";
import { errorForLog } from "./error-for-log.ts";
import { guardRoutes } from "./http/guard.ts";
import { refuseForeignNames } from "./http/host-name.ts";
import { type AppEnv, readerOf } from "./http/http-context.ts";
import { encodingOf, isOtlpPath, otlpFailure } from "./http/otlp-answers.ts";
import { problemResponse, toAppError } from "./http/problem.ts";
import { serveRoutes } from "./http/serve-routes.ts";
import { answerUnrouted, refuseUnrouted } from "./http/unrouted.ts";
import type { JobContext } from "./jobs/context.ts";
import { WAKE_PAUSE_MS } from "./jobs/job.ts";
import { lookAgainAt, SWEEP_EVERY_MS, sweepOnTraffic } from "./jobs/sweep.ts";
import { tryWake } from "./jobs/wake.ts";
import { HANDLERS } from "./routes/all-handlers.ts";
import { policyOf, ROUTES } from "./routes/all-routes.ts";
import { allDatabases, databaseOf } from "./storage/databases.ts";
import { NEWEST, openReadSession } from "./storage/read-session.ts";

/** What a request passes through on its way to its route. `contextOf` builds what the handlers work with. */
export function createApp(
  contextOf: (env: AppEnv["Bindings"], database: D1Database) => JobContext,
): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  // Of this isolate; others are held back by a row in D1.
  let sweptAt = 0;
  /** When it knows the queue to look for work. */
  const looksAt = new Map<D1Database, number>();

  app.use(protectAnswers);
  app.use(async function nameRequest(http, next) {
    const ray = http.req.header("cf-ray");
    http.set("requestId", ray && /^[\w-]{1,64}$/.test(ray) ? ray : ulid());
    await next();
    http.header("X-Request-Id", http.get("requestId"));
  });
  app.use(refuseForeignNames);

  app.use("/api/*", async function sweepAfterwards(http, next) {
    await next();
    if (!readConfiguration(http.env).ok) return;
    const now = Date.now();
    // A clock may be set back.
    if (Math.abs(now - sweptAt) < SWEEP_EVERY_MS) return;
    sweptAt = now;
    for (const database of allDatabases(http.env)) {
      const context = contextOf(http.env, database);
      http.executionCtx.waitUntil(
        sweepOnTraffic(context).catch((error) =>
          context.log({ event: "sweep.failed", error: errorForLog(error) }),
        ),
      );
    }
  });

  app.use(answerUnrouted(app, policyOf));
  app.use(guardRoutes(policyOf));
  app.use(async function openRooms(http, next) {
    // What answers whatever the settings are has no rooms to work in.
    if (http.get("route").policy.evenUnconfigured) return next();
    // Whoever signs in is nobody yet.
    const caller: Caller | undefined = http.get("caller");
    const database = databaseOf(http.env, caller?.project ?? DEFAULT_PROJECT);
    const context = contextOf(http.env, database);
    // The answer does not wait for the queue: the row is what counts, and a wake-up that is lost is sent again.
    const wake: JobContext["wake"] = async (messages) => {
      http.executionCtx.waitUntil(tryWake(context, messages));
      const now = Date.now();
      const dueAt = now + WAKE_PAUSE_MS;
      const looksNextAt = looksAt.get(database) ?? 0;
      // A clock may be set back.
      if (now < looksNextAt && looksNextAt <= dueAt) return;
      looksAt.set(database, dueAt);
      http.executionCtx.waitUntil(lookAgainAt(context, dueAt));
    };
    const given = http.req.header(BOOKMARK_HEADER);
    const isRead = caller !== undefined && http.req.method === "GET";
    const session =
      given !== undefined && isRead ? openReadSession(database, caller.project, given) : null;
    http.set("jobs", { ...context, ...(session && { db: session.db }), wake });
    await next();
    // After a change what the reader knew is old: their own work must not be missing from what they read next.
    if (given !== undefined) http.header(BOOKMARK_HEADER, session?.bookmark() ?? NEWEST);
  });

  serveRoutes(app, ROUTES, HANDLERS);

  app.notFound((http) => refuseUnrouted(app, http));
  app.onError((error, http) => {
    const known = toAppError(error);
    if (known.status >= 500) {
      console.error(
        JSON.stringify({
          event: "request.failed",
          request_id: http.get("requestId"),
          code: known.code,
          error: errorForLog(error),
        }),
      );
    }
    if (isOtlpPath(http.req.path)) {
      const encoding = encodingOf(http.req.header("content-type")) ?? "protobuf";
      return otlpFailure(known, encoding, readerOf(http));
    }
    return problemResponse(known, http.get("requestId"), readerOf(http));
  });
  return app;
}

/** Nothing an API answer holds may run, load or be framed, should a browser ever show it as a page. */
const API_POLICY =
  "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/** Headers of every answer of the Worker; a handler that set its own policy (the HTML report) keeps it. */
const protectAnswers: MiddlewareHandler = async function protectAnswers(http, next) {
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
