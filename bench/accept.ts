import { createServer } from "node:http";
import type { Health } from "../src/contract/service.ts";
import { startServer } from "../test/e2e/server.ts";
import { startBareServer } from "./bare-server.ts";
import { scoreBody } from "./cost-samples.ts";
import { atLeast, atMost, type Figure } from "./figures.ts";
import { type Load, runLoad } from "./load.ts";
import { round } from "./numbers.ts";

const CLIENTS = [1, 8, 32];
const REQUESTS = 300;
const WARM_UP = 50;
const BACKLOG = 1_000;
const GOALS = { idle: 1.5, scoring: 2.5, share: 0.33 };
/** Who asks without a pause must not keep what was accepted from being scored. */
const FLOOD = { clients: 64, ms: 60_000 };

export interface AcceptRow extends Load {
  what: "bare insert" | "accept, idle" | "accept, while scoring";
  /** p50 ÷ p50 of the bare insert with as many clients. */
  ratio: number;
  goal: number | null;
}

/**
 * `POST /api/score/async` → 202 under `npm start`, beside a bare Hono route that inserts one D1 row, each with 1, 8
 * and 32 clients. Idle: jobs go to a queue nobody empties yet (`JUDGE` waits for a model that never answers). While
 * scoring: a thousand jobs are on the way with the offline judge.
 */
export async function benchAccept(): Promise<{ rows: AcceptRow[]; figures: Figure[] }> {
  const rows: AcceptRow[] = [];
  const bare = await measureBare();
  for (const load of bare) rows.push({ what: "bare insert", ...load, ratio: 1, goal: null });
  const p50 = (clients: number) => bare.find((one) => one.clients === clients)?.p50Ms ?? Number.NaN;
  const push = (what: AcceptRow["what"], load: Load, goal: number | null) =>
    rows.push({ what, ...load, ratio: round(load.p50Ms / p50(load.clients)), goal });
  for (const load of await measureIdle()) {
    push("accept, idle", load, load.clients === 8 ? GOALS.idle : null);
  }
  for (const load of await measureWhileScoring()) {
    push("accept, while scoring", load, load.clients === 8 ? GOALS.scoring : null);
  }
  const flood = await measureFlood();
  console.table(rows);
  console.table([flood]);
  const figures = rows.flatMap(({ what, clients, ratio, goal }) =>
    goal === null ? [] : [atMost(`${what}, ${clients} clients ÷ bare insert`, ratio, goal)],
  );
  figures.push(
    atLeast(`scored meanwhile, of jobs of ${FLOOD.clients} clients`, flood.share, GOALS.share),
  );
  return { rows, figures };
}

async function measureBare(): Promise<Load[]> {
  const server = await startBareServer("bench/accept-bare.ts");
  try {
    return await measure((n) => post(`${server.origin}/`, scoreBody(n)));
  } finally {
    await server.close();
  }
}

/** The judge is a model that never answers: what is accepted is claimed and waits, no processor works. */
async function measureIdle(): Promise<Load[]> {
  const model = await startSilentModel();
  const server = await startServer({
    JUDGE: "llm",
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: "bench",
  });
  try {
    return await measure((n) => post(`${server.origin}/api/score/async`, scoreBody(n)));
  } finally {
    await server.close();
    await model.close();
  }
}

async function startSilentModel(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(() => undefined);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function measureWhileScoring(): Promise<Load[]> {
  const server = await startServer({ JUDGE: "offline" });
  try {
    const submit = (n: number) => post(`${server.origin}/api/score/async`, scoreBody(n));
    await runLoad(16, BACKLOG, (n) => submit(1_000_000 + n));
    const loads = await measure(submit);
    const health = (await (await fetch(`${server.origin}/api/health`)).json()) as Health;
    if (health.queue.queued === 0)
      throw new Error("the queue was empty before the measurement ended");
    return loads;
  } finally {
    await server.close();
  }
}

interface Flood {
  accepted: number;
  scored: number;
  share: number;
}

/** Of the jobs that many clients have accepted in a minute, those that are scored when it ends. */
async function measureFlood(): Promise<Flood> {
  const server = await startServer({ JUDGE: "offline" });
  try {
    const end = performance.now() + FLOOD.ms;
    let accepted = 0;
    const client = async () => {
      while (performance.now() < end) {
        await post(`${server.origin}/api/score/async`, scoreBody(accepted++));
      }
    };
    await Promise.all(Array.from({ length: FLOOD.clients }, client));
    const health = (await (await fetch(`${server.origin}/api/health`)).json()) as Health;
    const scored = accepted - health.queue.queued - health.queue.running;
    return { accepted, scored, share: round(scored / accepted) };
  } finally {
    await server.close();
  }
}

async function measure(submit: (n: number) => Promise<void>): Promise<Load[]> {
  await runLoad(4, WARM_UP, (n) => submit(500_000 + n));
  const loads: Load[] = [];
  for (const clients of CLIENTS) {
    const first = loads.length * REQUESTS;
    loads.push(await runLoad(clients, REQUESTS, (n) => submit(first + n)));
  }
  return loads;
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status !== 202) throw new Error(`${url} answered ${answer.status}: ${text}`);
}

if (import.meta.main) await benchAccept();
