import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { countedRuns, NEWEST_MIGRATION } from "../../src/storage/schema.ts";
import { FIRST_MIGRATION, findSchemaProblem } from "../../src/storage/schema-age.ts";
import { say } from "../../src/words/say.ts";
import { asAdmin, ask, bearer } from "./access-world.ts";
import { SAMPLE_ZH, send } from "./http.ts";
import { BATCH, IN_SESSION, OLD_KEY, OLD_ROWS, SINGLE } from "./old-rows.ts";
import { TABLES } from "./tables.ts";

const migrations = env.TEST_MIGRATIONS;

const read = async (path: string) => (await send(path)).json();

async function listedJobs(query: string): Promise<string[]> {
  const page = (await read(`/api/score/jobs${query}`)) as { jobs: { job_id: string }[] };
  return page.jobs.map((job) => job.job_id);
}

async function projectOfTeam(): Promise<unknown> {
  const answer = await ask("/api/projects", { headers: asAdmin() });
  const { projects } = (await answer.json()) as { projects: { project: string }[] };
  return projects.find(({ project }) => project === "team");
}

/** What must be there after an upgrade, by the migration since which there can be any of it. */
const KEPT: Readonly<Record<string, () => Promise<void>>> = {
  "0001_tables.sql": async () => {
    for (const query of ["", "?status=completed", "?session_id=s-1", "?q=年假", "?tag=app=客服"]) {
      expect(await listedJobs(query)).toContain(`job_${SINGLE}`);
    }
    expect(await read(`/api/score/jobs/job_${SINGLE}`)).toMatchObject({
      status: "completed",
      question: "年假有几天？",
      scores: { faithfulness: 1 },
      tags: { app: "客服", env: "prod" },
    });
    const { runs } = (await read("/api/runs")) as { runs: { run_id: string }[] };
    expect(runs.find((run) => run.run_id === `run_${SINGLE}`)).toMatchObject({
      question: "年假有几天？",
    });
    expect(await read(`/api/runs/run_${SINGLE}/samples`)).toMatchObject({
      samples: [{ sample_id: "1" }],
    });
    expect(await read(`/api/score/jobs/job_${BATCH}`)).toMatchObject({
      status: "completed",
      progress: { done: 1, failed: 1, total: 2 },
      run_id: `run_${BATCH}`,
    });
    expect(await read(`/api/runs/run_${BATCH}/samples`)).toMatchObject({
      samples: [{ sample_id: "q-1" }, { sample_id: "q-2" }],
    });
    expect(await read(`/api/score/sessions/${encodeURIComponent("会话 7")}`)).toMatchObject({
      call_count: 1,
      run_id: `run_${IN_SESSION}`,
    });
    const ofSession = `?session_id=${encodeURIComponent("会话 7")}`;
    expect(await read(`/api/runs/run_${IN_SESSION}/samples${ofSession}`)).toMatchObject({
      samples: [{ sample_id: "1", session_id: "会话 7", feedback: null }],
    });
    expect(await listedJobs(`?session_id=${encodeURIComponent("会话 7")}`)).toEqual([
      `job_${IN_SESSION}`,
    ]);
    expect(await read(`/api/score/jobs/job_${SINGLE}/deliveries`)).toMatchObject({
      deliveries: [{ state: "delivered", url: "https://example.com/hook" }],
    });
    const asTeam = { headers: bearer(OLD_KEY) };
    const keys = await ask("/api/keys", asTeam);
    expect([keys.status, await keys.json()]).toMatchObject([200, { keys: [{ key_id: "key_1" }] }]);
    expect(await projectOfTeam()).toMatchObject({
      name: "客服团队",
      redact: ["email"],
      samples_per_day: 500,
    });
    const audit = (await (await ask("/api/audit", asTeam)).json()) as { entries: unknown[] };
    expect(audit.entries).toContainEqual(expect.objectContaining({ action: "key.create" }));
    expect((await ask("/api/score", { ...asTeam, json: SAMPLE_ZH })).status).toBe(200);
    expect(await read(`/api/runs/run_${SINGLE}/share`)).toMatchObject({
      shares: [{ share_id: "shr_1" }],
    });
    expect(await read("/api/trends?metric=faithfulness")).toMatchObject({
      points: [{ n: 3, mean: 1.1 / 3 }],
      tags: ["app=客服"],
    });
    const tagged = await read(
      `/api/trends?metric=faithfulness&tag=${encodeURIComponent("app=客服")}`,
    );
    expect(tagged).toMatchObject({ whole: { n: 2, mean: 0.5 } });
    expect(await read("/api/trends?metric=bleu")).toMatchObject({ whole: { n: 1, mean: 0.25 } });
    expect(await read("/api/alerts")).toMatchObject({
      alerts: [{ alert_id: "alr_1", metric: "faithfulness", threshold: 0.8 }],
    });
    expect(await read(`/api/runs/run_${BATCH}/samples/q-1/reviews`)).toMatchObject({
      reviews: [{ reviewer: "小王", opinion: "disagree", note: "其实是对的" }],
    });
    expect(runs.find((run) => run.run_id === `run_${BATCH}`)).toMatchObject({
      gate: { verdict: "fail" },
    });
    expect(await projectOfTeam()).toMatchObject({
      criteria: [{ name: "polite", text: "回答礼貌吗？" }],
      thresholds: { faithfulness: [0.3, 0.5, 0.8] },
    });
  },
};

/** Tables without a row: none, or the next migration of them is tested with nothing. */
async function listEmptyTables(): Promise<string[]> {
  const empty: string[] = [];
  for (const { name } of TABLES) {
    if (name === countedRuns.name) continue;
    const row = await env.DB.prepare(`SELECT 1 FROM ${name} LIMIT 1`).first();
    if (row === null) empty.push(name);
  }
  return empty;
}

it("the first and the newest migration are those the Worker names", () => {
  expect([FIRST_MIGRATION, NEWEST_MIGRATION]).toEqual([
    migrations[0]?.name,
    migrations.at(-1)?.name,
  ]);
});

// The newest as well: its rows are what the next one will find.
describe("an upgrade keeps what is stored", () => {
  for (const [at, last] of migrations.entries()) {
    it(`from ${last.name}`, async () => {
      await reset();
      await applyD1Migrations(env.DB, migrations.slice(0, at + 1));
      for (const [since, rows] of Object.entries(OLD_ROWS)) {
        if (since > last.name) continue;
        for (const sql of rows) await env.DB.prepare(sql).run();
      }
      expect(await listEmptyTables()).toEqual([]);
      await applyD1Migrations(env.DB, migrations);

      expect(await read("/api/health")).toMatchObject({
        schema: migrations.at(-1)?.name,
        problems: [],
      });
      for (const [since, look] of Object.entries(KEPT)) if (since <= last.name) await look();
      // Old rows can be changed and new ones stand beside them.
      expect((await send("/api/score", { json: SAMPLE_ZH })).status).toBe(200);
      for (const id of [`job_${SINGLE}`, `job_${BATCH}`]) {
        const gone = await send(`/api/score/jobs/${id}`, { method: "DELETE" });
        expect(gone.status).toBe(204);
        expect((await send(`/api/score/jobs/${id}`)).status).toBe(404);
      }
    });
  }
});

describe("GET /api/health tells of a schema that is not this version's, and what to do, in both languages", () => {
  const problemsWith = async (...applied: string[]) => {
    await env.DB.batch([
      env.DB.prepare("DELETE FROM d1_migrations"),
      ...applied.map((name) =>
        env.DB.prepare("INSERT INTO d1_migrations (name) VALUES (?1)").bind(name),
      ),
    ]);
    const { status, problems } = (await read("/api/health")) as {
      status: string;
      problems: string[];
    };
    return `${status}: ${problems.join(" ")}`;
  };

  it("of an earlier version", async () => {
    const said = await problemsWith("0001_jobs_samples_runs.sql", "0140_format_of_job.sql");
    expect(said).toMatch(
      /^degraded: .*earlier version.*`npm start -- --persist-to .*`database_name`.*无法沿用/,
    );
  });

  it("that is behind", () => {
    const problem = findSchemaProblem([FIRST_MIGRATION], "0002_next.sql");
    expect(problem && say(problem, null)).toMatch(
      /0001_tables\.sql.*needs 0002_next\.sql.*`npm run deploy`.*补上缺少的迁移/,
    );
  });

  it("not of one that is ahead, as after a rollback", async () => {
    expect(await problemsWith(FIRST_MIGRATION, "9999_later.sql")).toBe("ok: ");
  });
});
