import type { RedactKind, Role } from "../contract/access.ts";
import type { Channel, ChannelEventName, ChannelKind } from "../contract/channel.ts";
import type { ExperimentResult, ExperimentWish } from "../contract/experiment.ts";
import type { JobSource } from "../contract/job.ts";
import type { JobStatus, JudgeChoice, Scores } from "../contract/outcome.ts";
import type { Opinion } from "../contract/review.ts";
import type { CriterionRequest, Thresholds } from "../contract/score-request.ts";
import type { AppInput, AskCost, AskOutcome, TargetOptions } from "../contract/target.ts";
import type { TestItem } from "../contract/test-set.ts";
import type { TraceOrigin, TraceOutcome, TraceSettings } from "../contract/trace.ts";
import type { BatchFormat } from "../intake/batch-rows/format.ts";
import type { RowFormat } from "../intake/formats/format.ts";
import type { AlertState } from "../scoring/gate-alert.ts";
import type { Verdict } from "../scoring/judge.ts";
import { NO_USAGE } from "../scoring/usage.ts";
import type { Observation } from "../traces/observation.ts";
import type { Said, SaidWarning } from "../words/said.ts";
import { flag, integer, json, or, orNull, type RecordOf, real, text, together } from "./fields.ts";
import { runMetrics, shortOutcomes, shortUsage } from "./short-json.ts";
import { table } from "./table.ts";

// Every table as migrations/ makes it; a test compares the two. Times are milliseconds since 1970.

export const NEWEST_MIGRATION = "0001_tables.sql";

/** Why something failed; the sentence as it can be said in any language. */
const error = { code: text(), message: json<Said>() };
/** Bytes of an object in R2 whose key is known. */
const bytes = { offset: integer(), length: integer() };
/** `part`: what follows project and run in its key. */
const place = { part: text(), ...bytes };

/** Where the evidence of a sample stands. */
export type EvidencePlace = RecordOf<typeof place>;

export const jobs = table("jobs", ["project", "id"], {
  project: text(),
  id: text(),
  kind: text<"single" | "batch">(),
  status: text<JobStatus>(),
  createdAt: integer(),
  updatedAt: integer(),
  startedAt: orNull(integer()),
  finishedAt: orNull(integer()),
  wakeAt: orNull(integer()),
  wakes: or(integer(), 0),
  attempts: or(integer(), 0),
  question: text(),
  /** Of a job of one sample, with its name in its run. */
  answer: orNull(text()),
  sampleId: orNull(text()),
  name: orNull(text()),
  tags: or(json<Record<string, string>>(), {}),
  sessionId: orNull(text()),
  language: text<"zh" | "en">(),
  metrics: json<string[]>(),
  judge: text(),
  judgeModel: orNull(text()),
  embeddingModel: orNull(text()),
  callbackUrl: orNull(text()),
  traceparent: orNull(text()),
  /** Of a run of live traffic, what its trace says. */
  trace: orNull(json<TraceOrigin>()),
  submittedBy: text(),
  dedupeKey: orNull(text()),
  fingerprint: text(),
  total: integer(),
  done: or(integer(), 0),
  failed: or(integer(), 0),
  /** Of a batch. */
  means: or(json<Scores>(), {}),
  /** Of a job of one sample, with the two that follow. */
  outcomes: or(shortOutcomes(), {}),
  weightedScore: orNull(real()),
  cause: orNull(text()),
  worstMetric: orNull(text()),
  runId: orNull(text()),
  error: together(error),
  warnings: or(json<SaidWarning[]>(), []),
  /** Items of `contexts` that arrived and that were understood; null for batches. */
  contextsReceived: orNull(integer()),
  contextsParsed: orNull(integer()),
  usage: or(shortUsage(), NO_USAGE),
  /** Rows of an upload that could not be read. */
  badRows: or(integer(), 0),
  charged: or(flag(), false),
  /** `offline`: score without a model while the model is away, instead of waiting. */
  fallback: orNull(text<"offline">()),
  /** The address the client used, for the links of a webhook. */
  origin: orNull(text()),
  /** Whose names the rows had; null: not known yet. */
  format: orNull(text()),
  /** null: computed from another run. */
  source: orNull(text<JobSource>()),
});

/** What is known of a sample when it comes. */
export const ARRIVED = {
  seq: integer(),
  sampleId: text(),
  /** null: as the job says, whose only one it is; so are the answer, `outcomes` and what follows from them. */
  question: orNull(text()),
  answer: orNull(text()),
  tags: orNull(json<Record<string, string>>()),
  sessionId: orNull(text()),
  feedback: orNull(text<"like" | "dislike">()),
};

/** What an attempt makes of it. */
export const SCORED = {
  status: text<JobStatus>(),
  outcomes: orNull(shortOutcomes()),
  weightedScore: orNull(real()),
  cause: orNull(text()),
  worstMetric: orNull(text()),
  /** What it could win at most were its main cause gone; 0: nothing was asked, as in small talk; null: no cause. */
  gain: orNull(real()),
  error: together(error),
  usage: orNull(shortUsage()),
  evidence: together(place),
  /** Keys of the judgements it rests on. */
  judgements: orNull(json<readonly string[]>()),
};

export const samples = table("samples", ["jobId", "seq"], {
  jobId: text(),
  ...ARRIVED,
  attempt: or(integer(), 0),
  leaseUntil: orNull(integer()),
  /** Times its consumer stopped without a word. */
  crashes: or(integer(), 0),
  ...SCORED,
  inputKey: orNull(text()),
  /** The request as JSON; null where it lies in R2 or is not needed any more. */
  input: orNull(text()),
});

export const runs = table("runs", ["project", "id"], {
  project: text(),
  id: text(),
  mode: text<"single" | "batch" | "session">(),
  name: orNull(text()),
  /** Of a run of one sample, as lists show it. */
  question: orNull(text()),
  judge: text(),
  judgeModel: orNull(text()),
  embeddingModel: orNull(text()),
  startedAt: integer(),
  finishedAt: integer(),
  totalSamples: integer(),
  validSamples: integer(),
  invalidSamples: integer(),
  metrics: runMetrics(),
  /** The cause the first advice is about, and how many samples have it as their main one. */
  causeTop: orNull(text()),
  causeSamples: orNull(integer()),
  tags: or(json<Record<string, string>>(), {}),
  sessionId: orNull(text()),
  /** Whose artifacts count. */
  attempt: integer(),
  /** Where the report stands in the one object of all artifacts; null: each is an object of its own. */
  report: together(bytes),
  /** False: it stands in no trend. */
  isCounted: flag(),
  /** What it adds to trends; null: what its numbers and tags say. */
  totals: orNull(json<Record<string, Record<string, number[]>>>()),
});

export const judgeDays = table("judge_days", ["model", "day"], {
  model: text(),
  day: text(),
  /** Replies with control claims among them, and those that told these apart. */
  asked: integer(),
  held: integer(),
  /** Verdicts asked for twice, and those that came out otherwise. */
  twice: integer(),
  flipped: integer(),
});

export const judgeMeasures = table("judge_measures", ["model", "day"], {
  model: text(),
  day: text(),
  measured: json<unknown>(),
});

export const judgements = table("judgements", ["key"], {
  key: text(),
  body: text(),
  createdAt: integer(),
  /** Finished samples that rest on it; 0: of an attempt that never finished. */
  uses: or(integer(), 0),
});

export const facts = table("facts", ["name"], {
  name: text(),
  value: text(),
  until: or(integer(), 0),
});

/** What holds for all rows of a batch; null: the first row decides. */
export interface BatchOptions {
  judge: JudgeChoice | null;
  judge_model: string | null;
  embedding_model: string | null;
  compat: "ragas" | null;
  fallback: "offline" | null;
  consistency?: "off" | "doubtful" | null;
  metrics: string[] | null;
  criteria?: CriterionRequest[] | null;
  language: "zh" | "en" | null;
  charset: string;
  /** Whose names the rows have; absent or null: found out row by row. */
  format?: RowFormat | null;
  /** False: the project keeps no texts, so they go with the end of the job. */
  store_text: boolean;
}

export const batches = table("batches", ["jobId"], {
  jobId: text(),
  project: text(),
  format: text<BatchFormat>(),
  options: json<BatchOptions>(),
  uploadKey: text(),
  /** An app is asked for the answers: there is no upload yet. */
  isAsking: or(flag(), false),
  plannedAt: orNull(integer()),
  attempt: or(integer(), 0),
  failures: or(integer(), 0),
  leaseUntil: orNull(integer()),
});

export const chunks = table("chunks", ["jobId", "n"], {
  jobId: text(),
  n: integer(),
  firstSeq: integer(),
  lastSeq: integer(),
  isOpen: or(flag(), true),
  done: or(integer(), 0),
  failed: or(integer(), 0),
  attempt: or(integer(), 0),
  failures: or(integer(), 0),
  crashes: or(integer(), 0),
  leaseUntil: orNull(integer()),
  wakeAt: or(integer(), 0),
});

export const sessions = table("sessions", ["project", "runId"], {
  project: text(),
  runId: text(),
  sessionId: text(),
  version: or(integer(), 0),
  builtVersion: or(integer(), 0),
  builtAt: or(integer(), 0),
  dueAt: orNull(integer()),
  dueBy: orNull(text()),
  attempt: or(integer(), 0),
  failures: or(integer(), 0),
  leaseUntil: orNull(integer()),
});

export type DeliveryState = "pending" | "delivered" | "accepted" | "failed" | "disabled";

export interface DeliveryAttempt {
  at: number;
  /** HTTP status of the receiver; null when none came. */
  status: number | null;
  /** Why it counts as a failure. */
  error: Said | null;
  ms: number;
}

export const deliveries = table("deliveries", ["project", "id"], {
  project: text(),
  id: text(),
  jobId: text(),
  event: text(),
  url: text(),
  state: text<DeliveryState>(),
  createdAt: integer(),
  deliveredAt: orNull(integer()),
  nextAt: orNull(integer()),
  attempts: or(integer(), 0),
  leaseUntil: orNull(integer()),
  log: or(json<DeliveryAttempt[]>(), []),
  /** What it says when it is about no job. */
  payload: orNull(text()),
  channelId: orNull(text()),
  messageId: orNull(text()),
});

export const channels = table("channels", ["project", "id"], {
  project: text(),
  id: text(),
  name: text(),
  kind: text<ChannelKind>(),
  /** Encrypted, as the secret is. */
  address: text(),
  addressDigest: text(),
  masked: text(),
  secret: orNull(text()),
  events: json<ChannelEventName[]>(),
  language: text<"zh" | "en">(),
  /** Of the dashboard that links lead to; null: no links. */
  origin: orNull(text()),
  createdAt: integer(),
  createdBy: text(),
  state: or(text<Channel["state"]>(), "on"),
  refusal: orNull(text()),
  refusedAt: orNull(integer()),
  nextAt: orNull(integer()),
  freeAt: or(integer(), 0),
  failures: or(integer(), 0),
  messageId: orNull(text()),
  holder: orNull(text()),
  leaseUntil: orNull(integer()),
});

export const disabledCallbacks = table("disabled_callbacks", ["project", "url"], {
  project: text(),
  url: text(),
  disabledAt: integer(),
});

export const breaker = table("breaker", ["name"], {
  name: text(),
  failures: integer(),
  openings: integer(),
  until: integer(),
  probing: or(flag(), false),
  reason: json<Said>(),
});

export const projects = table("projects", ["id"], {
  id: text(),
  name: text(),
  createdAt: integer(),
  redact: or(json<RedactKind[]>(), []),
  storeText: or(flag(), true),
  /** Of a day in UTC; null: no limit. */
  samplesPerDay: orNull(integer()),
  judgeTokensPerDay: orNull(integer()),
  usdPerDay: orNull(real()),
  usdPerMonth: orNull(real()),
  /** Named by submissions as `criterion:<name>`. */
  criteria: or(json<CriterionRequest[]>(), []),
  /** Where severities begin in new reports, by metric. */
  thresholds: or(json<Thresholds>(), {}),
  /** Which runs of live traffic are scored; null: as a new project has it. */
  traces: orNull(json<TraceSettings>()),
});

export const accessKeys = table("access_keys", ["id"], {
  id: text(),
  project: text(),
  name: text(),
  role: text<Role>(),
  prefix: text(),
  digest: text(),
  createdAt: integer(),
  createdBy: text(),
  expiresAt: orNull(integer()),
  lastUsedAt: orNull(integer()),
  revokedAt: orNull(integer()),
});

export const signingSecret = table("signing_secret", ["id"], { id: integer(), secret: text() });

export const endedSessions = table("ended_sessions", ["id"], { id: text(), until: integer() });

export const shareLinks = table("share_links", ["project", "id"], {
  project: text(),
  id: text(),
  runId: text(),
  createdAt: integer(),
  createdBy: text(),
  expiresAt: integer(),
  revokedAt: orNull(integer()),
});

/** What a project may have a limit of; dollars are counted in millionths. */
export type QuotaUnit = "samples" | "judge_tokens" | "usd_day" | "usd_month";

export const quotaUse = table("quota_use", ["project", "day", "unit"], {
  project: text(),
  day: text(),
  unit: text<QuotaUnit>(),
  used: integer(),
  cap: orNull(integer()),
});

export const auditLog = table("audit_log", ["project", "id"], {
  project: text(),
  id: text(),
  at: integer(),
  actor: text(),
  /** Noun and past participle: `key.created`, `job.deleted`. */
  action: text(),
  target: orNull(text()),
  detail: or(json<Record<string, string | number | boolean | null>>(), {}),
});

export const refusedKeys = table("refused_keys", ["id"], {
  id: text(),
  /** Start of the time that is counted. */
  at: integer(),
  address: text(),
  failures: integer(),
});

export const alertRules = table("alert_rules", ["project", "id"], {
  project: text(),
  id: text(),
  metric: text(),
  /** Empty: all samples. */
  tag: or(text(), ""),
  side: text<"below" | "above">(),
  threshold: real(),
  windowDays: integer(),
  webhookUrl: orNull(text()),
  createdAt: integer(),
  createdBy: text(),
  state: or(text<AlertState>(), "ok"),
  changedAt: orNull(integer()),
  seen: orNull(json<{ n: number; mean: number; interval: [number, number] | null }>()),
  dueAt: orNull(integer()),
});

export const reviews = table("reviews", ["project", "runId", "sampleId", "claimId", "reviewer"], {
  project: text(),
  runId: text(),
  sampleId: text(),
  /** Empty: the whole sample. */
  claimId: text(),
  reviewer: text(),
  opinion: text<Opinion>(),
  verdict: orNull(text<Verdict>()),
  claimOf: orNull(text<"answer" | "reference">()),
  /** What the judge said: a verdict, or the sample's cause; null: no verdict, no cause. */
  judged: orNull(text()),
  note: orNull(text()),
  reviewedAt: integer(),
});

export const gateVerdicts = table("gate_verdicts", ["project", "runId"], {
  project: text(),
  runId: text(),
  verdict: text<"pass" | "fail" | "inconclusive">(),
  /** Metrics of the rules that decided it. */
  metrics: json<string[]>(),
  baseRunId: orNull(text()),
  judgedAt: integer(),
});

export const jobTags = table("job_tags", ["project", "label", "jobId"], {
  project: text(),
  label: text(),
  jobId: text(),
});

/** Kept by triggers on `runs`. */
export const trends = table("trends", ["project", "tag", "day"], {
  project: text(),
  tag: text(),
  /** YYYY-MM-DD in UTC. */
  day: text(),
  /** By metric: n, sum, squares. */
  sums: json<Record<string, number[]>>(),
  added: or(integer(), 1),
});

export const trendTags = table("trend_tags", ["project", "tag"], {
  project: text(),
  tag: text(),
  lastDay: text(),
  busy: integer(),
});

/** Kept by a trigger on `runs`. */
export const trendJudges = table("trend_judges", ["project", "day", "judge"], {
  project: text(),
  day: text(),
  judge: text(),
});

/** Without rows: its trigger counts what would be inserted. */
export const countedRuns = table("counted_runs", ["project"], {
  project: text(),
  day: text(),
  totals: orNull(text()),
});

export const traces = table("traces", ["project", "id"], {
  project: text(),
  id: text(),
  arrivedAt: integer(),
  dueAt: orNull(integer()),
  submittedBy: text(),
  outcome: or(text<TraceOutcome>(), "open"),
  runKey: orNull(text()),
  origin: orNull(json<TraceOrigin>()),
  spans: or(integer(), 0),
  passages: orNull(integer()),
  jobId: orNull(text()),
});

export const traceParts = table("trace_parts", ["project", "traceId", "id"], {
  project: text(),
  traceId: text(),
  id: text(),
  arrivedAt: integer(),
  spans: integer(),
  bytes: integer(),
  body: orNull(json<Observation[]>()),
});

export const traceDays = table("trace_days", ["project", "day"], {
  project: text(),
  day: text(),
  counts: json<Record<string, number>>(),
});

export const testSets = table("test_sets", ["project", "id"], {
  project: text(),
  id: text(),
  name: text(),
  version: text(),
  items: integer(),
  createdAt: integer(),
  createdBy: text(),
  changedAt: integer(),
});

export const testItems = table("test_items", ["setId", "id"], {
  setId: text(),
  id: text(),
  place: integer(),
  hash: text(),
  item: json<TestItem>(),
});

export const targets = table("targets", ["project", "id"], {
  project: text(),
  id: text(),
  name: text(),
  kind: text(),
  mode: text(),
  baseUrl: text(),
  apiKey: orNull(text()),
  options: json<TargetOptions>(),
  inputs: json<AppInput[]>(),
  asksPerDay: orNull(integer()),
  createdAt: integer(),
  createdBy: text(),
  trial: orNull(json<AskCost>()),
  slots: or(integer(), 2),
  streak: or(integer(), 0),
  askedDay: or(text(), ""),
  asked: or(integer(), 0),
  dueAt: orNull(integer()),
});

export const experiments = table("experiments", ["project", "id"], {
  project: text(),
  id: text(),
  name: orNull(text()),
  setId: text(),
  setVersion: text(),
  baseRunId: orNull(text()),
  rules: json<string[]>(),
  scheduleId: orNull(text()),
  createdAt: integer(),
  createdBy: text(),
  dueAt: orNull(integer()),
  result: orNull(json<ExperimentResult>()),
});

export const experimentRuns = table("experiment_runs", ["project", "experimentId", "n"], {
  project: text(),
  experimentId: text(),
  n: integer(),
  jobId: text(),
  targetId: text(),
  label: text(),
  inputs: json<Record<string, unknown>>(),
  total: integer(),
  stopped: orNull(json<Said>()),
  lastError: orNull(text()),
  sameErrors: or(integer(), 0),
});

/** What the app called its work on a question, to find it again. */
export type AskHandle = Readonly<Record<string, string>>;

/** What an app answered. */
export interface AskReply {
  answer: string;
  /** null: not known. */
  contexts: string[] | null;
  retrievedIds: string[] | null;
  contextsFrom: string | null;
}

export const asks = table("asks", ["jobId", "seq"], {
  jobId: text(),
  seq: integer(),
  targetId: text(),
  itemId: text(),
  item: json<TestItem>(),
  state: text<"waiting" | "asking" | "done">(),
  attempt: or(integer(), 0),
  leaseUntil: orNull(integer()),
  wakeAt: or(integer(), 0),
  lost: or(integer(), 0),
  failures: or(integer(), 0),
  handle: orNull(json<AskHandle>()),
  outcome: orNull(text<AskOutcome>()),
  why: orNull(json<Said>()),
  ms: orNull(integer()),
  cost: orNull(json<AskCost>()),
  reply: orNull(json<AskReply>()),
});

export const schedules = table("schedules", ["project", "id"], {
  project: text(),
  id: text(),
  name: text(),
  plan: json<ExperimentWish>(),
  everyHours: integer(),
  nextAt: orNull(integer()),
  dueAt: orNull(integer()),
  createdAt: integer(),
  createdBy: text(),
  origin: orNull(text()),
  problem: orNull(json<Said>()),
});
