import { parseArgs } from "node:util";
import { callWorker } from "./call-worker.ts";
import { atMost, type Figure } from "./figures.ts";
import {
  INSERT_AUDIT,
  INSERT_JOBS,
  INSERT_RUNS,
  INSERT_SAMPLES,
  INSERT_SESSIONS,
  INSERT_TREND_TAGS,
  INSERT_TRENDS,
  idOf,
  timeOf,
} from "./lists-data.ts";
import { measureLife } from "./lists-life.ts";
import { median, round } from "./numbers.ts";
import { openPlatform, type Platform } from "./platform.ts";

const SMALL = 1_000;
const ROWS_PER_INSERT = 20_000;
const REPEATS = 15;
const LIMIT = 50;

/**
 * Every list, filter and health query of the API, and what happens to a job, at 1,000 jobs and at a million (`--rows N`
 * for fewer): rows D1 read and wrote, and median time of the whole request.
 */
export async function benchLists(args: string[] = []): Promise<Record<string, unknown>> {
  const { values } = parseArgs({ args, options: { rows: { type: "string" } }, strict: false });
  const size = Math.max(SMALL, Number(values.rows ?? 1_000_000) || 1_000_000);
  const log = console.log;
  console.log = () => undefined;
  const settings = { ACCESS_MODE: "open", JUDGE: "offline" };
  const [small, large] = [await openPlatform(settings), await openPlatform(settings)];
  try {
    for (const platform of [small, large]) await platform.migrate();
    for (const platform of [small, large]) {
      for (const sql of [INSERT_TRENDS, INSERT_TREND_TAGS])
        await platform.env.DB.prepare(sql).run();
    }
    await fill(small, SMALL);
    const startedAt = performance.now();
    await fill(large, size);
    const fillSeconds = Math.round((performance.now() - startedAt) / 1000);
    const rows = await measureBoth(small, large, size);
    const life = await measureLife(small, large);
    const { meta } = await large.env.DB.prepare("SELECT 1").all();
    const megabytes = Math.round(meta.size_after / 1e6);
    console.log = log;
    console.table(rows);
    console.table(life);
    console.log(`${size} jobs, ${megabytes} MB, written in ${fillSeconds} s`);
    return { size, megabytes, fillSeconds, rows, life, figures: figuresOf(rows, life) };
  } finally {
    console.log = log;
    await Promise.all([small.close(), large.close()]);
  }
}

/** Searches look at a bounded number of jobs, so at 1,000 they look at fewer; all else takes its time at any size. */
function figuresOf(
  rows: Awaited<ReturnType<typeof measureBoth>>,
  life: Awaited<ReturnType<typeof measureLife>>,
): Figure[] {
  const beyond = [...rows, ...life].filter((row) => row.rowsReadAtSize > row.goal);
  const written = life.filter((row) => row.rowsWrittenAtSize > row.rowsWrittenAt1k);
  const ratios = rows.filter(({ goal }) => goal < SMALL).map(({ ratio }) => ratio);
  const figures = [
    atMost("queries and events that read more rows than their goal", beyond.length, 0),
    atMost("events that write more rows at size than at 1,000", written.length, 0),
    atMost("slowest list at size ÷ at 1,000", Math.max(...ratios), 1.5),
    atMost("slowest event at size ÷ at 1,000", Math.max(...life.map(({ ratio }) => ratio)), 1.5),
  ];
  console.table(figures);
  return figures;
}

async function fill(platform: Platform, size: number): Promise<void> {
  for (let first = 1; first <= size; first += ROWS_PER_INSERT) {
    const last = Math.min(size, first + ROWS_PER_INSERT - 1);
    for (const sql of [INSERT_JOBS, INSERT_RUNS, INSERT_SAMPLES, INSERT_AUDIT]) {
      await platform.env.DB.prepare(sql).bind(first, last).run();
    }
  }
  await platform.env.DB.prepare(INSERT_SESSIONS).run();
  const run = idOf("run", Math.floor(size / 2) + 1);
  await platform.env.ARTIFACTS.put(`default/runs/${run}/1/report.json`, "{}");
}

/**
 * What is asked, and the most it may read: a page and ten. Four exceptions are decided in docs/scale.md: a tag reads a row
 * of its index with each row shown, a search has a bound, a session adds up its calls, a trend shows days and tags.
 */
function queriesAt(size: number): [string, string, number][] {
  const page = LIMIT + 10;
  const middle = Math.floor(size / 2);
  const jobs = `/api/score/jobs?limit=${LIMIT}`;
  const deep = encodeURIComponent(timeOf(middle));
  const tagged = 2 * LIMIT + 10;
  // A search tries a thousand first, and then reads so many rows at most; see storage/search-rows.ts.
  const search = Math.min(size, 1_000) + Math.min(size, 20_000) + 10;
  const runSearch = Math.min(size, 1_000) + Math.min(size, 5_000) + 10;
  const runs = `/api/runs?limit=${LIMIT}`;
  // One job in five that has the tag has no run: it failed, or is a call of a session.
  const taggedRuns = 1.25 * 2 * LIMIT + 10;
  return [
    ["jobs", jobs, page],
    ["jobs, deep", `${jobs}&to=${deep}`, page],
    ["jobs, status=failed", `${jobs}&status=failed`, page],
    ["jobs, status=failed, deep", `${jobs}&status=failed&to=${deep}`, page],
    ["jobs, status=queued (none)", `${jobs}&status=queued`, page],
    ["jobs, session", `${jobs}&session_id=session-0`, page],
    [
      "jobs, session, deep",
      `${jobs}&session_id=session-0&to=${encodeURIComponent(timeOf(900))}`,
      page,
    ],
    ["jobs, from–to", `${jobs}&from=${deep}&to=${encodeURIComponent(timeOf(middle + 40))}`, page],
    ["jobs, tag=app=客服", `${jobs}&tag=${encodeURIComponent("app=客服")}`, tagged],
    ["jobs, tag=model=m2, deep", `${jobs}&tag=model%3Dm2&to=${deep}`, tagged],
    ["jobs, tag=app (any value)", `${jobs}&tag=app`, search],
    ["jobs, q found often", `${jobs}&q=warranty`, search],
    ["jobs, q found nowhere", `${jobs}&q=nowhere`, search],
    ["jobs, tag and status", `${jobs}&tag=model%3Dm2&status=failed`, search],
    ["jobs, rows lost", `${jobs}&lost=yes`, page],
    ["jobs, cause (none)", `${jobs}&cause=off_topic`, search],
    ["one job", `/api/score/jobs/${idOf("job", middle)}`, 10],
    ["runs", runs, page],
    ["runs, deep", `${runs}&to=${deep}`, page],
    ["runs of many", `${runs}&singles=no`, page],
    ["runs, tag=app=客服", `${runs}&tag=${encodeURIComponent("app=客服")}`, taggedRuns],
    ["runs, tag=model=m2, deep", `${runs}&tag=model%3Dm2&to=${deep}`, taggedRuns],
    ["runs, session", `${runs}&session_id=session-0`, page],
    ["runs, judge=gpt-4o (none)", `${runs}&judge=gpt-4o`, runSearch],
    ["one report", `/api/runs/${idOf("run", middle + 1)}`, 10],
    ["samples of a run", `/api/runs/${idOf("run", middle + 1)}/samples`, 10],
    ["one sample", `/api/runs/${idOf("run", middle + 1)}/samples/1`, 10],
    // Means over its calls: each of the hundred is read, and the page.
    ["session of 100", "/api/score/sessions/session-0", 100 + page],
    // Thirty days and thirty tags.
    ["trend, 30 days", "/api/trends?metric=faithfulness&days=30", 60 + 10],
    ["audit log", `/api/audit?limit=${LIMIT}`, page],
    ["health", "/api/health", 10],
  ];
}

async function measureBoth(small: Platform, large: Platform, size: number) {
  const largeQueries = queriesAt(size);
  const rows = [];
  for (const [at, [query, smallPath]] of queriesAt(SMALL).entries()) {
    const [, largePath = "", goal = Number.NaN] = largeQueries[at] ?? [];
    const first = await callWorker(large, largePath);
    await first.arrayBuffer();
    // A door this version does not have yet, or a session nobody opened.
    if (first.status === 404) continue;
    if (!first.ok) throw new Error(`${largePath} answered ${first.status}`);
    // `goal`: most rows a page should read, the page and ten for what surrounds it.
    rows.push({ query, goal, ...(await measureQuery(small, smallPath, large, largePath)) });
  }
  return rows;
}

/** Small and large take turns, so that whatever else the machine does falls on both. */
async function measureQuery(
  small: Platform,
  smallPath: string,
  large: Platform,
  largePath: string,
) {
  const before = newSeries();
  const after = newSeries();
  for (let run = 0; run < REPEATS; run++) {
    await measureOnce(small, smallPath, before);
    await measureOnce(large, largePath, after);
  }
  return {
    rowsReadAt1k: before.rowsRead,
    rowsReadAtSize: after.rowsRead,
    msAt1k: round(median(before.walls)),
    msAtSize: round(median(after.walls)),
    // The way through this process included in both.
    ratio: round(median(after.walls) / median(before.walls)),
  };
}

interface Series {
  walls: number[];
  /** The least of all runs: the sweep that follows a request now and then is not part of the query. */
  rowsRead: number;
}

function newSeries(): Series {
  return { walls: [], rowsRead: Number.POSITIVE_INFINITY };
}

async function measureOnce(platform: Platform, path: string, series: Series): Promise<void> {
  platform.takeUsage();
  const startedAt = performance.now();
  await (await callWorker(platform, path)).arrayBuffer();
  series.walls.push(performance.now() - startedAt);
  series.rowsRead = Math.min(series.rowsRead, platform.takeUsage().rowsRead);
}

if (import.meta.main) await benchLists(process.argv.slice(2));
