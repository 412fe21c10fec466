import worker, { LiveProgress as Listeners } from "../../src/worker.ts";
import type { LiveCounts } from "./counts.ts";

const counts: LiveCounts = {
  connections: 0,
  tells: 0,
  rounds: 0,
  progressReads: 0,
  accessReads: 0,
  notes: 0,
  rowsRead: 0,
  rowsWritten: 0,
  awakeMs: 0,
};

let awakeUntil = 0;
/** Adds what of a stretch of time was not counted yet. */
async function awake<T>(
  kind: "connections" | "tells" | "rounds",
  run: () => Promise<T>,
  waitsMs = 0,
): Promise<T> {
  counts[kind] += 1;
  const from = Math.max(Date.now(), awakeUntil);
  try {
    return await run();
  } finally {
    const until = Date.now() + waitsMs;
    if (until > from) counts.awakeMs += until - Math.max(from, awakeUntil);
    awakeUntil = Math.max(awakeUntil, until);
  }
}

function countDatabase(db: D1Database): D1Database {
  const note = ({ meta }: D1Result) => {
    counts.rowsRead += meta.rows_read;
    counts.rowsWritten += meta.rows_written;
  };
  function wrap(statement: D1PreparedStatement): D1PreparedStatement {
    const noted = async <T>(result: Promise<D1Result<T>>) => {
      note(await result);
      return result;
    };
    return new Proxy(statement, {
      get(target, name) {
        if (name === "bind") return (...values: unknown[]) => wrap(target.bind(...values));
        if (name === "run") return () => noted(target.run());
        if (name === "all") return () => noted(target.all());
        return Reflect.get(target, name);
      },
    });
  }
  return new Proxy(db, {
    get(target, name) {
      if (name !== "prepare") return Reflect.get(target, name);
      return (sql: string) => {
        if (/FROM jobs/.test(sql)) counts.progressReads += 1;
        else if (/INSERT/.test(sql)) counts.notes += 1;
        else counts.accessReads += 1;
        return wrap(target.prepare(sql));
      };
    },
  });
}

export class LiveProgress extends Listeners {
  constructor(state: DurableObjectState, env: ConstructorParameters<typeof Listeners>[1]) {
    super(state, { ...env, DB: countDatabase(env.DB) });
  }

  override fetch(request: Request): Promise<Response> {
    return awake("connections", () => super.fetch(request));
  }

  override tell(project: string, jobId: string, isMove: boolean): Promise<boolean> {
    return awake("tells", () => super.tell(project, jobId, isMove), isMove ? 0 : 1000);
  }

  override alarm(): Promise<void> {
    return awake("rounds", () => super.alarm());
  }
}

/** The Worker as it is, and what was counted. */
export default {
  ...worker,
  fetch: (request, env, execution) =>
    new URL(request.url).pathname === "/api/counts"
      ? Response.json(counts)
      : worker.fetch(request, env, execution),
} satisfies ExportedHandler<ConstructorParameters<typeof Listeners>[1]>;
