import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { startFakeOpenAi } from "../test/fakes/openai-server.ts";
import { makeRows } from "./batch-server.ts";
import { callWorker, consumeMessages } from "./call-worker.ts";
import { scoreBody } from "./cost-samples.ts";
import { atMost, type Figure } from "./figures.ts";
import { openPlatform, type Platform } from "./platform.ts";

const JOBS = 200;
const SAMPLES = 1000;
/** Jobs that wait at once. */
const WAITING = 50;
const JUDGED = "single job of usual length, judged by a model";

/** What `each` left behind: a table or an index, and its pages. */
interface Tree {
  tree: string;
  bytesEach: number;
}

interface Column {
  column: string;
  bytesEach: number;
}

interface Kept {
  what: string;
  bytesEach: number;
  trees: Tree[];
  columns: Column[];
}

/**
 * Bytes a finished job, and a sample of a batch, keep in D1: all pages of tables and indices in a real database file,
 * their free places included, less what an empty one has. The bytes of the columns say where they are.
 */
export async function benchKept(): Promise<Record<string, unknown>> {
  const log = console.log;
  console.log = () => undefined;
  const kept: Kept[] = [];
  try {
    kept.push(
      await count(
        "single job, Chinese, longest previews",
        {},
        JOBS,
        postSingles((n) => ({ ...scoreBody(2 * n + 1), ...longTexts(n) })),
      ),
    );
    kept.push(
      await count(
        "single job of usual length, with two tags",
        {},
        JOBS,
        postSingles((n) => ({
          ...scoreBody(n),
          tags: { app: "客服", model: `m${n % 3}` },
        })),
      ),
    );
    kept.push(await count("sample of a batch, longest previews", {}, SAMPLES, postBatch));
    const model = await startFakeOpenAi({ latencyMs: 1 });
    const vars = {
      JUDGE: "llm",
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: "bench",
      JUDGE_MODEL: "fake",
    };
    kept.push(await count(JUDGED, vars, JOBS, postSingles(scoreBody)));
    await model.close();
  } finally {
    console.log = log;
  }
  for (const { what, bytesEach, trees, columns } of kept) {
    console.log(`\n${what}: ${bytesEach} bytes`);
    console.table(trees);
    console.table(columns);
  }
  // What a model said is kept besides, for whoever sends the same again, until RETENTION_DAYS.
  const figures: Figure[] = kept
    .filter(({ what }) => what !== JUDGED)
    .map(({ what, bytesEach }) =>
      atMost(`bytes in D1, ${what}`, bytesEach, what.startsWith("sample") ? 1000 : 2000),
    );
  console.table(figures);
  return { figures, kept };
}

async function count(
  what: string,
  vars: Record<string, string>,
  each: number,
  fill: (platform: Platform, count: number) => Promise<void>,
): Promise<Kept> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-kept-"));
  try {
    const platform = await openPlatform({ ACCESS_MODE: "open", JUDGE: "offline", ...vars }, folder);
    await platform.migrate();
    // What is written once and for all: the first rows of the day, what a model was seen to support.
    await fill(platform, 2);
    await platform.close();
    const before = look(folder, 0);
    const again = await openPlatform({ ACCESS_MODE: "open", JUDGE: "offline", ...vars }, folder);
    await fill(again, each);
    await again.close();
    const after = look(folder, each);
    const trees = [...after.trees]
      .map(([tree, bytes]) => ({ tree, bytesEach: (bytes - (before.trees.get(tree) ?? 0)) / each }))
      .filter(({ bytesEach }) => bytesEach >= 1)
      .sort((a, b) => b.bytesEach - a.bytesEach);
    return {
      what,
      bytesEach: Math.round(trees.reduce((sum, { bytesEach }) => sum + bytesEach, 0)),
      trees: trees.map(({ tree, bytesEach }) => ({ tree, bytesEach: Math.round(bytesEach) })),
      columns: after.columns,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes of the pages of every table and index, and of the columns of the tables. */
function look(folder: string, each: number): { trees: Map<string, number>; columns: Column[] } {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const file = files.find((name) => /D1DatabaseObject\/[0-9a-f]+\.sqlite$/.test(name));
  if (file === undefined) throw new Error("the database has no file");
  const db = new DatabaseSync(join(folder, file), { readOnly: true });
  const pages = db.prepare("SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name").all();
  const trees = new Map(pages.map(({ name, bytes }) => [String(name), Number(bytes)]));
  const columns: Column[] = [];
  if (each > 0) {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    for (const { name: table } of tables) {
      for (const { name } of db.prepare("SELECT name FROM pragma_table_info(?)").all(table ?? "")) {
        const [row] = db
          .prepare(`SELECT sum(length(CAST("${name}" AS BLOB))) AS bytes FROM "${table}"`)
          .all();
        const bytesEach = Math.round((10 * Number(row?.bytes ?? 0)) / each) / 10;
        if (bytesEach >= 1) columns.push({ column: `${table}.${name}`, bytesEach });
      }
    }
  }
  db.close();
  return { trees, columns: columns.sort((a, b) => b.bytesEach - a.bytesEach) };
}

/** As they come in life: some wait together, so rows grow between others when they are done. */
function postSingles(bodyOf: (n: number) => object) {
  return async (platform: Platform, count: number) => {
    for (let n = 0; n < count; ) {
      platform.takeMessages();
      const ids: string[] = [];
      for (; ids.length < WAITING && n < count; n++) {
        ids.push(await accept(platform, "/api/score/async", bodyOf(count * 1000 + n)));
      }
      const sent = platform.takeMessages();
      for (let at = 0; at < sent.length; at += 5) {
        await consumeMessages(platform, sent.slice(at, at + 5));
      }
      for (const id of ids) await expectCompleted(platform, id);
    }
  };
}

async function postBatch(platform: Platform, count: number): Promise<void> {
  platform.takeMessages();
  const rows = makeRows(count).map((row, n) => ({ ...row, ...longTexts(n) }));
  const id = await accept(platform, "/api/score/batch", rows);
  for (let sent = platform.takeMessages(); sent.length > 0; sent = platform.takeMessages()) {
    await consumeMessages(platform, sent);
  }
  await expectCompleted(platform, id);
}

async function accept(platform: Platform, path: string, json: unknown): Promise<string> {
  const text = await (await callWorker(platform, path, { json })).text();
  const { job_id } = JSON.parse(text) as { job_id?: string };
  if (job_id === undefined) throw new Error(`not accepted: ${text}`);
  return job_id;
}

async function expectCompleted(platform: Platform, id: string): Promise<void> {
  const job = await (await callWorker(platform, `/api/score/jobs/${id}`)).text();
  if (!job.includes('"status":"completed"')) throw new Error(`not completed: ${job}`);
}

/** Longer than any preview, so that each is as long as it gets. */
function longTexts(n: number) {
  return {
    question: `第${n}号制度规定，${"员工在外地分公司连续工作满一年以后".repeat(8)}，每年有几天带薪年假？`,
    answer: `根据第${n}号制度，${"满一年的员工每年有十天带薪年假，未休完的可以顺延。".repeat(8)}`,
  };
}

if (import.meta.main) await benchKept();
