import { readdirSync, readFileSync } from "node:fs";
import type {
  D1Database,
  D1PreparedStatement,
  D1Result,
  R2Bucket,
} from "@cloudflare/workers-types";
import { getPlatformProxy, unstable_splitSqlQuery } from "wrangler";

/** The bindings of wrangler.toml and the vars of one run. */
export interface BenchEnv {
  DB: D1Database;
  ARTIFACTS: R2Bucket;
  JOBS: unknown;
  [name: string]: unknown;
}

/** What a piece of work asked of the platform, in the units the platform bills. */
export interface Usage {
  d1Statements: number;
  rowsRead: number;
  rowsWritten: number;
  /** D1's own time for the statements, without the way there. */
  d1Ms: number;
  /** R2: writes and lists, and reads. Deletes are free. */
  classA: number;
  classB: number;
  r2Bytes: number;
  /** Messages sent; each is written, read and deleted once, so it bills three operations. */
  messages: number;
}

export interface Platform {
  env: BenchEnv;
  /** Migrations applied, in order; `upTo` stops after that file. */
  migrate: (upTo?: string) => Promise<void>;
  /** What was asked since the last call. */
  takeUsage: () => Usage;
  /** Messages sent since the last call: nothing consumes them here. */
  takeMessages: () => unknown[];
  close: () => Promise<void>;
}

/**
 * D1 and R2 as Miniflare simulates them, empty, in memory of this run alone or in files of a folder; every call is
 * counted.
 */
export async function openPlatform(
  vars: Record<string, string> = {},
  folder?: string,
): Promise<Platform> {
  const proxy = await getPlatformProxy<BenchEnv>({
    configPath: "wrangler.toml",
    persist: folder === undefined ? false : { path: folder },
    remoteBindings: false,
    // An empty list: a `.dev.vars` of this machine has no say in a benchmark.
    envFiles: [],
  });
  let usage = noUsage();
  let messages: unknown[] = [];
  const count = (change: Partial<Usage>) => {
    for (const [name, value] of Object.entries(change)) usage[name as keyof Usage] += value;
  };
  const { DB, ARTIFACTS } = proxy.env;
  const env: BenchEnv = {
    ...proxy.env,
    DB: countDatabase(DB, count),
    ARTIFACTS: countBucket(ARTIFACTS, count),
    JOBS: countQueue((bodies) => {
      count({ messages: bodies.length });
      messages.push(...bodies);
    }),
    ...vars,
  };
  return {
    env,
    migrate: (upTo) => migrate(DB, upTo),
    takeUsage() {
      const taken = usage;
      usage = noUsage();
      return taken;
    },
    takeMessages() {
      const taken = messages;
      messages = [];
      return taken;
    },
    close: () => proxy.dispose(),
  };
}

async function migrate(db: D1Database, upTo?: string): Promise<void> {
  await db
    .prepare(
      "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
    )
    .run();
  for (const name of readdirSync("migrations").sort()) {
    for (const statement of unstable_splitSqlQuery(readFileSync(`migrations/${name}`, "utf8"))) {
      await db.prepare(statement).run();
    }
    await db.prepare("INSERT INTO d1_migrations (name) VALUES (?1)").bind(name).run();
    if (name === upTo) return;
  }
}

export function noUsage(): Usage {
  return {
    d1Statements: 0,
    rowsRead: 0,
    rowsWritten: 0,
    d1Ms: 0,
    classA: 0,
    classB: 0,
    r2Bytes: 0,
    messages: 0,
  };
}

type Count = (change: Partial<Usage>) => void;

function countDatabase(db: D1Database, count: Count): D1Database {
  const real = new WeakMap<object, D1PreparedStatement>();
  const note = ({ meta }: D1Result) =>
    count({
      d1Statements: 1,
      rowsRead: meta.rows_read,
      rowsWritten: meta.rows_written,
      d1Ms: meta.duration,
    });
  const noted = async <T>(result: Promise<D1Result<T>>): Promise<D1Result<T>> => {
    note(await result);
    return result;
  };
  function wrap(statement: D1PreparedStatement): D1PreparedStatement {
    const counted = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      run: <T>() => noted(statement.run<T>()),
      all: <T>() => noted(statement.all<T>()),
      async first<T>(column?: string) {
        const [row] = (await noted(statement.all<Record<string, T>>())).results;
        if (row === undefined) return null;
        return column === undefined ? row : row[column];
      },
      raw: () => Promise.reject(new Error("raw() carries no counts; use all()")),
    };
    real.set(counted, statement);
    return counted as unknown as D1PreparedStatement;
  }
  const counted = {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    async batch<T>(statements: D1PreparedStatement[]) {
      const results = await db.batch<T>(statements.map((one) => real.get(one) ?? one));
      results.forEach(note);
      return results;
    },
  };
  return counted as unknown as D1Database;
}

function countBucket(bucket: R2Bucket, count: Count): R2Bucket {
  const units: Record<string, (args: unknown[]) => Partial<Usage>> = {
    put: ([, body]) => ({ classA: 1, r2Bytes: sizeOf(body) }),
    list: () => ({ classA: 1 }),
    get: () => ({ classB: 1 }),
    head: () => ({ classB: 1 }),
    delete: () => ({}),
  };
  return new Proxy(bucket, {
    get(target, name) {
      const unit = units[String(name)];
      if (unit === undefined) {
        throw new Error(
          `bucket.${String(name)} is not counted yet; say in bench/platform.ts what it bills`,
        );
      }
      return (...args: unknown[]) => {
        count(unit(args));
        return Reflect.apply(Reflect.get(target, name) as () => unknown, target, args);
      };
    },
  });
}

function sizeOf(body: unknown): number {
  if (ArrayBuffer.isView(body) || body instanceof ArrayBuffer) return body.byteLength;
  return typeof body === "string" ? Buffer.byteLength(body) : 0;
}

function countQueue(sent: (bodies: unknown[]) => void) {
  const answer = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
  return {
    async send(body: unknown) {
      sent([body]);
      return answer;
    },
    async sendBatch(batch: Iterable<{ body: unknown }>) {
      sent([...batch].map(({ body }) => body));
      return answer;
    },
  };
}
