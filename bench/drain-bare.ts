import type { D1Database, MessageBatch, Queue, R2Bucket } from "@cloudflare/workers-types";
import { Hono } from "hono";

// The yardstick of `bench drain`: what the platform asks for a job when nothing is scored. Each message claims two
// rows, leaves an object of a job's size and writes its rows in one transaction with the others of its batch: as many
// calls, rows and bytes as ours. Built by wrangler, never deployed.

interface Env {
  DB: D1Database;
  ARTIFACTS: R2Bucket;
  JOBS: Queue<number>;
}

/** Bytes of the five artifacts of a job, and of the texts of its row. */
const OBJECT_BYTES = 14_400;
const ROW_TEXT = "x".repeat(400);
const REPORT_TEXT = "x".repeat(2_000);
const MESSAGES_AT_ONCE = 100;

const TABLES = [
  `CREATE TABLE IF NOT EXISTS jobs (id INTEGER PRIMARY KEY, status TEXT NOT NULL, wake_at INTEGER, body TEXT NOT NULL)
   STRICT`,
  "CREATE INDEX IF NOT EXISTS jobs_by_status ON jobs (status, id)",
  "CREATE INDEX IF NOT EXISTS jobs_to_wake ON jobs (wake_at) WHERE wake_at IS NOT NULL",
  "CREATE TABLE IF NOT EXISTS samples (id INTEGER PRIMARY KEY, status TEXT NOT NULL, body TEXT NOT NULL) STRICT",
  "CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",
];

const NUMBERS =
  "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < CAST(?1 AS INTEGER))";

const app = new Hono<{ Bindings: Env }>();

app.get("/ready", async (http) => {
  await http.env.DB.batch(TABLES.map((sql) => http.env.DB.prepare(sql)));
  return http.text("ready");
});

app.post("/jobs/:count", async (http) => {
  const count = Number(http.req.param("count"));
  const { DB, JOBS } = http.env;
  await DB.batch([
    DB.prepare(
      `${NUMBERS} INSERT INTO jobs (id, status, wake_at, body) SELECT i, 'queued', i, ?2 FROM n`,
    ).bind(count, ROW_TEXT),
    DB.prepare(
      `${NUMBERS} INSERT INTO samples (id, status, body) SELECT i, 'queued', ?2 FROM n`,
    ).bind(count, ROW_TEXT),
  ]);
  for (let first = 1; first <= count; first += MESSAGES_AT_ONCE) {
    const length = Math.min(MESSAGES_AT_ONCE, count - first + 1);
    await JOBS.sendBatch(Array.from({ length }, (_, at) => ({ body: first + at })));
  }
  return http.body(null, 202);
});

app.get("/open", async (http) =>
  http.json(
    await http.env.DB.prepare(
      "SELECT count(*) AS open FROM jobs WHERE status <> 'completed'",
    ).first(),
  ),
);

export default {
  fetch: app.fetch,
  async queue({ messages }: MessageBatch<number>, { DB, ARTIFACTS }: Env): Promise<void> {
    const ids = messages.map(({ body }) => body);
    const all = (sql: string, ...values: string[]) =>
      ids.map((id) => DB.prepare(sql).bind(id, ...values));
    await DB.batch([
      ...all("UPDATE samples SET status = 'running' WHERE id = ?1 RETURNING *"),
      ...all("UPDATE jobs SET status = 'running', wake_at = wake_at + 1 WHERE id = ?1 RETURNING *"),
    ]);
    await Promise.all(
      ids.map((id) => ARTIFACTS.put(`jobs/${id}`, new Uint8Array(OBJECT_BYTES).fill(id))),
    );
    await DB.batch([
      ...all("UPDATE samples SET status = 'completed', body = ?2 WHERE id = ?1", ROW_TEXT),
      ...all(
        "UPDATE jobs SET status = 'completed', wake_at = NULL, body = ?2 WHERE id = ?1",
        ROW_TEXT,
      ),
      ...all("INSERT OR REPLACE INTO runs (id, body) VALUES (?1, ?2)", REPORT_TEXT),
    ]);
  },
};
