import type { Sql } from "sql-template-tag";
import { periodOf, spendingCaps, utcDay } from "../access/quota.ts";
import type { JobSource } from "../contract/job.ts";
import type { Language } from "../contract/outcome.ts";
import type { ScoreRequest } from "../contract/score-request.ts";
import type { TraceOrigin } from "../contract/trace.ts";
import { applyPrivacy } from "../intake/apply-privacy.ts";
import type { RowFormat } from "../intake/formats/format.ts";
import { scoredMetrics } from "../intake/scored-metrics.ts";
import { inputKey, putInput } from "../storage/artifacts.ts";
import { type JobRecord, newJob } from "../storage/job-records.ts";
import { insertSingleJob } from "../storage/moves/insert-job.ts";
import type { ProjectSettings } from "../storage/projects.ts";
import { chargeForJob, getUse, isOverQuota, refuseIfSpent } from "../storage/quotas.ts";
import type { SaidWarning } from "../words/said.ts";
import { refuseForQuota } from "./channels/tell-quota.ts";
import { judgeAskedBy } from "./chosen-judge.ts";
import type { JobContext } from "./context.ts";
import { dedupeOf, insertOnce } from "./dedupe.ts";
import { detectLanguage } from "./detect-language.ts";
import { LEASE_MS, WAKE_PAUSE_MS } from "./job.ts";
import { warnOfOfflineLimits } from "./offline-limits.ts";
import { previewAnswer, previewQuestion } from "./preview.ts";
import { tryWake, wakeUpOf } from "./wake.ts";
import { type Callback, chooseCallback } from "./webhook/callback.ts";

/** Inputs above this go to R2: a D1 row holds 2 MB at most, and a character takes up to three bytes. */
const LARGEST_ROW_INPUT_CHARACTERS = 500_000;

export interface Submission {
  project: string;
  /** Who submits: keys are remembered for each caller apart. */
  submittedBy: string;
  request: ScoreRequest;
  fingerprint: string;
  idempotencyKey: string | null;
  warnings: SaidWarning[];
  contextsReceived: number;
  contextsParsed: number;
  /** Whose names the body had. */
  format?: RowFormat;
  source: JobSource;
  traceparent: string | null;
  /** What the trace says that it came by. */
  trace?: TraceOrigin;
  /** False: the caller runs the job itself, so no wake-up is sent, and an identical post is a new job. */
  queued: boolean;
  /** Privacy and quotas of the project; absent: none. */
  settings?: ProjectSettings;
  /** The address the client used, for the links of a webhook. */
  origin?: string;
}

/** Writes the job, then wakes the queue. Once this returns the job is never lost, whatever the queue does. */
export async function acceptJob(
  context: JobContext,
  arrived: Submission,
): Promise<{ job: JobRecord; isNew: boolean }> {
  const submission = withSettings(arrived);
  const dedupe = dedupeOf({ ...submission, path: submission.queued ? "async" : "sync" });
  const callback = await chooseCallback(
    context,
    {
      field: "callback_url",
      project: submission.project,
      language: languageOf(submission.request),
      origin: submission.origin ?? null,
      createdBy: submission.submittedBy,
    },
    submission.request.callback_url,
  );
  const job = await jobOf(context, submission, callback);
  const input = JSON.stringify(submission.request);
  const key = input.length > LARGEST_ROW_INPUT_CHARACTERS ? inputKey(job.project, job.id, 0) : null;
  if (key) await putInput(context.bucket, key, input);
  const sample = {
    seq: 0,
    sessionId: job.sessionId,
    feedback: submission.request.feedback,
    input: key ? null : input,
    inputKey: key,
  };
  const wakeAt = context.now() + (submission.queued ? WAKE_PAUSE_MS : LEASE_MS);
  const charges = chargesOf(context, submission, job);
  const accepted = await insertOnce(context, job, dedupe, () =>
    insertSingleJob(context.db, job, dedupe?.key ?? null, wakeAt, sample, charges),
  ).catch(async (error) => {
    if (key) await context.bucket.delete(key).catch(() => undefined);
    throw await explainRefusal(context, submission, job.total, error);
  });
  if (!accepted.isNew) return accepted;
  context.log({ event: "job.accepted", job_id: job.id, project: job.project });
  // The row is the promise, and it says when it is due; nobody waits for the queue to take the message as well.
  if (submission.queued) context.later(tryWake(context, [{ message: wakeUpOf(job) }]));
  return accepted;
}

/**
 * Personal data goes before anything is stored; a project that keeps no texts, or draws its own lines, says so to every
 * later step.
 */
function withSettings(submission: Submission): Submission {
  const { settings } = submission;
  if (settings === undefined) return submission;
  const { request, warnings } = applyPrivacy(submission.request, settings);
  const { thresholds } = settings;
  return {
    ...submission,
    request: Object.keys(thresholds).length > 0 ? { ...request, thresholds } : request,
    warnings: [...submission.warnings, ...warnings],
  };
}

/** What the job costs of its quotas, to be written with it or not at all. */
function chargesOf(context: JobContext, { settings, project }: Submission, job: JobRecord): Sql[] {
  if (settings === undefined) return [];
  const now = context.now();
  const charge = { project, jobId: job.id };
  const { samplesPerDay } = settings;
  const statements: Sql[] = [];
  if (samplesPerDay !== null) {
    const day = utcDay(now);
    statements.push(chargeForJob({ ...charge, day, samples: job.total, cap: samplesPerDay }));
  }
  if (job.judge === "offline") return statements;
  for (const { unit, counted } of spendingCaps(settings)) {
    const day = periodOf(unit, now);
    statements.push(...refuseIfSpent({ ...charge, day, unit, cap: counted }));
  }
  return statements;
}

/** A transaction that broke on a cap of the day, said as a refusal; every other error as it was. */
async function explainRefusal(
  context: JobContext,
  { settings, project }: Pick<Submission, "settings" | "project">,
  samples: number,
  error: unknown,
): Promise<unknown> {
  if (settings === undefined || !isOverQuota(error)) return error;
  const now = context.now();
  const used = await getUse(context.db, project, utcDay(now));
  const { samplesPerDay } = settings;
  const spent = spendingCaps(settings).find(({ unit, counted }) => used[unit] >= counted);
  return spent !== undefined && (samplesPerDay === null || used.samples + samples <= samplesPerDay)
    ? refuseForQuota(context, project, spent)
    : refuseForQuota(context, project, { unit: "samples", cap: samplesPerDay ?? 0 });
}

async function jobOf(
  context: JobContext,
  submission: Submission,
  callback: Callback,
): Promise<JobRecord> {
  const { request } = submission;
  const id = `job_${context.newId()}`;
  const chosen = await context.chooseJudge(judgeAskedBy(submission.project, request));
  const isAuto = (request.judge ?? context.settings.judge) === "auto";
  return newJob(context.now(), {
    project: submission.project,
    id,
    kind: "single",
    question: request.store_text === false ? "" : previewQuestion(request.question),
    answer: request.store_text === false ? "" : previewAnswer(request.answer),
    // In the shared run of a session every call needs a name of its own.
    sampleId: request.id ?? (request.session_id === null ? "1" : id),
    name: request.name,
    tags: request.tags ?? {},
    sessionId: request.session_id,
    language: languageOf(request),
    metrics: scoredMetrics(request),
    judge: chosen.kind,
    judgeModel: chosen.model,
    embeddingModel: chosen.embeddingModel,
    callbackUrl: callback.url,
    traceparent: submission.traceparent,
    trace: submission.trace ?? null,
    submittedBy: submission.submittedBy,
    fingerprint: submission.fingerprint,
    total: 1,
    warnings: [
      ...submission.warnings,
      ...callback.warnings,
      ...warnOfOfflineLimits(request, chosen.kind),
    ],
    contextsReceived: submission.contextsReceived,
    contextsParsed: submission.contextsParsed,
    format: submission.format ?? null,
    source: submission.source,
    fallback: isAuto ? request.fallback : null,
    origin: callback.url === null ? null : (submission.origin ?? null),
  });
}

function languageOf({ language, question, answer }: ScoreRequest): Language {
  return language ?? detectLanguage(`${question}\n${answer}`);
}
