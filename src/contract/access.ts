import * as z from "zod";
import { JUDGE_KINDS } from "../scoring/outcome.ts";
import { rule } from "../words/issue-words.ts";
import { said } from "../words/said.ts";
import { LIMITS } from "./limits.ts";
import { Interval, JudgeChoice, Measure, MeasuredJudge } from "./outcome.ts";
import { CriterionRequest, Thresholds } from "./score-request.ts";
import { TraceSettings } from "./trace.ts";

/** The part of the HTTP contract about keys, projects, people and what they did. Read by Worker and dashboard. */

export const ACCESS_LIMITS = {
  nameCharacters: 100,
  keyDays: 3650,
  shareDays: 90,
  defaultShareDays: 7,
  /** Hours a sign-in with a key holds. */
  sessionHours: 12,
} as const;

/**
 * `submit` sends samples and reads the jobs it made; `read` reads everything of its project; `run` does both and
 * cancels, retries, deletes, rescores, shares; `admin` also manages keys and settings of its project.
 */
export const Role = z.enum(["submit", "read", "run", "admin"]);
export type Role = z.infer<typeof Role>;

export const RedactKind = z.enum(["email", "phone", "cn_id", "card"]);
export type RedactKind = z.infer<typeof RedactKind>;

const label = z.string().trim().min(1).max(ACCESS_LIMITS.nameCharacters);
const dollars = z.number().min(0).max(1_000_000).nullable();
const daily = z.number().int().min(0).max(1_000_000_000_000).nullable();

/** Also the first part of every object key in R2, so the alphabet is small. */
export const ProjectId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, rule(said("rule_project_id")));

export const CreateKey = z.strictObject({
  name: label,
  /** `submit`: send and read own jobs. `read`. `run`: both, and change jobs and runs. `admin`: keys and settings too. */
  role: Role,
  /** null: the key holds until it is revoked. */
  expires_in_days: z.number().int().min(1).max(ACCESS_LIMITS.keyDays).nullable().default(null),
});

export const RenameKey = z.strictObject({ name: label });

export const KeyInfo = z.object({
  key_id: z.string(),
  name: z.string(),
  role: Role,
  /** The readable start of the key. */
  prefix: z.string(),
  project: z.string(),
  created_at: z.string(),
  created_by: z.string(),
  expires_at: z.string().nullable(),
  /** To the minute. */
  last_used_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
});
export type KeyInfo = z.infer<typeof KeyInfo>;

const page = { next_cursor: z.string().nullable(), has_more: z.boolean() };
export const KeyPage = z.object({ keys: z.array(KeyInfo), ...page });
export type KeyPage = z.infer<typeof KeyPage>;

/** The only answer that ever holds a key. */
export const CreatedKey = KeyInfo.extend({ key: z.string() });
export type CreatedKey = z.infer<typeof CreatedKey>;

const projectSettings = {
  /** Kinds of personal data replaced before anything is stored or judged. */
  redact: z.array(RedactKind).max(RedactKind.options.length),
  /** false: scores and counts are kept, texts are not. */
  store_text: z.boolean(),
  /** Of a day in UTC; null: no limit. */
  samples_per_day: daily,
  judge_tokens_per_day: daily,
  /** US dollars of judge models with a known price; null: no limit. What is under way when they are spent still ends. */
  usd_per_day: dollars,
  usd_per_month: dollars,
  /** Saved for all: submissions name them in `metrics` as `criterion:<name>`. */
  criteria: z
    .array(CriterionRequest)
    .max(LIMITS.criteria)
    .refine((criteria) => new Set(criteria.map(({ name }) => name)).size === criteria.length, {
      message: rule(said("rule_criteria_names")),
    }),
  /** Where severities begin in new reports, by metric. */
  thresholds: Thresholds.refine((lines) => Object.keys(lines).length <= LIMITS.metrics, {
    message: rule(said("rule_most_metrics", { limit: LIMITS.metrics })),
  }),
  /** Which runs of live traffic are scored. */
  traces: TraceSettings,
};

export const CreateProject = z.strictObject({
  project: ProjectId,
  name: label,
  redact: projectSettings.redact.default([]),
  store_text: projectSettings.store_text.default(true),
  samples_per_day: projectSettings.samples_per_day.default(null),
  judge_tokens_per_day: projectSettings.judge_tokens_per_day.default(null),
  usd_per_day: projectSettings.usd_per_day.default(null),
  usd_per_month: projectSettings.usd_per_month.default(null),
  criteria: projectSettings.criteria.default([]),
  thresholds: projectSettings.thresholds.default({}),
  traces: projectSettings.traces.prefault({}),
});

export const ChangeProject = z.strictObject({ name: label, ...projectSettings }).partial();
export type ChangeProject = z.infer<typeof ChangeProject>;

export const Project = z.object({
  project: z.string(),
  name: z.string(),
  created_at: z.string(),
  ...projectSettings,
});
export type Project = z.infer<typeof Project>;
export const ProjectList = z.object({ projects: z.array(Project) });
export type ProjectList = z.infer<typeof ProjectList>;

export const SignIn = z.strictObject({
  key: z.string().min(1).max(500),
  /** Only ADMIN_KEY chooses; every other key belongs to one project. */
  project: ProjectId.nullable().default(null),
});

/** `GET /api/session`: who am I. */
export const SessionInfo = z.object({
  via: z.enum(["open", "admin_key", "key", "access"]),
  name: z.string(),
  role: Role,
  project: z.string(),
  /** May create projects and set their quotas. */
  is_deployment_admin: z.boolean(),
  /** End of a sign-in by cookie; null for every other way in. */
  expires_at: z.string().nullable(),
  usage_today: z.object({ samples: z.number(), judge_tokens: z.number() }),
  samples_per_day: daily,
  judge_tokens_per_day: daily,
  /** Criteria saved for the project. */
  criteria: z.array(CriterionRequest),
  /** Whether this server has a secret to sign webhooks with; without one it sends none. */
  can_sign_webhooks: z.boolean(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;

export const CreateShare = z.strictObject({
  expires_in_days: z
    .number()
    .int()
    .min(1)
    .max(ACCESS_LIMITS.shareDays)
    .default(ACCESS_LIMITS.defaultShareDays),
});

export const ShareInfo = z.object({
  share_id: z.string(),
  run_id: z.string(),
  created_at: z.string(),
  created_by: z.string(),
  expires_at: z.string(),
  revoked_at: z.string().nullable(),
});
export type ShareInfo = z.infer<typeof ShareInfo>;
export const ShareList = z.object({ shares: z.array(ShareInfo) });
export type ShareList = z.infer<typeof ShareList>;

/** `token` goes into the header `X-Share-Token`, or `?share=` where a header is impossible. */
export const CreatedShare = ShareInfo.extend({ token: z.string(), url: z.string() });
export type CreatedShare = z.infer<typeof CreatedShare>;

export const AuditEntry = z.object({
  audit_id: z.string(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditPage = z.object({ entries: z.array(AuditEntry), ...page });
export type AuditPage = z.infer<typeof AuditPage>;

/** `POST /api/judge/test`: one control question to the model. */
export const TestJudge = z.strictObject({
  /** One of the allowed models; default: the configured one. */
  judge_model: z.string().max(200).nullable().default(null),
});

/** Why a test of the judge failed. */
export const JudgeTrouble = z.enum([
  "key_refused",
  "no_credit",
  "allowance_spent",
  "unknown_model",
  "unreachable",
  "busy",
  "timeout",
  "request_refused",
  "unusable_reply",
  "wrong_verdicts",
]);
export type JudgeTrouble = z.infer<typeof JudgeTrouble>;

export const JudgeTest = z.object({
  ok: z.boolean(),
  /** `offline`: no model is configured, so none was asked. */
  judge: z.enum(JUDGE_KINDS),
  model: z.string().nullable(),
  /** Where the model was asked, without path. */
  endpoint: z.string().nullable(),
  latency_ms: z.number(),
  /** null: the endpoint did not tell. */
  prompt_tokens: z.number().nullable(),
  completion_tokens: z.number().nullable(),
  judge_calls: z.number(),
  trouble: JudgeTrouble.nullable(),
  /** What to do about it, in plain English. */
  detail: z.string().nullable(),
});
export type JudgeTest = z.infer<typeof JudgeTest>;

/** By kind of claim and language: [claims, right]. */
const MeasuredKinds = z.record(z.string(), z.tuple([z.number(), z.number()]));

/** `GET /api/judges`: what may judge here, and how far it is known to be right. */
export const JudgeCard = z.object({
  kind: z.enum(JUDGE_KINDS),
  model: z.string().nullable(),
  /** What judges where a request names nobody. */
  is_used: z.boolean(),
  is_offered: z.boolean(),
  needs_key: z.boolean(),
  /** That its model ends soon or has ended; null: neither is known. */
  ends: z.string().nullable(),
  /** US dollars for 1,000 samples of five passages; null: no price is known. */
  usd_per_thousand: z.number().nullable(),
  prices_of: z.string(),
  /** What it made of the check set; null: it was never measured. */
  measured: MeasuredJudge.extend({
    kinds: MeasuredKinds,
    ms: z.number(),
    tokens: z.number().nullable(),
  }).nullable(),
  /** Of the last 30 days: replies with control claims and those that passed, verdicts asked twice and those that flipped. */
  controls: z
    .object({
      asked: z.number(),
      held: z.number(),
      interval: Interval.nullable(),
      twice: z.number(),
      flipped: z.number(),
      flip_interval: Interval.nullable(),
    })
    .nullable(),
});
export type JudgeCard = z.infer<typeof JudgeCard>;
export const JudgeList = z.object({ judges: z.array(JudgeCard) });

/** `POST /api/judge/measure`: puts the check set to a judge, a part a request. */
export const MeasureJudge = z.strictObject({
  judge: JudgeChoice.nullable().default(null),
  judge_model: z.string().max(200).nullable().default(null),
  /** The first claim; take `next` of the last answer. */
  from: z.int().min(0).max(10_000).default(0),
});

export const JudgeMeasure = Measure.extend({
  model: z.string(),
  kinds: MeasuredKinds,
  /** Where to go on; null: all claims were put to it. */
  next: z.number().nullable(),
});
export type JudgeMeasure = z.infer<typeof JudgeMeasure>;

export const TestWebhook = z.strictObject({ url: z.string().min(1).max(2000) });

/** `POST /api/webhooks/test`: what the receiver said to a signed test event. */
export const WebhookTest = z.object({
  delivered: z.boolean(),
  /** HTTP status of the receiver; null when none came. */
  status: z.number().nullable(),
  error: z.string().nullable(),
  ms: z.number(),
});
export type WebhookTest = z.infer<typeof WebhookTest>;
