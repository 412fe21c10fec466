import { startServer } from "../test/e2e/server.ts";
import { encodeJson } from "../test/fakes/otlp-spans.ts";
import { makeConversations, SENDERS, seeded } from "../test/fakes/trace-senders.ts";
import { startBareServer } from "./bare-server.ts";
import { callWorker, consumeMessages, runCron } from "./call-worker.ts";
import { atMost } from "./figures.ts";
import { type Load, runLoad } from "./load.ts";
import { round } from "./numbers.ts";
import { noUsage, openPlatform, type Platform, type Usage } from "./platform.ts";

const CLIENTS = 8;
const REQUESTS = 400;
const WARM_UP = 50;
const ROUNDS = 3;
const RUNS = 20;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SENDER = "dify chatflow";

/**
 * `POST /v1/traces` beside a bare route that reads the same body and inserts one D1 row; and the rows a run of ten spans costs from its
 * first span until all of it is deleted, when it is not scored and when it is.
 */
export async function benchReceive(): Promise<Record<string, unknown>> {
  const rows = await countRows();
  console.table(rows);
  const times = await measureTimes();
  console.table(times);
  const [bare, receiving] = ["bare route", "receiving"].map((what) => {
    const all = times.filter((time) => time.what === what).map(({ p95Ms }) => p95Ms);
    return Math.min(...all);
  });
  const figures = [
    atMost("receiving ÷ bare route, p95", round((receiving ?? 0) / (bare ?? 1)), 3),
    atMost(
      "D1 rows written a run, without the job that scores it",
      rows[0]?.written ?? Number.NaN,
      30,
    ),
  ];
  console.table(figures);
  return { figures, rows, times };
}

interface RowsOfRun {
  what: string;
  receive: number;
  assemble: number;
  score: number;
  forget: number;
  written: number;
  read: number;
}

async function countRows(): Promise<RowsOfRun[]> {
  const log = console.log;
  console.log = () => undefined;
  try {
    return [await countRun("not scored", 0), await countRun("scored", 1000)];
  } finally {
    console.log = log;
  }
}

const ADMIN_KEY = "bench-admin-key-of-good-length";
const OF_EACH_RUN = ["receive", "assemble", "score"] as const;

async function countRun(what: string, budget: number | null): Promise<RowsOfRun> {
  const platform = await openPlatform({
    ACCESS_MODE: "keys",
    ADMIN_KEY,
    JUDGE: "offline",
    RETENTION_DAYS: "30",
  });
  const clock = startClock();
  try {
    await platform.migrate();
    const wish = { traces: { budget } };
    const change = { method: "PATCH", key: ADMIN_KEY, json: wish };
    await succeed(await callWorker(platform, "/api/projects/default", change));
    // The first run of a day makes rows that all others share.
    await passRun(platform, clock, 0);
    const sum = { receive: noUsage(), assemble: noUsage(), score: noUsage(), forget: noUsage() };
    for (let run = 1; run <= RUNS; run++) {
      const usage = await passRun(platform, clock, run);
      for (const step of OF_EACH_RUN) add(sum[step], usage[step]);
    }
    sum.forget = await forgetAll(platform, clock);
    const each = (step: keyof typeof sum, runs: number) => round(sum[step].rowsWritten / runs);
    const parts = {
      receive: each("receive", RUNS),
      assemble: each("assemble", RUNS),
      score: each("score", RUNS),
      forget: each("forget", RUNS + 1),
    };
    const read = Object.values(sum).reduce((total, { rowsRead }) => total + rowsRead, 0) / RUNS;
    const written = round(Object.values(parts).reduce((total, one) => total + one));
    return { what, ...parts, written, read: round(read) };
  } finally {
    clock.stop();
    await platform.close();
  }
}

/** Ten requests of one span each, then the look that puts the run together, then the consumer that scores it. */
async function passRun(platform: Platform, clock: Clock, run: number) {
  platform.takeMessages();
  platform.takeUsage();
  for (const json of requestsOf(run)) {
    await succeed(await callWorker(platform, "/v1/traces", { key: ADMIN_KEY, json }));
  }
  const receive = platform.takeUsage();
  clock.pass(MINUTE_MS);
  await consumeMessages(platform, platform.takeMessages());
  const assemble = platform.takeUsage();
  await consumeMessages(platform, platform.takeMessages());
  return { receive, assemble, score: platform.takeUsage() };
}

/** Time passes until runs, jobs and their texts have gone by themselves. */
async function forgetAll(platform: Platform, clock: Clock): Promise<Usage> {
  clock.pass(400 * DAY_MS);
  platform.takeUsage();
  for (let round = 0; round < 3; round++) await runCron(platform);
  const left = await platform.env.DB.prepare(
    "SELECT (SELECT count(*) FROM traces) + (SELECT count(*) FROM trace_parts) + (SELECT count(*) FROM jobs) AS n",
  ).all<{ n: number }>();
  if (left.results[0]?.n !== 0) throw new Error(`not everything is gone: ${left.results[0]?.n}`);
  return platform.takeUsage();
}

function requestsOf(run: number): unknown[] {
  const [, talk] = makeConversations(2, 100 + run);
  const requests = talk && SENDERS[SENDER]?.(talk, seeded(run));
  if (requests?.length !== 10) throw new Error(`${SENDER} does not send ten spans`);
  return requests.map((batches) => JSON.parse(encodeJson(batches)));
}

interface Clock {
  pass: (ms: number) => void;
  stop: () => void;
}

function startClock(): Clock {
  const real = Date.now;
  let ahead = 0;
  Date.now = () => real() + ahead;
  return {
    pass: (ms) => {
      ahead += ms;
    },
    stop: () => {
      Date.now = real;
    },
  };
}

function add(sum: Usage, usage: Usage): void {
  for (const name of Object.keys(sum) as (keyof Usage)[]) sum[name] += usage[name];
}

async function succeed(answer: Response): Promise<void> {
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
}

/** In turn, so that a machine that is busy for a while is so for both. */
async function measureTimes(): Promise<({ what: string } & Load)[]> {
  const bare = await startBareServer("bench/accept-bare.ts");
  const server = await startServer({ JUDGE: "offline" });
  try {
    const bodies = Array.from({ length: 100 }, (_, run) => requestsOf(1000 + run)).flat();
    const post = (url: string) => async (n: number) => {
      const headers = { "Content-Type": "application/json" };
      const body = JSON.stringify(bodies[n % bodies.length]);
      await succeed(await fetch(url, { method: "POST", headers, body }));
    };
    const ways = {
      "bare route": post(`${bare.origin}/`),
      receiving: post(`${server.origin}/v1/traces`),
    };
    const times: ({ what: string } & Load)[] = [];
    for (const send of Object.values(ways)) await runLoad(CLIENTS, WARM_UP, send);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [what, send] of Object.entries(ways)) {
        times.push({
          what,
          ...(await runLoad(CLIENTS, REQUESTS, (n) => send(round * REQUESTS + n))),
        });
      }
    }
    return times;
  } finally {
    await server.close();
    await bare.close();
  }
}

if (import.meta.main) await benchReceive();
