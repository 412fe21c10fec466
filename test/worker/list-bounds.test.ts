import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { listGateVerdicts } from "../../src/storage/gate-verdicts.ts";
import { ANY_JOB, type JobFilter, listJobs } from "../../src/storage/list-jobs.ts";
import { ANY_RUN, listRuns, type RunFilter } from "../../src/storage/list-runs.ts";
import { listReviewsOfRuns } from "../../src/storage/reviews.ts";
import { send } from "./http.ts";

const JOBS = 30_000;

/** Every 1,000th job is a failed one of app 客服, every 10th is of session s1; the oldest asks for the needle. */
const INSERT = `WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
  INSERT INTO jobs (project, id, kind, status, created_at, updated_at, question, tags, session_id, language, metrics,
    judge, submitted_by, fingerprint, total)
  SELECT 'default', printf('job_%026d', i), 'single', CASE i % 1000 WHEN 0 THEN 'failed' ELSE 'completed' END, i, i,
    CASE i WHEN 1 THEN '针 needle' ELSE 'question ' || i END,
    CASE i % 1000 WHEN 0 THEN '{"app":"客服"}' ELSE '{"app":"shop"}' END,
    CASE i % 10 WHEN 0 THEN 's1' END, 'en', '[]', 'offline', CASE i % 7 WHEN 0 THEN 'key_a' ELSE 'key_b' END, 'f', 1
  FROM n`;

const INSERT_RUNS = `WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
  INSERT INTO runs (project, id, mode, judge, started_at, finished_at, total_samples, valid_samples, invalid_samples,
    metrics, tags, attempt, is_counted)
  SELECT 'default', printf('run_%026d', i), 'single', 'offline', i, i, 1, 1, 0, '{}',
    CASE i % 1000 WHEN 0 THEN '{"app":"客服"}' ELSE '{"app":"shop"}' END, 1, 0 FROM n`;

const id = (n: number) => `job_${String(n).padStart(26, "0")}`;
const runId = (n: number) => id(n).replace("job", "run");
let rowsRead = 0;
/** The database, adding up what it reads. */
const db = new Proxy(env.DB, {
  get: (target, name) =>
    name === "prepare" ? (sql: string) => counted(target.prepare(sql)) : null,
});

function counted(statement: D1PreparedStatement): D1PreparedStatement {
  const note = <T>(result: D1Result<T>) => {
    rowsRead += result.meta.rows_read;
    return result;
  };
  return {
    bind: (...values: unknown[]) => counted(statement.bind(...values)),
    all: async () => note(await statement.all()),
    first: async () => note(await statement.all()).results[0] ?? null,
  } as unknown as D1PreparedStatement;
}

async function list(filter: Partial<JobFilter>, before: string | null = null, limit = 50) {
  rowsRead = 0;
  const found = await listJobs(db, "default", { ...ANY_JOB, ...filter }, { limit, before });
  return { ...found, ids: found.jobs.map((job) => job.id), rowsRead };
}

beforeAll(async () => {
  await env.DB.prepare(INSERT).bind(JOBS).run();
  await env.DB.prepare(INSERT_RUNS).bind(JOBS).run();
  await env.DB.prepare(
    "INSERT INTO sessions (project, run_id, session_id) VALUES ('default', ?1, 's1')",
  )
    .bind(runId(10))
    .run();
});

describe("a page of a long list reads what it shows", () => {
  it("from the start, from the middle, by status, by session, by time", async () => {
    for (const filter of [
      {},
      { status: "failed" },
      { status: "completed" },
      { status: "queued" },
      { sessionId: "s1" },
      { fromId: id(9_000), toId: id(11_000) },
    ] satisfies Partial<JobFilter>[]) {
      for (const before of [null, id(10_001)]) {
        const page = await list(filter, before);
        expect(page.rowsRead, JSON.stringify({ filter, before })).toBeLessThanOrEqual(60);
        expect(page.ids).toEqual([...page.ids].sort().reverse());
      }
    }
    const deepFailed = await list({ status: "failed" }, id(10_001));
    expect(deepFailed.ids).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((n) => id(n * 1000)));
  });

  it("by tag, with one look at the index and one at the job", async () => {
    const page = await list({ tag: { name: "app", value: "客服" } });
    expect(page.ids).toHaveLength(30);
    expect(page.rowsRead).toBeLessThanOrEqual(2 * 51);
    const many = await list({ tag: { name: "app", value: "shop" } }, id(15_000));
    expect(many.ids[0]).toBe(id(14_999));
    expect(many.rowsRead).toBeLessThanOrEqual(2 * 51);
  });

  it("of runs, however deep", async () => {
    for (const before of [null, "run_00000000000000000000000500"]) {
      rowsRead = 0;
      const { runs } = await listRuns(db, "default", ANY_RUN, { limit: 50, before });
      expect(runs).toHaveLength(51);
      const range = { first: runs.at(-1)?.id ?? "", last: runs[0]?.id ?? "" };
      expect(await listGateVerdicts(db, "default", range)).toEqual(new Map());
      expect(await listReviewsOfRuns(db, "default", range)).toEqual(new Map());
      expect(rowsRead).toBeLessThanOrEqual(60);
    }
  });

  it("of runs of a tag or a session, with one look at the index and one at the run", async () => {
    const runs = async (filter: Partial<RunFilter>, before: string | null = null) => {
      rowsRead = 0;
      const page = { limit: 50, before };
      const found = await listRuns(db, "default", { ...ANY_RUN, ...filter }, page);
      return { ...found, ids: found.runs.map((run) => run.id) };
    };
    const tag = { name: "app", value: "客服" };
    const tagged = await runs({ tag });
    expect(tagged.ids).toHaveLength(30);
    expect(tagged.searchedTo).toBeNull();
    // Twice, because the first look cannot know that there are no more.
    expect(rowsRead).toBeLessThanOrEqual(6 * 31);
    expect((await runs({ tag }, runId(3_000))).ids).toEqual([2_000, 1_000].map(runId));
    const from = { fromId: runId(2_000), toId: runId(4_000) };
    expect((await runs({ tag, ...from })).ids).toEqual([3_000, 2_000].map(runId));
    expect((await runs({ tag, judge: "gpt" })).ids).toEqual([]);
    const many = await runs({ tag: { name: "app", value: "shop" } }, runId(15_000));
    expect(many.ids[0]).toBe(runId(14_999));
    expect(rowsRead).toBeLessThanOrEqual(2 * 51);
    expect((await runs({ sessionId: "s1" })).ids).toEqual([runId(10)]);
    expect(rowsRead).toBeLessThanOrEqual(2);
    expect((await runs({ sessionId: "s2" })).ids).toEqual([]);
  });

  it("of runs of many samples: what single calls lie between them is not read", async () => {
    await env.DB.prepare(
      "UPDATE runs SET mode = 'batch', name = '夜间 ' || id, total_samples = 40 WHERE id IN (?1, ?2, ?3)",
    )
      .bind(runId(29_000), runId(15_000), runId(7))
      .run();
    const runs = async (filter: Partial<RunFilter>, before: string | null = null) => {
      rowsRead = 0;
      const page = { limit: 50, before };
      return (await listRuns(db, "default", { ...ANY_RUN, isOfMany: true, ...filter }, page)).runs;
    };
    const ids = async (...args: Parameters<typeof runs>) =>
      (await runs(...args)).map(({ id }) => id);
    expect(await ids({})).toEqual([29_000, 15_000, 7].map(runId));
    expect(rowsRead).toBeLessThanOrEqual(10);
    expect(await ids({}, runId(15_000))).toEqual([runId(7)]);
    expect(await ids({ search: `夜间 ${runId(15_000)}` })).toEqual([runId(15_000)]);
    expect(rowsRead).toBeLessThanOrEqual(20);
    expect(await ids({ tag: { name: "app", value: "客服" } })).toEqual([29_000, 15_000].map(runId));
  });

  it("of runs by what no index answers: a bounded number is looked at", async () => {
    rowsRead = 0;
    const filter = { ...ANY_RUN, judge: "gpt" };
    const found = await listRuns(db, "default", filter, { limit: 50, before: null });
    expect(found.runs).toEqual([]);
    expect(found.searchedTo).toBe(runId(JOBS - 5000 + 1));
    expect(rowsRead).toBeLessThanOrEqual(1000 + 5000 + 10);
  });
});

describe("a search that no index answers", () => {
  it("looks at a bounded number of jobs and says where it stopped", async () => {
    const first = await list({ search: "NEEDLE" });
    expect(first.ids).toEqual([]);
    expect(first.searchedTo).toBe(id(JOBS - 20_000 + 1));
    expect(first.rowsRead).toBeLessThanOrEqual(1000 + 20_000 + 10);
    const second = await list({ search: "NEEDLE" }, first.searchedTo);
    expect(second.ids).toEqual([id(1)]);
    expect(second.searchedTo).toBeNull();
  });

  it("stops as soon as the page is full", async () => {
    const page = await list({ search: "question" });
    expect(page.ids).toHaveLength(51);
    expect(page.rowsRead).toBeLessThanOrEqual(60);
    expect((await list({ submittedBy: "key_a" })).rowsRead).toBeLessThanOrEqual(7 * 51 + 10);
  });

  it("combines filters: the index gives candidates, the others choose", async () => {
    const page = await list({ sessionId: "s1", status: "failed", submittedBy: "key_a" });
    expect(page.ids).toEqual([28_000, 21_000, 14_000, 7_000].map(id));
    expect(page.searchedTo).toBeNull();
    const tagged = await list({ tag: { name: "app", value: null }, search: "28000" });
    expect(tagged.ids).toEqual([id(28_000)]);
  });

  it("by cause, by the way it came, by a value: the page is full soon, or the walk is bounded", async () => {
    const outcomes = JSON.stringify({ faithfulness: [0.2, "o"], answer_relevancy: [0.9, "o"] });
    await env.DB.prepare(
      `UPDATE jobs SET cause = 'invented', source = 'trace', worst_metric = 'faithfulness', outcomes = ?1
        WHERE id IN (?2, ?3)`,
    )
      .bind(outcomes, id(29_999), id(20_000))
      .run();
    await env.DB.prepare(
      `UPDATE jobs SET kind = 'batch', source = 'batch', means = '{"faithfulness":0.4}' WHERE id = ?1`,
    )
      .bind(id(29_500))
      .run();
    const low = (below: number | null, above: number | null, metric = "faithfulness") =>
      list({ bounds: { metric, below, above } });
    expect((await list({ cause: "invented" })).ids).toEqual([29_999, 20_000].map(id));
    expect((await list({ source: "trace", cause: "invented" })).ids).toHaveLength(2);
    expect((await list({ source: "batch" })).ids).toEqual([id(29_500)]);
    expect((await low(0.5, null)).ids).toEqual([29_999, 29_500, 20_000].map(id));
    expect((await low(0.5, 0.3)).ids).toEqual([id(29_500)]);
    expect((await low(0.5, null, "answer_relevancy")).ids).toEqual([]);
    expect((await low(0.1, null)).rowsRead).toBeLessThanOrEqual(1000 + 20_000 + 10);
    expect((await list({ source: "api" })).searchedTo).toBe(id(JOBS - 20_000 + 1));
  });

  it("is one walk through pages for a client", async () => {
    const first = (await (await send("/api/score/jobs?q=needle")).json()) as {
      jobs: unknown[];
      next_cursor: string;
      has_more: boolean;
    };
    expect(first).toMatchObject({ jobs: [], has_more: true });
    const next = await (await send(`/api/score/jobs?q=needle&cursor=${first.next_cursor}`)).json();
    expect(next).toMatchObject({ jobs: [{ job_id: id(1) }], has_more: false, next_cursor: null });
  });
});

describe("tags of a job", () => {
  it("follow the job when it changes and go with it", async () => {
    const shop = { tag: { name: "app", value: "shop" } };
    await env.DB.prepare('UPDATE jobs SET tags = \'{"app":"new"}\' WHERE id = ?1')
      .bind(id(2))
      .run();
    expect((await list({ tag: { name: "app", value: "new" } })).ids).toEqual([id(2)]);
    expect((await list(shop, id(3))).ids).toEqual([id(1)]);
    await env.DB.prepare("DELETE FROM jobs WHERE id = ?1").bind(id(1)).run();
    expect((await list(shop, id(3))).ids).toEqual([]);
  });
});
