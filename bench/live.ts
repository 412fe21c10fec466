import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { applyMigrations } from "../src/cli/apply-migrations.ts";
import { findFreePort } from "../src/cli/start/ports.ts";
import { serve } from "../src/cli/start/serve.ts";
import type { LiveEvent } from "../src/contract/live.ts";
import { makeRows } from "./batch-server.ts";
import { atLeast, atMost } from "./figures.ts";
import type { LiveCounts } from "./live/counts.ts";
import { round } from "./numbers.ts";
import { type Meter, meter, PRICES } from "./prices.ts";

const DEFAULT_ROWS = 10_000;
const LISTENERS = 200;
/** Jobs of one sample, each with somebody who waits for it. */
const JOBS = 40;
const WITHIN_MS = 30 * 60_000;
/** Memory that is billed for an object, whatever it uses. */
const GIGABYTES = 0.128;
const ADMIN_KEY = "bench-admin-key-of-good-length";

/**
 * `--rows N`: 200 listeners on one batch at the local server, and single jobs with one listener each. Counted is what the
 * object of the listeners asks of the platform; dollars for a million listened jobs a month from `prices.ts`.
 */
export async function benchLive(args: string[] = []): Promise<Record<string, unknown>> {
  const rows = Number(args[args.indexOf("--rows") + 1] ?? DEFAULT_ROWS) || DEFAULT_ROWS;
  const folder = mkdtempSync(join(tmpdir(), "touchstone-live-"));
  const server = await startCounting(folder);
  try {
    const batch = await followBatch(server, rows);
    const alone = await followJobs(server);
    const meters = billOf(alone);
    const dollars = round(meters.reduce((sum, { dollars }) => sum + dollars, 0));
    // What a plan includes may be used up by others.
    const list = round(meters.reduce((sum, one) => sum + listPrice(one), 0));
    console.table([batch]);
    console.table([alone]);
    console.table(meters);
    const figures = [
      atLeast("listeners that heard the end of the batch", batch.ends, LISTENERS),
      atMost("D1 reads for progress a second, all listeners", batch.progressReadsASecond, 1),
      atMost("D1 statements a second, all listeners, all kinds", batch.statementsASecond, 2),
      atLeast("listeners that heard the end of their one job", alone.ends, JOBS),
      atMost("dollars a million listened jobs, objects alone", dollars, 1),
    ];
    console.table(figures);
    return { batch, alone, meters, dollars, dollarsWithoutWhatIsIncluded: list, figures };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startCounting(folder: string) {
  const config = join(folder, "wrangler.toml");
  const settings = readFileSync("wrangler.toml", "utf8")
    .replace('"src/worker.ts"', JSON.stringify(resolve("bench/live/counting-worker.ts")))
    .replace('"dist"', JSON.stringify(resolve("dist")));
  writeFileSync(config, settings);
  await applyMigrations("DB", ["--local", "--persist-to", folder]);
  const port = await findFreePort();
  const vars = { ADMIN_KEY, ACCESS_MODE: "keys", JUDGE: "offline" };
  const { stop } = await serve({
    config,
    host: "localhost",
    port,
    folder,
    vars,
    print: () => undefined,
  });
  return { origin: `http://localhost:${port}`, stop };
}

type Server = Awaited<ReturnType<typeof startCounting>>;

async function followBatch(server: Server, count: number) {
  const before = await readCounts(server);
  const id = await submit(server, "/api/score/batch", makeRows(count));
  const startedAt = Date.now();
  const heard = await Promise.all(Array.from({ length: LISTENERS }, () => listen(server, id)));
  const seconds = (Date.now() - startedAt) / 1000;
  const used = difference(before, await readCounts(server));
  const { progressReads, accessReads, notes } = used;
  return {
    rows: count,
    seconds: round(seconds),
    ends: heard.filter(({ isDone }) => isDone).length,
    messagesEach: round(heard.reduce((sum, { messages }) => sum + messages, 0) / LISTENERS),
    progressReadsASecond: round(progressReads / seconds),
    statementsASecond: round((progressReads + accessReads + notes) / seconds),
    ...used,
  };
}

async function followJobs(server: Server) {
  const before = await readCounts(server);
  let ends = 0;
  for (let n = 0; n < JOBS; n++) {
    const [row] = makeRows(1);
    const id = await submit(server, "/api/score/async", { ...row, name: crypto.randomUUID() });
    const { isDone } = await listen(server, id);
    if (isDone) ends += 1;
  }
  // The round that finds nobody any more.
  await new Promise((resolve) => setTimeout(resolve, 6000));
  return { jobs: JOBS, ends, ...difference(before, await readCounts(server)) };
}

/** By the worst case: every job comes alone, so each also pays for a round of the object and for planning it. */
function billOf({ connections, tells, awakeMs, notes }: LiveCounts): Meter[] {
  const each = (n: number) => n / JOBS;
  const prices = PRICES.durableObjects;
  return [
    meter(
      "requests: socket, tellings, a round",
      each(connections + tells) + 1,
      prices.requests,
      1e6,
    ),
    meter("GB-s awake", each(awakeMs / 1000) * GIGABYTES, prices.gigabyteSeconds, 1e6),
    meter("rows written: a round planned", 1, PRICES.rowsWritten, 1e6),
    meter("D1 rows written: the note", each(notes), PRICES.rowsWritten, 1e6),
  ];
}

function listPrice({ what, perMillionJobs }: Meter): number {
  const prices = PRICES.durableObjects;
  if (what.startsWith("requests")) return (perMillionJobs / 1e6) * prices.requests.perMillion;
  if (what.startsWith("GB-s")) return (perMillionJobs / 1e6) * prices.gigabyteSeconds.perMillion;
  return (perMillionJobs / 1e6) * PRICES.rowsWritten.perMillion;
}

/** Until the end is heard: the line itself is let go by the simulator only when the object falls asleep. */
function listen({ origin }: Server, id: string) {
  const key = Buffer.from(ADMIN_KEY).toString("base64url");
  const address = `${origin.replace("http", "ws")}/api/score/jobs/${id}/live`;
  const socket = new WebSocket(address, ["touchstone", `bearer.${key}`]);
  return new Promise<{ isDone: boolean; messages: number }>((resolve) => {
    let messages = 0;
    const timer = setTimeout(() => end(false), WITHIN_MS);
    const end = (isDone: boolean) => {
      clearTimeout(timer);
      resolve({ isDone, messages });
    };
    socket.addEventListener("message", ({ data }) => {
      messages += 1;
      if ((JSON.parse(String(data)) as LiveEvent).event === "done") end(true);
    });
    socket.addEventListener("close", () => end(false));
  });
}

async function submit({ origin }: Server, path: string, body: unknown): Promise<string> {
  const answer = await fetch(`${origin}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${ADMIN_KEY}` },
    body: JSON.stringify(body),
  });
  if (answer.status !== 202) throw new Error(`refused: ${await answer.text()}`);
  return ((await answer.json()) as { job_id: string }).job_id;
}

async function readCounts({ origin }: Server): Promise<LiveCounts> {
  return (await fetch(`${origin}/api/counts`)).json() as Promise<LiveCounts>;
}

function difference(before: LiveCounts, after: LiveCounts): LiveCounts {
  const rest = { ...after };
  for (const name of Object.keys(rest) as (keyof LiveCounts)[]) rest[name] -= before[name];
  return rest;
}

if (import.meta.main) await benchLive(process.argv.slice(2));
