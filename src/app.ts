import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { ulid } from "ulid";
import { authorize } from "./access/authorize.ts";
import type { AppEnv } from "./api/http-context.ts";
import { deleteOneJob, getJobs, getOneJob, postCancel, postRetry } from "./api/jobs.ts";
import { problemResponse, toAppError } from "./api/problem.ts";
import { getOneRun, getOneSample, getRunArtifact, getRuns, getSamples } from "./api/runs.ts";
import { scoreAsync, scoreNow } from "./api/score.ts";
import { getMetrics, readHealth } from "./api/service.ts";
import { readConfiguration } from "./config.ts";
import { AppError } from "./errors.ts";
import type { JobContext } from "./jobs/context.ts";
import { SWEEP_EVERY_MS, sweepOnTraffic } from "./jobs/sweep.ts";

/** All routes of the product on one screen. `contextOf` builds what the handlers work with. */
export function createApp(contextOf: (env: AppEnv["Bindings"]) => JobContext): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  // Of this isolate; others are held back by a row in D1.
  let sweptAt = 0;

  app.use(secureHeaders({ xFrameOptions: "DENY", referrerPolicy: "no-referrer" }));
  app.use(async function nameRequest(http, next) {
    http.set("requestId", http.req.header("cf-ray") ?? ulid());
    await next();
    http.header("X-Request-Id", http.get("requestId"));
  });

  app.use("/api/*", async function sweepAfterwards(http, next) {
    await next();
    if (!readConfiguration(http.env).ok) return;
    const now = Date.now();
    if (now - sweptAt < SWEEP_EVERY_MS) return;
    const isFreshIsolate = sweptAt === 0;
    sweptAt = now;
    const context = contextOf(http.env);
    http.executionCtx.waitUntil(
      sweepOnTraffic(context, isFreshIsolate).catch((error) =>
        context.log({ event: "sweep.failed", error: String(error).slice(0, 300) }),
      ),
    );
  });

  app.get("/api/health", async (http) =>
    http.json(await readHealth(http.env.DB, readConfiguration(http.env), Date.now())),
  );

  app.use("/api/*", async function openRooms(http, next) {
    const configuration = readConfiguration(http.env);
    if (!configuration.ok) throw new AppError("misconfigured", configuration.mistakes.join(" "));
    http.set("caller", await authorize(configuration.settings, http.req.raw.headers));
    http.set("jobs", contextOf(http.env));
    await next();
  });

  app.post("/api/score", scoreNow);
  app.post("/api/score/async", scoreAsync);
  app.get("/api/score/jobs", getJobs);
  app.get("/api/score/jobs/:id", getOneJob);
  app.delete("/api/score/jobs/:id", deleteOneJob);
  app.post("/api/score/jobs/:id/cancel", postCancel);
  app.post("/api/score/jobs/:id/retry", postRetry);

  app.get("/api/runs", getRuns);
  app.get("/api/runs/:run_id", getOneRun);
  app.get("/api/runs/:run_id/samples", getSamples);
  app.get("/api/runs/:run_id/samples/:sample_id", getOneSample);
  app.get("/api/runs/:run_id/artifacts/:name", getRunArtifact);

  app.get("/api/metrics", getMetrics);

  app.notFound((http) =>
    problemResponse(
      new AppError(
        "not_found",
        `There is nothing at ${http.req.method} ${http.req.path.slice(0, 200)}.`,
      ),
      http.get("requestId"),
    ),
  );
  app.onError((error, http) => {
    const known = toAppError(error);
    if (known.status >= 500) {
      console.error(
        JSON.stringify({
          event: "request.failed",
          request_id: http.get("requestId"),
          code: known.code,
          error: String(error).slice(0, 300),
        }),
      );
    }
    return problemResponse(known, http.get("requestId"));
  });
  return app;
}
