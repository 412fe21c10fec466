import { Hono } from "hono";
import { ulid } from "ulid";
import { DEFAULT_PROJECT } from "./access/authorize.ts";
import type { Caller } from "./access/caller.ts";
import { readConfiguration } from "./config.ts";
import { errorForLog } from "./error-for-log.ts";
import { protectAnswers } from "./http/answer-headers.ts";
import { guardRoutes } from "./http/guard.ts";
import { refuseForeignNames } from "./http/host-name.ts";
import { type AppEnv, readerOf } from "./http/http-context.ts";
import { problemResponse, toAppError } from "./http/problem.ts";
import { answerUnrouted, refuseUnrouted } from "./http/unrouted.ts";
import type { JobContext } from "./jobs/context.ts";
import { SWEEP_EVERY_MS, sweepOnTraffic } from "./jobs/sweep.ts";
import { tryWake } from "./jobs/wake.ts";
import { getAudit } from "./routes/access/audit.ts";
import { deleteKey, getKeys, patchKey, postKey } from "./routes/access/keys.ts";
import { getProjects, patchProject, postProject } from "./routes/access/projects.ts";
import { deleteSession, getSession, postSession } from "./routes/access/sign-in.ts";
import { postJudgeTest } from "./routes/access/test-judge.ts";
import { testWebhook } from "./routes/access/test-webhook.ts";
import { deleteOneAlert, getAlerts, postAlert } from "./routes/insight/alerts.ts";
import { postGate } from "./routes/insight/gate.ts";
import { getTrend } from "./routes/insight/trends.ts";
import { getBadRows } from "./routes/jobs/bad-rows.ts";
import { getDeliveries, postRedeliver } from "./routes/jobs/deliveries.ts";
import { getEvents } from "./routes/jobs/events.ts";
import { deleteOneJob, getJobs, getOneJob, postCancel, postRetry } from "./routes/jobs/jobs.ts";
import { getScoreSession } from "./routes/jobs/sessions.ts";
import { postMcp, refuseMcpStream } from "./routes/mcp/mcp.ts";
import { getComparison } from "./routes/runs/compare.ts";
import { getReportHtml } from "./routes/runs/report-html.ts";
import { postRescore } from "./routes/runs/rescore.ts";
import { getSampleReviews, putOneReview } from "./routes/runs/reviews.ts";
import {
  getOneRun,
  getOneSample,
  getRunArtifact,
  getRuns,
  getSamples,
} from "./routes/runs/runs.ts";
import { getSamplePoints } from "./routes/runs/sample-points.ts";
import { deleteShare, getShares, postShare } from "./routes/runs/share.ts";
import { scoreBatch } from "./routes/score/batch.ts";
import { importDify } from "./routes/score/import-dify.ts";
import { scoreAsync, scoreNow } from "./routes/score/score.ts";
import { getDifyOpenApi, getDocs, getOpenApi } from "./routes/service/documents.ts";
import { getMetrics, readHealth } from "./routes/service/service.ts";
import { allDatabases, databaseOf, homeDatabase } from "./storage/databases.ts";
import { retryTransient } from "./storage/retry-transient.ts";

/** All routes of the product on one screen. `contextOf` builds what the handlers work with. */
export function createApp(
  contextOf: (env: AppEnv["Bindings"], database: D1Database) => JobContext,
): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  // Of this isolate; others are held back by a row in D1.
  let sweptAt = 0;

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
    const isFreshIsolate = sweptAt === 0;
    sweptAt = now;
    for (const database of allDatabases(http.env)) {
      const context = contextOf(http.env, database);
      http.executionCtx.waitUntil(
        sweepOnTraffic(context, isFreshIsolate).catch((error) =>
          context.log({ event: "sweep.failed", error: errorForLog(error) }),
        ),
      );
    }
  });

  app.get("/api/health", async (http) =>
    http.json(
      await readHealth(
        {
          home: retryTransient(homeDatabase(http.env)),
          db: retryTransient(databaseOf(http.env, DEFAULT_PROJECT)),
        },
        readConfiguration(http.env),
        Date.now(),
        readerOf(http),
      ),
    ),
  );

  // Importers fetch these without a key; they say nothing of this server but its address.
  app.get("/openapi.json", getOpenApi);
  app.get("/openapi-dify.json", getDifyOpenApi);
  app.get("/docs", getDocs);

  app.use(answerUnrouted(app));
  // Every route below is closed until its line in `access/route-policy.ts` opens it.
  app.use(guardRoutes);
  app.use(async function openRooms(http, next) {
    // Whoever signs in is nobody yet.
    const caller: Caller | undefined = http.get("caller");
    const database = databaseOf(http.env, caller?.project ?? DEFAULT_PROJECT);
    const context = contextOf(http.env, database);
    // The answer does not wait for the queue: the row is what counts, and a wake-up that is lost is sent again.
    const wake: JobContext["wake"] = async (messages) =>
      http.executionCtx.waitUntil(tryWake(context, messages));
    http.set("jobs", { ...context, wake });
    await next();
  });

  app.post("/api/score", scoreNow);
  app.post("/api/score/async", scoreAsync);
  app.post("/api/import/dify", importDify);
  app.post("/api/score/batch", scoreBatch);
  app.get("/api/score/jobs", getJobs);
  app.get("/api/score/jobs/:id", getOneJob);
  app.delete("/api/score/jobs/:id", deleteOneJob);
  app.post("/api/score/jobs/:id/cancel", postCancel);
  app.post("/api/score/jobs/:id/retry", postRetry);
  app.get("/api/score/jobs/:id/events", getEvents);
  app.get("/api/score/jobs/:id/bad-rows", getBadRows);
  app.get("/api/score/jobs/:id/deliveries", getDeliveries);
  app.post("/api/score/jobs/:id/deliveries/:delivery_id/redeliver", postRedeliver);
  app.get("/api/score/sessions/:session_id", getScoreSession);

  app.get("/api/runs", getRuns);
  app.get("/api/runs/compare", getComparison);
  app.get("/api/runs/:run_id", getOneRun);
  app.get("/api/runs/:run_id/samples", getSamples);
  app.get("/api/runs/:run_id/samples/:sample_id", getOneSample);
  app.get("/api/runs/:run_id/points", getSamplePoints);
  app.get("/api/runs/:run_id/artifacts/:name", getRunArtifact);
  app.get("/api/runs/:run_id/report.html", getReportHtml);
  app.get("/api/runs/:run_id/samples/:sample_id/reviews", getSampleReviews);
  app.put("/api/runs/:run_id/samples/:sample_id/reviews", putOneReview);
  app.post("/api/runs/:run_id/rescore", postRescore);

  app.get("/api/runs/:run_id/share", getShares);
  app.post("/api/runs/:run_id/share", postShare);
  app.delete("/api/runs/:run_id/share/:share_id", deleteShare);

  app.get("/api/trends", getTrend);
  app.get("/api/alerts", getAlerts);
  app.post("/api/alerts", postAlert);
  app.delete("/api/alerts/:alert_id", deleteOneAlert);
  app.post("/api/gate", postGate);

  app.get("/api/metrics", getMetrics);

  app.get("/api/session", getSession);
  app.post("/api/session", postSession);
  app.delete("/api/session", deleteSession);
  app.get("/api/keys", getKeys);
  app.post("/api/keys", postKey);
  app.patch("/api/keys/:key_id", patchKey);
  app.delete("/api/keys/:key_id", deleteKey);
  app.get("/api/projects", getProjects);
  app.post("/api/projects", postProject);
  app.patch("/api/projects/:project", patchProject);
  app.get("/api/audit", getAudit);
  app.post("/api/judge/test", postJudgeTest);
  app.post("/api/webhooks/test", testWebhook);

  app.post("/mcp", postMcp);
  app.on(["GET", "DELETE"], "/mcp", refuseMcpStream);

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
    return problemResponse(known, http.get("requestId"), readerOf(http));
  });
  return app;
}
