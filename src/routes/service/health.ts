import { DEFAULT_PROJECT } from "../../access/authorize.ts";
import { utcDay } from "../../access/quota.ts";
import { type Configuration, readConfiguration } from "../../config.ts";
import type { Health } from "../../contract/service.ts";
import { readerOf } from "../../http/http-context.ts";
import { toAppError } from "../../http/problem.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { explainPause } from "../../jobs/breaker.ts";
import { isBetterThanOffline } from "../../jobs/measure-judge/run-measure.ts";
import { listModelEnds, sayEnd } from "../../jobs/model-shutdowns.ts";
import { LONG_WAIT_MS } from "../../jobs/read-trouble.ts";
import { judgeKindOf, modelOf } from "../../settings.ts";
import { readPause } from "../../storage/breaker.ts";
import { databaseOf, homeDatabase } from "../../storage/databases.ts";
import { listMigrations } from "../../storage/facts.ts";
import { countActiveJobs } from "../../storage/jobs.ts";
import { readJudgeCounts } from "../../storage/judge-counts.ts";
import { hasUsableKey } from "../../storage/keys.ts";
import { retryTransient } from "../../storage/retry-transient.ts";
import { NEWEST_MIGRATION } from "../../storage/schema.ts";
import { findSchemaProblem } from "../../storage/schema-age.ts";
import { checkSpace } from "../../storage/space.ts";
import { APP_VERSION } from "../../version.ts";
import { type Said, said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import type { Reader } from "../../words/speaker.ts";
import type { SERVICE_ROUTES } from "./routes.ts";
import { troubleOfVisitor } from "./trouble.ts";

/** The newest migration, and what is wrong with the database. */
async function lookAtStorage(db: D1Database) {
  const problems: Said[] = [];
  let schema: string | null = null;
  try {
    const applied = await listMigrations(db);
    schema = applied.at(-1) ?? null;
    const problem = findSchemaProblem(applied, NEWEST_MIGRATION);
    if (problem !== null) problems.push(problem);
    if (schema !== null) await checkSpace(db);
  } catch (error) {
    problems.push(toAppError(error).said);
  }
  return { schema, problems };
}

export const HEALTH_HANDLERS = {
  async get_health(http) {
    const databases = {
      home: retryTransient(homeDatabase(http.env)),
      db: retryTransient(databaseOf(http.env, DEFAULT_PROJECT)),
    };
    const [health, trouble] = await Promise.all([
      readHealth(databases, readConfiguration(http.env), Date.now(), readerOf(http)),
      troubleOfVisitor(http),
    ]);
    return { ...health, trouble };
  },
} satisfies Partial<Handlers<typeof SERVICE_ROUTES>>;

/** Open to everybody, so it names no project and no text. */
export async function readHealth(
  { home, db }: { home: D1Database; db: D1Database },
  configuration: Configuration,
  now: number,
  reader: Reader,
): Promise<Omit<Health, "trouble">> {
  const { schema, problems } = await lookAtStorage(home);
  const active =
    schema === null ? null : await countActiveJobs(db, DEFAULT_PROJECT).catch(() => null);
  const pause = schema === null ? null : await readPause(db, now).catch(() => null);
  if (!configuration.ok)
    problems.push(...configuration.mistakes.map((text) => said("told", { text })));
  const settings = configuration.ok ? configuration.settings : null;
  const isClosed =
    settings?.accessMode === "keys" && settings.adminKey === null && settings.access === null;
  if (isClosed && !(await hasUsableKey(home, now).catch(() => false))) {
    problems.push(said("no_key_set"));
  }
  const kind = settings
    ? await judgeKindOf(settings, null, () => isBetterThanOffline(home, settings.decision.model))
    : "offline";
  const hasModel = kind !== "offline";
  const model = settings && modelOf(settings, kind);
  const since = utcDay(now - 30 * 86_400_000);
  const counts = model && schema ? await readJudgeCounts(db, model, since).catch(() => null) : null;
  const controls = counts && counts.asked > 0 ? { asked: counts.asked, held: counts.held } : null;
  const ends = settings && schema ? await listModelEnds(home, settings, now) : [];
  problems.push(...ends.map(sayEnd));
  if (hasModel && pause) problems.push(explainPause(pause).message);
  const waitedMs = active?.oldestQueuedAt == null ? 0 : now - active.oldestQueuedAt;
  if (waitedMs > LONG_WAIT_MS) {
    problems.push(said("jobs_wait_long", { minutes: Math.round(waitedMs / 60_000) }));
  }
  const warnings = configuration.ok ? configuration.warnings : [];
  return {
    status: problems.length === 0 ? "ok" : "degraded",
    version: APP_VERSION,
    schema,
    judge: {
      mode: settings?.judge ?? "auto",
      name: kind,
      model,
      controls,
      paused_until: hasModel && pause ? new Date(pause.until).toISOString() : null,
    },
    embedding_model: hasModel ? (settings?.embeddingModel ?? null) : null,
    access: settings?.accessMode ?? "keys",
    queue: {
      queued: active?.queued ?? 0,
      running: active?.running ?? 0,
      oldest_queued_seconds:
        active?.oldestQueuedAt == null ? null : Math.round((now - active.oldestQueuedAt) / 1000),
    },
    problems: [...problems.map((problem) => say(problem, reader)), ...warnings],
  };
}
