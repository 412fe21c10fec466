import type { Sql } from "sql-template-tag";
import { ulid } from "ulid";
import { utcDay } from "../../access/quota.ts";
import { ScoreRequest } from "../../contract/score-request.ts";
import type { TraceOrigin, TraceOutcome } from "../../contract/trace.ts";
import { AppError } from "../../errors.ts";
import { FieldReader } from "../../intake/field-reader.ts";
import { fingerprint } from "../../intake/idempotency.ts";
import type { Notes } from "../../intake/notes.ts";
import { numberMarks } from "../../intake/redact.ts";
import { deletePrefix, getInput } from "../../storage/artifacts.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getJob } from "../../storage/jobs.ts";
import { getProject, type ProjectRecord } from "../../storage/projects.ts";
import { listReportRows } from "../../storage/report-rows.ts";
import { countRun, getRun } from "../../storage/runs.ts";
import {
  endTrace,
  getTrace,
  getTraceOfRun,
  listParts,
  postponeTrace,
  readCounts,
  replaceJobOfTrace,
  type TraceEnding,
  type TraceRecord,
  tracePartKey,
} from "../../storage/traces.ts";
import { type AssembledRun, assembleRun, lookAgainAt } from "../../traces/assemble.ts";
import type { Observation } from "../../traces/observation.ts";
import { placeOfRun, shareTaken } from "../../traces/sampling.ts";
import type { SaidWarning } from "../../words/said.ts";
import { acceptJob } from "../accept.ts";
import { removeJob, stopJob } from "../change-job.ts";
import type { JobContext } from "../context.ts";
import { canMove } from "../job.ts";
import { parseEvidence, readEvidenceLines, readSampleTexts } from "../report/read-texts.ts";
import { totalsOfOne } from "../report/run-record.ts";
import { tryWake } from "../wake.ts";
import { LATE_PAUSE_MS } from "./pace.ts";
import { traceSettings } from "./receive-spans.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Puts a trace together once it is complete: what it says goes the way of every sample, or it is written why not, and its
 * texts are gone. Run twice, or by two at a time, it comes to the same.
 */
export async function finishTrace(
  context: JobContext,
  { project: id, id: traceId }: { project: string; id: string },
): Promise<void> {
  const trace = await getTrace(context.db, id, traceId);
  if (trace === null || trace.dueAt === null) return;
  const project = await getProject(context.home, id);
  if (project === null) return;
  const parts = await listParts(context.db, id, traceId);
  const bodies = await Promise.all(
    parts.map(async (part) => part.body ?? (await readBody(context, trace, part.id))),
  );
  const spans = bodies.flat();
  const times = parts.map(({ arrivedAt }) => arrivedAt);
  const arrived = { firstAt: times[0] ?? trace.arrivedAt, lastAt: Math.max(0, ...times) };
  const again = lookAgainAt(spans, arrived, context.now());
  if (again !== null) return waitUntil(context, trace, again);
  const isLate = trace.outcome !== "open";
  const decision = isLate
    ? await scoreLate(context, project, trace, spans)
    : await decide(context, project, trace, assembleRun(traceId, spans));
  if (decision === null) return waitUntil(context, trace, context.now() + LATE_PAUSE_MS);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const { outcome } = decision;
  const counts = { bytes, spans: spans.length, [outcome]: 1, ...decision.counts };
  const ending = { ...decision.ending, spans: trace.spans + spans.length };
  const hasEnded = await endTrace(context.db, trace, ending, {
    parts: parts.length,
    day: utcDay(trace.arrivedAt),
    counts,
  });
  if (!hasEnded) return waitUntil(context, trace, context.now() + 1000);
  if (parts.some(({ body }) => body === null)) {
    await deletePrefix(context.bucket, `${id}/traces/${traceId}`);
  }
  context.log({ event: `trace.${outcome}`, project: id, spans: spans.length });
}

/** What is decided of a trace, before it is written. */
interface Decision {
  outcome: TraceOutcome;
  counts: Record<string, number>;
  ending: Omit<TraceEnding, "spans">;
}

async function readBody(
  { bucket }: JobContext,
  { project, id }: TraceRecord,
  part: string,
): Promise<Observation[]> {
  const text = await getInput(bucket, tracePartKey(project, id, part));
  // We have written it ourselves.
  return text === null ? [] : (JSON.parse(text) as Observation[]);
}

async function waitUntil(context: JobContext, trace: TraceRecord, at: number): Promise<void> {
  await postponeTrace(context.db, trace, at);
  const delaySeconds = Math.max(1, Math.ceil((at - context.now()) / 1000));
  const message = { kind: "trace", project: trace.project, id: trace.id } as const;
  await tryWake(context, [{ message, delaySeconds }]);
}

async function decide(
  context: JobContext,
  project: ProjectRecord,
  trace: TraceRecord,
  run: AssembledRun | null,
): Promise<Decision> {
  const runKey = run === null ? null : run.key.slice(0, 200);
  const first = runKey === null ? null : await getTraceOfRun(context.db, project.id, runKey);
  if (first !== null && run !== null) return replay(context, project, { first, trace }, run);
  const passages = run?.sample?.contexts?.length ?? null;
  const origin = run === null ? null : originOf(trace, run, 0);
  const ending = { outcome: "not_understood", runKey, origin, passages, jobId: null } as const;
  const not = (outcome: TraceOutcome, counts = {}): Decision => ({
    outcome,
    counts,
    ending: { ...ending, outcome },
  });
  if (run === null || run.sample === null) return not(run?.reason ?? "not_understood");
  const settings = traceSettings(project);
  if (settings.apps.length > 0 && !settings.apps.includes(run.app ?? "")) return not("other_app");
  if (settings.only_with_contexts && (passages ?? 0) === 0) return not("no_contexts");
  const share = await shareNow(context, project, trace.arrivedAt);
  const eligible = { eligible: 1 };
  if (placeOfRun(project.id, run.key) >= share) return not("unsampled", eligible);
  const scored = originOf(trace, run, share);
  const jobId = await accept(context, project, trace, run, { origin: scored, isFree: false });
  if (jobId === null) return not("over_quota", eligible);
  return {
    outcome: "scored",
    counts: eligible,
    ending: { ...ending, outcome: "scored", origin: scored, jobId },
  };
}

async function shareNow(
  { db }: JobContext,
  project: ProjectRecord,
  arrivedAt: number,
): Promise<number> {
  const days = [utcDay(arrivedAt), utcDay(arrivedAt - DAY_MS)];
  const [today, before] = await readCounts(db, project.id, days);
  return shareTaken(traceSettings(project), {
    taken: today?.scored ?? 0,
    eligibleBefore: before?.eligible ?? null,
  });
}

/** A run that was here before. Only what it found this time and had not found then is new. */
async function replay(
  context: JobContext,
  project: ProjectRecord,
  { first, trace }: { first: TraceRecord; trace: TraceRecord },
  run: AssembledRun,
): Promise<Decision> {
  // The first may have broken off before it said all.
  const origin = originOf(trace, run, first.origin?.share ?? 0);
  const whole = { ...first, origin };
  await scoreAgain(context, project, whole, { contexts: run.retrieved, texts: run.sample });
  const { jobId } = first;
  const passages = run.retrieved?.length ?? null;
  const ending = { outcome: "replay", runKey: null, origin, passages, jobId } as const;
  return { outcome: "replay", counts: {}, ending };
}

/** What a retriever found after its run had been put together. null: it is too early. */
async function scoreLate(
  context: JobContext,
  project: ProjectRecord,
  trace: TraceRecord,
  spans: readonly Observation[],
): Promise<Decision | null> {
  const late = assembleRun(trace.id, spans);
  const { origin } = trace;
  const first = origin && (await getTraceOfRun(context.db, project.id, origin.run));
  // Its texts are in nobody's hand while it is being scored.
  const job = first?.jobId ? await getJob(context.db, project.id, first.jobId) : null;
  if (job !== null && !canMove("delete", job.status)) return null;
  const contexts = late?.retrieved ?? null;
  const searched = spans.find(({ question }) => question)?.question ?? null;
  if (first) await scoreAgain(context, project, first, { contexts, texts: null, searched });
  const now = (await getTrace(context.db, project.id, trace.id)) ?? trace;
  return { outcome: "late", counts: {}, ending: now };
}

/**
 * Scores a run once more, with what it found, and takes its first scores away. It is free: the two count as one. Nothing
 * happens when the run was not scored, or had its passages then.
 */
async function scoreAgain(
  context: JobContext,
  project: ProjectRecord,
  first: TraceRecord,
  found: { contexts: string[] | null; texts: AssembledRun["sample"]; searched?: string | null },
): Promise<void> {
  const { contexts, texts, searched = null } = found;
  const { jobId, origin, passages } = first;
  if (jobId === null || origin === null || contexts === null || passages !== null) return;
  const job = await getJob(context.db, project.id, jobId);
  const known = texts ?? (job && (await readTexts(context, job)));
  if (known === null) return;
  // Where the question was known by its prompt alone, what was searched for is the question.
  const question = searched && known.question.includes(searched) ? searched : known.question;
  const run = { sample: { ...known, question, contexts }, key: origin.run, warnings: [] };
  const again = await accept(context, project, first, run, { origin, isFree: true });
  if (again === null) return;
  if (job !== null && job.id !== again) {
    // Not begun yet, or under way: nothing more is spent on it.
    const ended = canMove("cancel", job.status) ? await stopJob(context, job) : job;
    await removeJob(context, ended, await uncount(context, ended, origin.share));
  }
  await replaceJobOfTrace(context.db, first, { jobId: again, passages: contexts.length });
}

/** SQL: a day of the trends forgets a run that another takes the place of. */
async function uncount(context: JobContext, job: JobRecord, share: number): Promise<Sql[]> {
  const run = job.runId === null ? null : await getRun(context.db, job.project, job.runId);
  return run === null ? [] : [countRun(run, totalsOfOne(run, 1 / share, -1))];
}

/** What was asked and answered, out of what is kept of a job: its request until it is scored, then its evidence. */
async function readTexts(
  { db, bucket }: JobContext,
  job: JobRecord,
): Promise<{ question: string; answer: string } | null> {
  const source = { kind: "job", project: job.project, jobId: job.id } as const;
  const [row] = await listReportRows(db, source, null, 1);
  if (row === undefined) return null;
  const [line] = await readEvidenceLines(bucket, [row]);
  if (!line) return readSampleTexts(bucket, row);
  const { question, answer } = parseEvidence(line);
  return { question, answer: answer.text };
}

/** The run as a job like any other; asked again it is the same job. null: the quota of the day is used up. */
async function accept(
  context: JobContext,
  project: ProjectRecord,
  trace: TraceRecord,
  run: Pick<AssembledRun, "sample" | "key" | "warnings">,
  { origin, isFree }: { origin: TraceOrigin; isFree: boolean },
): Promise<string | null> {
  const { request, warnings, received } = requestOf(run, origin);
  const { arrivedAt } = trace;
  // Day and order are those of arrival, whenever the trace was complete.
  const then = { ...context, now: () => arrivedAt, newId: () => ulid(arrivedAt) };
  const key = `trace:${isFree ? "late" : "first"}:${run.key.slice(0, 200)}`;
  const settings = isFree ? { ...project, samplesPerDay: null } : project;
  try {
    const { job } = await acceptJob(then, {
      project: project.id,
      submittedBy: trace.submittedBy,
      request,
      // The key says all: a run that is put together twice, with one more span, is the same run.
      fingerprint: await fingerprint([key]),
      idempotencyKey: key,
      warnings,
      contextsReceived: received,
      contextsParsed: received,
      traceparent: `00-${origin.trace_id}-${origin.span_id}-01`,
      trace: origin,
      source: "trace",
      queued: true,
      settings,
    });
    return job.id;
  } catch (error) {
    if (error instanceof AppError && error.code === "quota_exceeded") return null;
    throw error;
  }
}

function requestOf(run: Pick<AssembledRun, "sample" | "warnings">, origin: TraceOrigin) {
  const { question = "", answer = "", contexts = null } = run.sample ?? {};
  const numbered = numberMarks([question, answer, ...(contexts ?? [])]);
  const [asked, answered, ...passages] = numbered.texts;
  const notes: Notes = { errors: [], warnings: [] };
  const reader = new FieldReader(
    new Map([
      ["question", asked],
      ["answer", answered],
    ]),
    notes,
  );
  const tags = { source: origin.source, ...(origin.app ? { app: origin.app.slice(0, 64) } : {}) };
  const request = ScoreRequest.parse({
    question: reader.question() ?? asked,
    answer: reader.answer() ?? answered,
    contexts: contexts === null ? null : passages,
    tags,
  });
  const warnings: SaidWarning[] = [...run.warnings, ...numbered.warnings, ...notes.warnings];
  return { request, warnings, received: passages.length };
}

function originOf({ id }: TraceRecord, run: AssembledRun, share: number): TraceOrigin {
  const short = (text: string | null) => text?.slice(0, 200) ?? null;
  return {
    trace_id: id,
    span_id: run.rootSpanId,
    run: run.key.slice(0, 200),
    source: run.dialect,
    app: short(run.app),
    session: short(run.session),
    user: short(run.user),
    model: short(run.model),
    tokens: run.tokens,
    latency_ms: run.latencyMs,
    share,
  };
}
