import * as z from "zod";
import type { WakeUp } from "./jobs/messages.ts";
import {
  DEFAULT_MODEL,
  EFFORT_SETTINGS,
  JUDGE_PLANS,
  REMOVED_PLAN,
  REMOVED_PLAN_WARNING,
} from "./judges/chat/settings.ts";
import { isWebAddress } from "./net/destination.ts";

/** Everything the platform hands in. Only `worker.ts` and this file see it. */
export interface Env {
  /** Jobs, samples, runs, judgements: the truth. */
  DB: D1Database;
  /** Artifacts of runs, large inputs. */
  ARTIFACTS: R2Bucket;
  /** Wake-ups for queued work; losing one costs time only. */
  JOBS: Queue<WakeUp>;
  /** Wake-ups that failed too often; bound so that a deploy creates the queue. */
  DEAD_JOBS: Queue<WakeUp>;
  /** The built dashboard. */
  ASSETS: Fetcher;
  OPENAI_BASE_URL?: string;
  OPENAI_API_KEY?: string;
  JUDGE_MODEL?: string;
  EMBEDDING_MODEL?: string;
  ALLOWED_MODELS?: string;
  JUDGE?: string;
  JUDGE_PLAN?: string;
  /** How much a model that reasons may think; see `judges/chat/settings.ts`. */
  REASONING_EFFORT?: string;
  /** `doubtful`: ask the model twice where its word is doubtful; default `off`. */
  JUDGE_CONSISTENCY?: string;
  ACCESS_MODE?: string;
  /** Further names an open server answers to, comma list; see `access/host-name.ts`. */
  OPEN_HOSTS?: string;
  ADMIN_KEY?: string;
  /** Cloudflare Access: `team.cloudflareaccess.com` and the audience tag of the application. */
  ACCESS_TEAM_DOMAIN?: string;
  ACCESS_AUD?: string;
  /** E-mail addresses that are admins of the whole deployment, comma list; everybody else Access lets in may run. */
  ACCESS_ADMINS?: string;
  /** Exact origins an import from Dify may also read, comma list: private, plain http, any port. */
  DIFY_ORIGINS?: string;
  /** Signs webhooks, `whsec_…`; without it none are sent. */
  WEBHOOK_SECRET?: string;
  /** Encrypts the secrets people enter (32 bytes as Base64), and the one before it while they are entered anew. */
  SECRETS_KEY?: string;
  SECRETS_KEY_OLD?: string;
  /** A collector for scores and judge calls as OpenTelemetry (OTLP/HTTP, JSON), e.g. http://localhost:4318; empty: none. */
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  /** Sent with every export, `name=value,name=value`, values percent-encoded. */
  OTEL_EXPORTER_OTLP_HEADERS?: string;
  OTEL_SERVICE_NAME?: string;
  /** Ended jobs older than this many days are deleted; empty: never. */
  RETENTION_DAYS?: string;
  /** Loose brake on one key; optional. */
  KEY_RATE?: RateLimit;
}

const text = z
  .string()
  .trim()
  .transform((value) => value || null)
  .nullish()
  .transform((value) => value ?? null);

function oneOf<const T extends string>(name: string, values: readonly [T, ...T[]], fallback: T) {
  return text.transform((value, context): T => {
    if (value === null) return fallback;
    const known = values.find((candidate) => candidate === value);
    if (known !== undefined) return known;
    // Without the value: health is public, and a secret in the wrong variable would stand there.
    context.addIssue(`${name} must be one of: ${values.join(", ")}.`);
    return z.NEVER;
  });
}

/** Where the operator sends this server: http or https, any host and port. */
function address<T extends string | null>(name: string, example: string, fallback: T) {
  return text.transform((value, context): string | T => {
    if (value === null) return fallback;
    if (isWebAddress(value)) return value;
    context.addIssue(
      `${name} must be an http or https address without user or password, such as ${example}.`,
    );
    return z.NEVER;
  });
}

/** 32 bytes as Base64, as `openssl rand -base64 32` prints them. */
const encryptionKey = (name: string) =>
  text.transform((value, context) => {
    if (value === null || /^[A-Za-z0-9+/]{43}=$/.test(value)) return value;
    context.addIssue(`${name} must be the Base64 of 32 random bytes: openssl rand -base64 32.`);
    return z.NEVER;
  });

const Settings = z
  .object({
    OPENAI_BASE_URL: address(
      "OPENAI_BASE_URL",
      "https://api.openai.com/v1",
      "https://api.openai.com/v1",
    ),
    OPENAI_API_KEY: text,
    JUDGE_MODEL: text.transform((value) => value ?? DEFAULT_MODEL),
    EMBEDDING_MODEL: text,
    ALLOWED_MODELS: text.transform((value) => splitList(value)),
    JUDGE: oneOf("JUDGE", ["auto", "llm", "offline"], "auto"),
    JUDGE_PLAN: z.preprocess(
      (value) => (isRemovedPlan(value) ? null : value),
      oneOf("JUDGE_PLAN", JUDGE_PLANS, "block"),
    ),
    REASONING_EFFORT: text.transform((value, context) => {
      const known = EFFORT_SETTINGS.find((effort) => effort === value?.toLowerCase());
      if (value === null || known !== undefined) return known ?? null;
      context.addIssue(`REASONING_EFFORT must be one of: ${EFFORT_SETTINGS.join(", ")}.`);
      return z.NEVER;
    }),
    JUDGE_CONSISTENCY: oneOf("JUDGE_CONSISTENCY", ["off", "doubtful"], "off"),
    ACCESS_MODE: oneOf("ACCESS_MODE", ["keys", "open"], "keys"),
    OPEN_HOSTS: text.transform((value, context) => {
      const names = splitList(value).map(readHostName);
      const known = names.filter((name) => name !== null);
      if (known.length === names.length) return known;
      context.addIssue("OPEN_HOSTS must be names such as touchstone.example.com, comma list.");
      return z.NEVER;
    }),
    ADMIN_KEY: text,
    ACCESS_TEAM_DOMAIN: text.transform((value, context) => {
      if (value === null) return null;
      const domain = value
        .toLowerCase()
        .replace(/^https:\/\//, "")
        .replace(/\/$/, "");
      if (/^[a-z0-9-]{1,63}$/.test(domain)) return `${domain}.cloudflareaccess.com`;
      if (/^[a-z0-9-]{1,63}\.cloudflareaccess\.com$/.test(domain)) return domain;
      context.addIssue("ACCESS_TEAM_DOMAIN must look like your-team.cloudflareaccess.com.");
      return z.NEVER;
    }),
    ACCESS_AUD: text,
    ACCESS_ADMINS: text.transform((value) => splitList(value?.toLowerCase() ?? null)),
    DIFY_ORIGINS: text.transform((value, context) => {
      const origins = splitList(value).map((item) => (isWebAddress(item) ? new URL(item) : null));
      const exact = origins.flatMap((url) =>
        url !== null && url.href === `${url.origin}/` ? url.origin : [],
      );
      if (exact.length === origins.length) return exact;
      context.addIssue(
        "DIFY_ORIGINS must list origins such as http://dify.lan:8080, without a path.",
      );
      return z.NEVER;
    }),
    WEBHOOK_SECRET: text.transform((value, context) => {
      // 24 to 64 bytes, as the Standard Webhooks specification asks.
      if (value === null || /^(?:whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/.test(value)) return value;
      context.addIssue("WEBHOOK_SECRET must be whsec_ and the Base64 of 24 to 64 random bytes.");
      return z.NEVER;
    }),
    SECRETS_KEY: encryptionKey("SECRETS_KEY"),
    SECRETS_KEY_OLD: encryptionKey("SECRETS_KEY_OLD"),
    OTEL_EXPORTER_OTLP_ENDPOINT: address(
      "OTEL_EXPORTER_OTLP_ENDPOINT",
      "http://localhost:4318",
      null,
    ).transform((value) => value?.replace(/\/+$/, "") ?? null),
    OTEL_EXPORTER_OTLP_HEADERS: text.transform((value, context) => {
      const headers = readHeaders(value);
      if (headers !== null) return headers;
      context.addIssue("OTEL_EXPORTER_OTLP_HEADERS must look like name=value,name=value.");
      return z.NEVER;
    }),
    OTEL_SERVICE_NAME: text.transform((value) => value ?? "touchstone"),
    RETENTION_DAYS: text.transform((value, context) => {
      if (value === null) return null;
      if (/^[1-9]\d{0,4}$/.test(value)) return Number(value);
      context.addIssue("RETENTION_DAYS must be a whole number of days, or empty.");
      return z.NEVER;
    }),
  })
  .superRefine((value, context) => {
    if (value.JUDGE === "llm" && value.OPENAI_API_KEY === null) {
      context.addIssue(
        "JUDGE is llm but OPENAI_API_KEY is not set; set the secret, or JUDGE to auto.",
      );
    }
    if (value.ADMIN_KEY !== null && value.ADMIN_KEY.length < 16) {
      context.addIssue("ADMIN_KEY is shorter than 16 characters; use a long random one.");
    }
    if (value.SECRETS_KEY === null && value.SECRETS_KEY_OLD !== null) {
      context.addIssue("SECRETS_KEY_OLD is the key before SECRETS_KEY; set both.");
    }
    if ((value.ACCESS_TEAM_DOMAIN === null) !== (value.ACCESS_AUD === null)) {
      context.addIssue("ACCESS_TEAM_DOMAIN and ACCESS_AUD belong together; set both or neither.");
    }
  })
  .transform((value) => ({
    openaiBaseUrl: value.OPENAI_BASE_URL,
    openaiApiKey: value.OPENAI_API_KEY,
    judgeModel: value.JUDGE_MODEL,
    embeddingModel: value.EMBEDDING_MODEL,
    allowedModels: value.ALLOWED_MODELS,
    judge: value.JUDGE,
    judgePlan: value.JUDGE_PLAN,
    reasoningEffort: value.REASONING_EFFORT,
    judgeConsistency: value.JUDGE_CONSISTENCY,
    accessMode: value.ACCESS_MODE,
    openHosts: value.OPEN_HOSTS,
    adminKey: value.ADMIN_KEY,
    difyOrigins: value.DIFY_ORIGINS,
    webhookSecret: value.WEBHOOK_SECRET,
    secretsKey: value.SECRETS_KEY,
    secretsKeyOld: value.SECRETS_KEY_OLD,
    retentionDays: value.RETENTION_DAYS,
    otlp:
      value.OTEL_EXPORTER_OTLP_ENDPOINT === null
        ? null
        : {
            endpoint: value.OTEL_EXPORTER_OTLP_ENDPOINT,
            headers: value.OTEL_EXPORTER_OTLP_HEADERS,
            serviceName: value.OTEL_SERVICE_NAME,
          },
    access:
      value.ACCESS_TEAM_DOMAIN === null || value.ACCESS_AUD === null
        ? null
        : {
            teamDomain: value.ACCESS_TEAM_DOMAIN,
            audience: value.ACCESS_AUD,
            admins: value.ACCESS_ADMINS,
          },
  }));

export type Settings = z.infer<typeof Settings>;

/** `name=value` pairs as OpenTelemetry writes them; null when one is none, or no header may be called so. */
function readHeaders(value: string | null): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const pair of splitList(value)) {
    const [, name, text] = /^([\w!#$%&'*+.^`|~-]+)\s*=\s*([ -~]*)$/.exec(pair) ?? [];
    if (name === undefined || text === undefined) return null;
    try {
      headers[name] = decodeURIComponent(text);
    } catch {
      headers[name] = text;
    }
  }
  return headers;
}

/** The name of a host as URL writes it; null where there is none. An address pasted whole counts for its name. */
function readHostName(value: string): string | null {
  const address = value.includes("://") ? value : `http://${value}`;
  const name = URL.canParse(address) ? new URL(address).hostname.replace(/\.$/, "") : "";
  return name === "" || name.includes("*") ? null : name;
}

function splitList(value: string | null): string[] {
  return (value ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function isRemovedPlan(value: unknown): boolean {
  return typeof value === "string" && value.trim() === REMOVED_PLAN;
}

/** The checked settings with a sentence for each that will not be known much longer, or a sentence per mistake. */
export type Configuration =
  | { ok: true; settings: Settings; warnings: string[] }
  | { ok: false; mistakes: string[] };

const checked = new WeakMap<object, Configuration>();

/** Checks the settings once per isolate: the same `env` object gives the same answer. */
export function readConfiguration(env: Env): Configuration {
  const known = checked.get(env);
  if (known) return known;
  const result = Settings.safeParse(env);
  const configuration: Configuration = result.success
    ? {
        ok: true,
        settings: result.data,
        warnings: isRemovedPlan(env.JUDGE_PLAN) ? [REMOVED_PLAN_WARNING] : [],
      }
    : { ok: false, mistakes: result.error.issues.map((issue) => issue.message) };
  checked.set(env, configuration);
  return configuration;
}
