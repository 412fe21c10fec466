import type { JobListeners } from "./jobs/live/job-listeners.ts";
import type { WakeUp } from "./jobs/messages.ts";
import { REMOVED_PLAN_WARNING } from "./judges/chat/settings.ts";
import { USUAL_MODELS } from "./judges/decision/endpoint.ts";
import type { AiRunner } from "./judges/workers-ai.ts";
import { isRemovedPlan, type SETTINGS, Settings } from "./settings.ts";

interface Bindings {
  /** Jobs, samples, runs, judgements: the truth. */
  DB: D1Database;
  /** Artifacts of runs, large inputs. */
  ARTIFACTS: R2Bucket;
  /** Wake-ups for queued work; losing one costs time only. */
  JOBS: Queue<WakeUp>;
  /** Wake-ups that failed too often; bound so that a deploy creates the queue. */
  DEAD_JOBS: Queue<WakeUp>;
  /** Who listens to the jobs of a project: one object each, by the project's name. */
  LIVE: DurableObjectNamespace<Pick<JobListeners, "tell"> & Rpc.DurableObjectBranded>;
  /** The built dashboard. */
  ASSETS: Fetcher;
  /** Models of the platform, without a key; optional. */
  AI?: AiRunner;
  /** Loose brake on one key; optional. */
  KEY_RATE?: RateLimit;
  /** The same for exporters of spans, who send far more; optional. */
  TRACE_RATE?: RateLimit;
}

/** Everything the platform hands in. Only `worker.ts` and this file see it. */
export type Env = Bindings & { [Name in keyof typeof SETTINGS.shape]?: string };

/** The checked settings with a sentence for each that will not be known much longer, or a sentence per mistake. */
export type Configuration =
  | { ok: true; settings: Settings; warnings: string[] }
  | { ok: false; mistakes: string[] };

/** Without an address typed questions go to Workers AI where it is bound. */
function bind(decision: Settings["decision"], hasBinding: boolean): Settings["decision"] {
  const { baseURL, dialect, model } = decision;
  if (baseURL !== null || !hasBinding) return decision;
  const own = "workers-ai";
  return {
    ...decision,
    dialect: own,
    model: dialect === own ? model : USUAL_MODELS[own],
    isBound: true,
  };
}

const NO_DECISIONS =
  "JUDGE is decision but DECISION_BASE_URL is not set, nor is Workers AI bound as AI; set one, or JUDGE to auto.";

const checked = new WeakMap<object, Configuration>();

/** Checks the settings once per isolate: the same `env` object gives the same answer. */
export function readConfiguration(env: Env): Configuration {
  const known = checked.get(env);
  if (known) return known;
  const result = Settings.safeParse(env);
  const decision = result.success && result.data.judge === "decision" ? result.data.decision : null;
  if (decision && decision.baseURL === null && env.AI === undefined) {
    return { ok: false, mistakes: [NO_DECISIONS] };
  }
  const configuration: Configuration = result.success
    ? {
        ok: true,
        settings: {
          ...result.data,
          decision: bind(result.data.decision, env.AI !== undefined),
        },
        warnings: isRemovedPlan(env.JUDGE_PLAN) ? [REMOVED_PLAN_WARNING] : [],
      }
    : {
        ok: false,
        mistakes: result.error.issues.map(({ path, message }) => [...path, message].join(" ")),
      };
  checked.set(env, configuration);
  return configuration;
}
