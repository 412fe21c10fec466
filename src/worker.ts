import { DurableObject, waitUntil } from "cloudflare:workers";
import { ulid } from "ulid";
import { createApp } from "./app.ts";
import { type Env, readConfiguration } from "./config.ts";
import { AppError } from "./errors.ts";
import { checkAlerts } from "./jobs/check-alerts.ts";
import type { JobContext } from "./jobs/context.ts";
import { forgetOldJobs } from "./jobs/forget-old-jobs.ts";
import { JobListeners } from "./jobs/live/job-listeners.ts";
import { Listener } from "./jobs/live/listener.ts";
import { openLive } from "./jobs/live/open-live.ts";
import { isBetterThanOffline } from "./jobs/measure-judge/run-measure.ts";
import { lookForShutdowns } from "./jobs/model-shutdowns.ts";
import { sweepJobs } from "./jobs/sweep.ts";
import { forgetOldTraces } from "./jobs/traces/forget-traces.ts";
import { createJudgeChooser } from "./judges/choose-judge.ts";
import { groupByDatabase } from "./queue/by-database.ts";
import { consumeDeadLetters, consumeWakeUps } from "./queue/consume.ts";
import { viewJob } from "./routes/jobs/job-view.ts";
import { allDatabases, databaseOf, homeDatabase } from "./storage/databases.ts";
import { createJudgementStore } from "./storage/judgements.ts";
import { retryTransient } from "./storage/retry-transient.ts";
import { said } from "./words/said.ts";

/** Addresses of a host, by the platform's own resolver, which is read when first needed: it starts much of Node. */
async function resolveHost(host: string): Promise<string[]> {
  const { resolve4, resolve6 } = await import("node:dns/promises");
  const found = await Promise.allSettled([resolve4(host), resolve6(host)]);
  return found.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
}

/** Builds the rooms from `env`; a new one each invocation, nothing is shared between requests. */
function createContext(env: Env, database: D1Database): JobContext {
  const configuration = readConfiguration(env);
  if (!configuration.ok)
    throw new AppError(
      said("misconfigured.settings", { mistakes: configuration.mistakes.join(" ") }),
    );
  const { settings } = configuration;
  const db = retryTransient(database);
  const home = homeDatabase(env);
  const told = { db, now: () => Date.now(), later, log };
  return {
    ...told,
    home: home === database ? db : retryTransient(home),
    bucket: env.ARTIFACTS,
    settings,
    wake: async (messages) => {
      await env.JOBS.sendBatch(
        messages.map(({ message, delaySeconds }) => ({ body: message, delaySeconds })),
      );
    },
    backlog: async () => {
      try {
        return (await env.JOBS.metrics()).backlogCount;
      } catch {
        return 0;
      }
    },
    newId: () => ulid(),
    chooseJudge: createJudgeChooser(settings, {
      store: createJudgementStore(db, () => Date.now()),
      ai: env.AI ?? null,
      isBetterMeasured: () => isBetterThanOffline(retryTransient(home), settings.decision.model),
    }),
    outside: { fetch: (url, init) => fetch(url, init), resolve: resolveHost },
    live: openLive(told, (project) => {
      const { jurisdiction } = settings;
      const namespace = jurisdiction === null ? env.LIVE : env.LIVE.jurisdiction(jurisdiction);
      return namespace.getByName(project);
    }),
  };
}

const later: JobContext["later"] = (work) => waitUntil(work);
const log: JobContext["log"] = (line) => console.log(JSON.stringify(line));

/** Those who listen to the jobs of one project, by WebSockets that hold while this object sleeps. */
export class LiveProgress extends DurableObject<Env> {
  readonly #listeners = new JobListeners(
    this.ctx,
    (project) => createContext(this.env, databaseOf(this.env, project)),
    viewJob,
  );

  /** Asked by our own routes alone: an object has no address. */
  override fetch(request: Request): Promise<Response> {
    const text = decodeURIComponent(request.headers.get("X-Listener") ?? "");
    return this.#listeners.join(Listener.parse(JSON.parse(text)));
  }

  tell(project: string, jobId: string, isMove: boolean): Promise<boolean> {
    return this.#listeners.tell(project, jobId, isMove);
  }

  override alarm(): Promise<void> {
    return this.#listeners.round();
  }

  /** Nobody need say anything; what keeps the line open is answered by the platform. */
  override webSocketMessage(socket: WebSocket): void {
    socket.close(1008, "nothing is said here");
  }
}

const app = createApp(createContext);

/** A tunnel or proxy before `npm start` speaks TLS for us; the platform's own says here what the address says too. */
function withClientScheme(request: Request): Request {
  const isSecure = request.headers.get("X-Forwarded-Proto") === "https";
  return isSecure ? new Request(request.url.replace(/^http:/, "https:"), request) : request;
}

export default {
  fetch: (request, env, execution) => app.fetch(withClientScheme(request), env, execution),
  queue: async (batch, env) => {
    const consume = batch.queue.endsWith("-dead") ? consumeDeadLetters : consumeWakeUps;
    const groups = groupByDatabase(
      batch.messages,
      (project) => databaseOf(env, project),
      allDatabases(env),
    );
    await Promise.all(
      [...groups].map(([database, messages]) => consume(createContext(env, database), messages)),
    );
  },
  scheduled: async (_controller, env) => {
    for (const database of allDatabases(env)) {
      const context = createContext(env, database);
      await sweepJobs(context);
      await checkAlerts(context);
      await forgetOldJobs(context);
      await forgetOldTraces(context);
      await lookForShutdowns(context);
    }
  },
} satisfies ExportedHandler<Env>;
