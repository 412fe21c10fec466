import { quotaExceeded, utcDay } from "../access/quota.ts";
import type { ScoreRequest, Warning } from "../contract.ts";
import { LIMITS } from "../contract.ts";
import { AppError } from "../errors.ts";
import { redactRequest } from "../intake/redact.ts";
import { scoredMetrics } from "../intake/scored-metrics.ts";
import { inputKey, putInput } from "../storage/artifacts.ts";
import { insertSingleJob } from "../storage/job-moves.ts";
import { type JobRecord, NO_USAGE } from "../storage/job-records.ts";
import { forgetDedupeKey, getJobByDedupeKey } from "../storage/jobs.ts";
import type { ProjectSettings } from "../storage/projects.ts";
import { chargeForJob, getUse, isOverQuota, refuseIfTokensSpent } from "../storage/quotas.ts";
import type { JobContext } from "./context.ts";
import { detectLanguage } from "./detect-language.ts";
import { LEASE_MS, WAKE_PAUSE_MS } from "./job.ts";
import { warnOfOfflineLimits } from "./offline-limits.ts";

/** Inputs above this go to R2: a D1 row holds 2 MB at most, and a character takes up to three bytes. */
const LARGEST_ROW_INPUT_CHARACTERS = 500_000;

export const IDEMPOTENCY_KEY_KEPT_MS = 24 * 60 * 60 * 1000;
/** Dify posts the very same body again when it missed our answer. */
export const DUPLICATE_WINDOW_MS = 60 * 1000;

export interface Submission {
  project: string;
  /** Who submits: keys are remembered for each caller apart. */
  submittedBy: string;
  request: ScoreRequest;
  fingerprint: string;
  idempotencyKey: string | null;
  warnings: Warning[];
  contextsReceived: number;
  contextsParsed: number;
  traceparent: string | null;
  /** False: the caller runs the job itself, so no wake-up is sent, and an identical post is a new job. */
  queued: boolean;
  /** Privacy and quotas of the project; absent: none. */
  settings?: ProjectSettings;
}

/** Writes the job, then wakes the queue. Once this returns the job is never lost, whatever the queue does. */
export async function acceptJob(
  context: JobContext,
  arrived: Submission,
): Promise<{ job: JobRecord; isNew: boolean }> {
  const submission = withPrivacy(arrived);
  const dedupe = dedupeOf(submission);
  const job = newJob(context, submission);
  const input = JSON.stringify(submission.request);
  const key = input.length > LARGEST_ROW_INPUT_CHARACTERS ? inputKey(job.project, job.id, 0) : null;
  if (key) await putInput(context.bucket, key, input);
  const sample = {
    seq: 0,
    sampleId: submission.request.id ?? "1",
    question: job.question,
    input: key ? null : input,
    inputKey: key,
  };
  const wakeAt = context.now() + (submission.queued ? WAKE_PAUSE_MS : LEASE_MS);
  // Two rounds: the first may only find that the key's time is over.
  for (let round = 0; round < 2; round++) {
    const isNew = await insertSingleJob(
      context.db,
      job,
      dedupe?.key ?? null,
      wakeAt,
      sample,
      chargesOf(context, submission, job),
    ).catch(async (error) => {
      if (key) await context.bucket.delete(key).catch(() => undefined);
      throw await explainRefusal(context, submission, job.total, error);
    });
    if (isNew) {
      context.log({ event: "job.accepted", job_id: job.id, project: job.project });
      if (submission.queued) await wakeJob(context, job);
      return { job, isNew };
    }
    const known = dedupe && (await getJobByDedupeKey(context.db, job.project, dedupe.key));
    if (dedupe && known) {
      if (known.createdAt + dedupe.keptMs > context.now()) {
        return { job: replay(known, submission, dedupe.explicit), isNew };
      }
      await forgetDedupeKey(context.db, known.project, known.id);
    }
  }
  throw new AppError(
    "conflict",
    "The same key is being submitted by another request; send it again.",
  );
}

/** Personal data goes before anything is stored; a project that keeps no texts says so to every later step. */
function withPrivacy(submission: Submission): Submission {
  const { settings } = submission;
  if (settings === undefined) return submission;
  const { request, warnings } = redactRequest(submission.request, settings.redact);
  return {
    ...submission,
    request: settings.storeText ? request : { ...request, store_text: false },
    warnings: [...submission.warnings, ...warnings],
  };
}

/** What the job costs of today's quotas, to be written with it or not at all. */
function chargesOf(
  context: JobContext,
  { settings, project }: Submission,
  job: JobRecord,
): D1PreparedStatement[] {
  if (settings === undefined) return [];
  const charge = { project, day: utcDay(context.now()), jobId: job.id };
  const { samplesPerDay, judgeTokensPerDay } = settings;
  const statements: D1PreparedStatement[] = [];
  if (samplesPerDay !== null) {
    statements.push(
      chargeForJob(context.db, { ...charge, samples: job.total, cap: samplesPerDay }),
    );
  }
  if (judgeTokensPerDay !== null && job.judge === "llm") {
    statements.push(...refuseIfTokensSpent(context.db, { ...charge, cap: judgeTokensPerDay }));
  }
  return statements;
}

/** A transaction that broke on a cap of the day, said as a refusal; every other error as it was. */
async function explainRefusal(
  context: JobContext,
  { settings, project }: Submission,
  samples: number,
  error: unknown,
): Promise<unknown> {
  if (settings === undefined || !isOverQuota(error)) return error;
  const now = context.now();
  const used = await getUse(context.db, project, utcDay(now));
  const { samplesPerDay, judgeTokensPerDay } = settings;
  return judgeTokensPerDay !== null &&
    used.judge_tokens >= judgeTokensPerDay &&
    (samplesPerDay === null || used.samples + samples <= samplesPerDay)
    ? quotaExceeded("judge tokens", judgeTokensPerDay, now)
    : quotaExceeded("samples", samplesPerDay ?? 0, now);
}

/** A send that fails is not an error to the client: the sweep finds the row. */
async function wakeJob(context: JobContext, job: JobRecord): Promise<void> {
  const message = {
    kind: "score",
    project: job.project,
    id: job.id,
    from: 0,
    to: job.total - 1,
  } as const;
  try {
    await context.wake([{ message }]);
  } catch (error) {
    context.log({ event: "job.wake_failed", job_id: job.id, error: String(error).slice(0, 200) });
  }
}

function dedupeOf(
  submission: Submission,
): { key: string; keptMs: number; explicit: boolean } | null {
  const { submittedBy, idempotencyKey, fingerprint, queued } = submission;
  const path = queued ? "async" : "sync";
  if (idempotencyKey !== null) {
    return {
      key: `key:${path}:${submittedBy}:${idempotencyKey}`,
      keptMs: IDEMPOTENCY_KEY_KEPT_MS,
      explicit: true,
    };
  }
  if (!queued) return null;
  return {
    key: `same:${submittedBy}:${fingerprint}`,
    keptMs: DUPLICATE_WINDOW_MS,
    explicit: false,
  };
}

function replay(known: JobRecord, submission: Submission, explicit: boolean): JobRecord {
  if (explicit) {
    if (known.fingerprint === submission.fingerprint) return known;
    throw new AppError(
      "idempotency_mismatch",
      `This Idempotency-Key already stands for job ${known.id} with another payload; use a new key for a new sample.`,
    );
  }
  const warning: Warning = {
    code: "duplicate_submission",
    message:
      "The same payload was posted within the last 60 seconds, so this is the first job, not a second one.",
    fix: "Send an Idempotency-Key of your own, for example {{#sys.workflow_run_id#}}, to make each run its own job.",
  };
  return { ...known, warnings: [...known.warnings, warning] };
}

function newJob(context: JobContext, submission: Submission): JobRecord {
  const { request } = submission;
  const now = context.now();
  const chosen = context.chooseJudge({
    judge: request.judge,
    judgeModel: request.judge_model,
    embeddingModel: request.embedding_model,
  });
  return {
    project: submission.project,
    id: `job_${context.newId()}`,
    kind: "single",
    status: "queued",
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    finishedAt: null,
    attempts: 0,
    question: request.store_text === false ? "" : preview(request.question),
    name: request.name,
    tags: request.tags ?? {},
    sessionId: request.session_id,
    language: request.language ?? detectLanguage(`${request.question}\n${request.answer}`),
    metrics: scoredMetrics(request),
    judge: chosen.kind,
    judgeModel: chosen.model,
    embeddingModel: chosen.embeddingModel,
    callbackUrl: request.callback_url,
    traceparent: submission.traceparent,
    submittedBy: submission.submittedBy,
    fingerprint: submission.fingerprint,
    total: 1,
    done: 0,
    failed: 0,
    scores: {},
    outcomes: {},
    weightedScore: null,
    runId: null,
    error: null,
    warnings: [...submission.warnings, ...warnOfOfflineLimits(request, chosen.kind)],
    contextsReceived: submission.contextsReceived,
    contextsParsed: submission.contextsParsed,
    usage: NO_USAGE,
  };
}

/** Cut by code points, so that no character is halved. */
function preview(question: string): string {
  const characters = Array.from(question.slice(0, LIMITS.previewCharacters * 2));
  return characters.slice(0, LIMITS.previewCharacters).join("");
}
