import { env } from "cloudflare:workers";
import { inject } from "vitest";
import { type Experiment, ExperimentWish } from "../../src/contract/experiment.ts";
import type { ConnectedTarget } from "../../src/contract/target.ts";
import type { ChangedTestSet } from "../../src/contract/test-set.ts";
import { planExperiment, startExperiment } from "../../src/jobs/experiments/start-experiment.ts";
import { APP_OPTIONS } from "../fakes/app-cases.ts";
import { appAddress } from "../fakes/apps.ts";
import type { AppKind, AppLog, AppSetup } from "../fakes/fake-app.ts";
import { send } from "./http.ts";
import { createWorld, drain, emptyTables, type World } from "./job-world.ts";

const TABLES = [
  "test_sets",
  "test_items",
  "targets",
  "experiments",
  "experiment_runs",
  "asks",
  "schedules",
];

export async function emptyExperiments(): Promise<void> {
  await emptyTables();
  await env.DB.batch(TABLES.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
}

/** A world whose outside is the network, where the fakes answer; they are told its time. */
export function createExperimentWorld(options: Parameters<typeof createWorld>[0] = {}): World {
  const world: World = createWorld({
    settings: { secretsKey: env.SECRETS_KEY ?? null },
    outside: {
      fetch: (url, init) => {
        const headers = { ...(init.headers as Record<string, string>) };
        return fetch(url, { ...init, headers: { ...headers, "x-now": String(world.clock.now) } });
      },
    },
    ...options,
  });
  return world;
}

/** Makes an app, or changes one. */
export async function setUpApp(id: string, setup: Partial<AppSetup>): Promise<AppLog> {
  const answer = await fetch(`${inject("appsUrl")}/_apps/${id}`, {
    method: "PUT",
    body: JSON.stringify(setup),
  });
  return answer.json();
}

export async function logOfApp(id: string): Promise<AppLog> {
  return (await fetch(`${inject("appsUrl")}/_apps/${id}`)).json();
}

/** An app, and the target that asks it. */
export async function connect(
  kind: AppKind,
  setup: Partial<AppSetup> = {},
  wish: object = {},
): Promise<{ app: string; target: ConnectedTarget }> {
  const app = `${kind}-${crypto.randomUUID()}`;
  await setUpApp(app, { kind, key: "app-secret-7788", ...setup });
  const answer = await send("/api/targets", {
    json: {
      ...{ name: `${kind} 应用`, kind, base_url: appAddress(inject("appsUrl"), kind, app) },
      ...{ api_key: "app-secret-7788", options: APP_OPTIONS[kind], ...wish },
    },
  });
  if (answer.status !== 201) throw new Error(`target: ${answer.status} ${await answer.text()}`);
  return { app, target: await answer.json() };
}

export function items(count: number, more: (n: number) => object = () => ({})): object[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `q${String(n).padStart(3, "0")}`,
    question:
      n % 2 === 0 ? `第 ${n} 类员工的年假有几天？` : `How many days of leave has grade ${n}?`,
    ground_truth: "五天。",
    tags: { topic: n % 3 === 0 ? "假期" : "other" },
    ...more(n),
  }));
}

export async function createSet(rows: object[], name = "回归"): Promise<ChangedTestSet> {
  const answer = await send("/api/test-sets", { json: { name, items: rows } });
  if (answer.status !== 201) throw new Error(`set: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Starts an experiment over HTTP; the queue of the world has what it sends. */
export async function start(
  wish: object,
): Promise<{ experiment_id: string; runs: { label: string; job_id: string }[] }> {
  const answer = await send("/api/experiments", { json: wish });
  if (answer.status !== 202) throw new Error(`experiment: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

export async function read(id: string): Promise<Experiment> {
  return (await send(`/api/experiments/${id}`)).json();
}

/** Starts an experiment in the hands of a world, and lives through it. */
export async function runIn(world: World, wish: object): Promise<string> {
  const id = await beginIn(world, wish);
  await drain(world, 3000);
  return id;
}

export async function beginIn(world: World, wish: object): Promise<string> {
  const plan = await planExperiment(world.context, "default", ExperimentWish.parse(wish));
  const who = { project: "default", createdBy: "test", scheduleId: null };
  return (await startExperiment(world.context, plan, who)).id;
}

/** A database that counts the rows it writes, and how often it is asked, whatever the statements. */
export function countWork(db: D1Database): { db: D1Database; rows: number; trips: number } {
  const real = new WeakMap<object, D1PreparedStatement>();
  const counted = { db, rows: 0, trips: 0 };
  const noted = async <T>(result: Promise<D1Result<T>>): Promise<D1Result<T>> => {
    counted.trips += 1;
    counted.rows += (await result).meta.rows_written;
    return result;
  };
  function wrap(statement: D1PreparedStatement): D1PreparedStatement {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      run: <T>() => noted(statement.run<T>()),
      all: <T>() => noted(statement.all<T>()),
      async first<T>(column?: string) {
        const [row] = (await noted(statement.all<Record<string, T>>())).results;
        if (row === undefined) return null;
        return column === undefined ? row : row[column];
      },
    } as unknown as D1PreparedStatement;
    real.set(wrapped, statement);
    return wrapped;
  }
  counted.db = {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    async batch<T>(statements: D1PreparedStatement[]) {
      counted.trips += 1;
      const results = await db.batch<T>(statements.map((one) => real.get(one) ?? one));
      for (const { meta } of results) counted.rows += meta.rows_written;
      return results;
    },
  } as unknown as D1Database;
  return counted;
}
