import {
  applyD1Migrations,
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { CreatedKey, CreatedShare } from "../../../src/contract/access.ts";
import type { Accepted } from "../../../src/contract/job.ts";
import type { SamplePage } from "../../../src/contract/report.ts";
import worker from "../../../src/worker.ts?divided";
import { ADMIN_KEY, asAdmin, bearer, ORIGIN, type Question } from "../access-world.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "../http.ts";

// The map project → database, divided (see databases.ts here): all of the project `team` but who may come in lies in a
// database of its own. No other file is changed, so what holds here holds for any division.

/** What stays at home: who may come in, and what was done. */
const HOME = ["projects", "access_keys", "share_links", "audit_log"];

const waiting: unknown[] = [];
const collect = {
  send: async (body: unknown) => void waiting.push(body),
  sendBatch: async (messages: Iterable<{ body: unknown }>) => {
    for (const { body } of messages) waiting.push(body);
  },
};
const world = { ...env, ACCESS_MODE: undefined, ADMIN_KEY, KEY_RATE: undefined, JOBS: collect };

async function ask(path: string, { method, headers, json }: Question = {}): Promise<Response> {
  const request = new Request(`${ORIGIN}${path}`, {
    method: method ?? (json === undefined ? "GET" : "POST"),
    headers: { ...headers, ...(json === undefined ? {} : { "Content-Type": "application/json" }) },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const execution = createExecutionContext();
  const answer = await worker.fetch(request as never, world as never, execution);
  const bytes = await answer.arrayBuffer();
  await waitOnExecutionContext(execution);
  return new Response(bytes.byteLength === 0 ? null : bytes, answer as never);
}

const read = async (path: string, question: Question = {}): Promise<unknown> => {
  const answer = await ask(path, question);
  expect(answer.status, path).toBeLessThan(300);
  return answer.json();
};

/** Hands all waiting messages to the Worker as one batch of the queue, until none is left. */
async function drain(): Promise<void> {
  for (let round = 0; waiting.length > 0 && round < 20; round++) {
    const messages = waiting.splice(0).map((body, at) => ({
      id: `${round}-${at}`,
      timestamp: new Date(),
      attempts: 1,
      body,
    }));
    const execution = createExecutionContext();
    const batch = createMessageBatch("touchstone-jobs", messages);
    await worker.queue(batch as never, world as never);
    await waitOnExecutionContext(execution);
  }
  expect(waiting).toEqual([]);
}

let team: Question;
const mine: string[] = [];

async function submit(who: Question, sample: object): Promise<Accepted> {
  return (await read("/api/score/async", { ...who, json: sample })) as Accepted;
}

beforeAll(async () => {
  await applyD1Migrations(env.SECOND, env.TEST_MIGRATIONS);
  await read("/api/projects", {
    headers: asAdmin(),
    json: { project: "team", name: "客服团队", samples_per_day: 50 },
  });
  const key = await read("/api/keys", {
    headers: asAdmin("team"),
    json: { name: "Dify", role: "admin" },
  });
  team = { headers: bearer((key as CreatedKey).key) };
  for (const sample of [SAMPLE_ZH, { ...SAMPLE_EN, tags: { app: "客服" } }]) {
    mine.push((await submit(team, sample)).job_id);
    await submit({ headers: asAdmin() }, { ...sample, name: "at home" });
  }
  for (const n of [1, 2]) {
    const call = { ...SAMPLE_ZH, question: `${SAMPLE_ZH.question} ${n}`, session_id: "会话" };
    mine.push((await submit(team, call)).job_id);
  }
  const rows = [SAMPLE_ZH, SAMPLE_EN, { question: "no answer" }];
  const batch = await read("/api/score/batch", { ...team, json: rows });
  mine.push((batch as Accepted).job_id);
  await drain();
});

describe("a project in a database of its own", () => {
  it("has all its jobs scored, with those of the other project in the same batch of the queue", async () => {
    const { jobs } = (await read("/api/score/jobs", team)) as { jobs: { job_id: string }[] };
    expect(jobs.map(({ job_id }) => job_id).sort()).toEqual([...mine].sort());
    for (const job of jobs) expect(job).toMatchObject({ status: "completed" });
    expect(await read("/api/runs", team)).toMatchObject({
      runs: [{ mode: "batch", valid_samples: 2 }, { mode: "session" }, {}, {}],
    });
    expect(await read("/api/score/jobs", { headers: asAdmin() })).toMatchObject({
      jobs: [
        { name: "at home", status: "completed" },
        { name: "at home", status: "completed" },
      ],
    });
    expect(await read("/api/health")).toMatchObject({ queue: { queued: 0, running: 0 } });
  });

  it("reads trends, alerts, reviews, comparison, gate, share links and audit log as ever", async () => {
    const [first, second] = mine.map((id) => id.replace("job_", "run_"));
    expect(await read("/api/trends?metric=faithfulness&days=7", team)).toMatchObject({
      whole: { n: 6 },
      tags: ["app=客服"],
    });
    await read("/api/alerts", {
      ...team,
      json: { metric: "faithfulness", side: "below", threshold: 0.5, window_days: 7 },
    });
    const { samples } = (await read(`/api/runs/${first}/samples`, team)) as SamplePage;
    const sample = `/api/runs/${first}/samples/${samples[0]?.sample_id}`;
    await read(`${sample}/reviews`, { ...team, method: "PUT", json: { opinion: "agree" } });
    expect(await read(`${sample}/reviews`, team)).toMatchObject({
      reviews: [{ opinion: "agree" }],
    });
    await read(`/api/runs/compare?base=${first}&other=${second}`, team);
    const rules = { faithfulness: ">= 0.5" };
    expect(await read("/api/gate", { ...team, json: { run_id: first, rules } })).toMatchObject({
      run_id: first,
      rules: [{ metric: "faithfulness", n: 1 }],
    });
    const share = await read(`/api/runs/${first}/share`, { ...team, json: { expires_in_days: 1 } });
    const { token } = share as CreatedShare;
    expect((await ask(`/api/runs/${first}`, { headers: { "X-Share-Token": token } })).status).toBe(
      200,
    );
    expect(JSON.stringify(await read("/api/audit", team))).toContain("share");
  });

  it("leaves no row of its own at home but who may come in, and home none in its database", async () => {
    const tables = await env.DB.prepare(
      // A column, not a word of a comment.
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql GLOB '*' || char(10) || '  project *TEXT*'",
    ).all<{ name: string }>();
    const astray: string[] = [];
    for (const { name } of tables.results) {
      const count = (db: D1Database, sign: string) =>
        db.prepare(`SELECT count(*) AS n FROM ${name} WHERE project ${sign} 'team'`).first("n");
      if (!HOME.includes(name) && (await count(env.DB, "=")) !== 0) astray.push(`home: ${name}`);
      if ((await count(env.SECOND, "<>")) !== 0) astray.push(`second: ${name}`);
      if (HOME.includes(name) && (await count(env.SECOND, "=")) !== 0) astray.push(name);
    }
    expect(tables.results.length).toBeGreaterThan(10);
    expect(astray).toEqual([]);
    const used = await env.SECOND.prepare("SELECT used FROM quota_use WHERE unit = 'samples'");
    expect(await used.first("used")).toBe(6);
  });

  it("is swept when its messages are lost, and its jobs can be deleted", async () => {
    const lost = await submit(team, { ...SAMPLE_EN, question: "Lost?" });
    waiting.splice(0);
    await env.SECOND.prepare("UPDATE jobs SET wake_at = 1 WHERE id = ?1").bind(lost.job_id).run();
    const context = createScheduledController({ cron: "* * * * *", scheduledTime: new Date() });
    await worker.scheduled(context, world as never);
    expect(waiting).toContainEqual(expect.objectContaining({ project: "team", id: lost.job_id }));
    await drain();
    const path = `/api/score/jobs/${lost.job_id}`;
    expect(await read(path, team)).toMatchObject({ status: "completed" });
    expect((await ask(path, { headers: asAdmin() })).status).toBe(404);
    expect((await ask(path, { ...team, method: "DELETE" })).status).toBe(204);
    expect((await ask(path, team)).status).toBe(404);
  });
});
