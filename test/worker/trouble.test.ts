import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import type { JobPage } from "../../src/contract/job.ts";
import type { RunPage } from "../../src/contract/run.ts";
import type { Health } from "../../src/contract/service.ts";
import { idBound } from "../../src/jobs/ids.ts";
import { send } from "./http.ts";
import { watchQueryPlans } from "./query-plans.ts";

watchQueryPlans();

const OWN_PAGE = { "X-Requested-With": "touchstone", "Accept-Language": "zh-CN" };
const INSERT_JOB = `INSERT INTO jobs (project, id, kind, status, created_at, updated_at, question, language, metrics, judge,
  submitted_by, fingerprint, total, failed, bad_rows) VALUES ('default', ?1, 'batch', ?2, ?3, ?3, '批', 'zh', '[]',
  'offline', 'x', 'f', 12, ?4, ?5)`;
const HOUR_MS = 3_600_000;

async function ask<T>(path: string, headers: Record<string, string> = OWN_PAGE): Promise<T> {
  return (await (await send(path, { headers })).json()) as T;
}

async function insertJob(ago: number, status: string, failed: number, badRows: number) {
  const at = Date.now() - ago;
  const id = `${idBound("job", at)}0000000000000000`;
  await env.DB.prepare(INSERT_JOB).bind(id, status, at, failed, badRows).run();
  return id;
}

beforeAll(async () => {
  expect((await ask<JobPage>("/api/score/jobs")).trouble).toEqual({
    judge: null,
    firing_alerts: 0,
    backlog: null,
    lost_rows: 0,
    // Workers AI is bound here, and nobody has measured its model.
    to_measure: "@cf/cloudflare/clef-flash",
  });
});

it("rides on the lists of the dashboard, in the reader's language, and says degraded", async () => {
  const lossy = await insertJob(2 * HOUR_MS, "completed", 2, 1);
  await insertJob(30 * HOUR_MS, "completed", 5, 0);
  await insertJob(HOUR_MS, "completed", 0, 0);
  await insertJob(HOUR_MS / 4, "queued", 0, 0);
  const until = Date.now() + 20_000;
  const reason = JSON.stringify({ code: "told", params: { text: "429" } });
  await env.DB.prepare(
    "INSERT INTO breaker (name, failures, openings, until, probing, reason) VALUES ('judge', 5, 1, ?1, 0, ?2)",
  )
    .bind(until, reason)
    .run();
  await env.DB.prepare(
    `INSERT INTO alert_rules (project, id, metric, tag, side, threshold, window_days, state, created_at, created_by)
      VALUES ('default', 'alert_1', 'faithfulness', '', 'below', 0.8, 7, 'firing', 1, 'x')`,
  ).run();
  const { trouble } = await ask<RunPage>("/api/runs");
  expect(trouble).toMatchObject({
    judge: { reason: "429", next_try: new Date(until).toISOString() },
    firing_alerts: 1,
    backlog: { jobs: 1 },
    lost_rows: 3,
  });
  expect(trouble?.backlog?.oldest_seconds).toBeGreaterThanOrEqual(900);
  expect((await ask<JobPage>("/api/score/jobs")).trouble).toMatchObject({ lost_rows: 3 });
  const health = await ask<Health>("/api/health");
  expect(health).toMatchObject({ status: "degraded", trouble: { firing_alerts: 1, lost_rows: 3 } });
  expect(health.problems.join()).toContain("排队最久的任务已等待 15 分钟");
  const { jobs } = await ask<JobPage>("/api/score/jobs?lost=yes");
  expect(jobs).toHaveLength(2);
  expect(jobs[0]?.job_id).toBe(lossy);
});

it("is for pages of the dashboard: other clients get what they got, and read no row more", async () => {
  expect(await ask<JobPage>("/api/score/jobs", {})).not.toHaveProperty("trouble");
  expect(await ask<RunPage>("/api/runs", {})).not.toHaveProperty("trouble");
  expect((await ask<Health>("/api/health", {})).trouble).toBeNull();
});
