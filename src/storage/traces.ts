import { join, type Sql } from "sql-template-tag";
import type { TraceOutcome } from "../contract/trace.ts";
import type { DueRows } from "./due-rows.ts";
import { omit, pick, type RecordOf } from "./fields.ts";
import { facts, traceDays, traceParts, traces } from "./schema.ts";
import { change, hasChanged, readRow, sql, transact } from "./sql.ts";
import { columns, findAll, findOne, insert, set } from "./table.ts";

export type TraceRecord = RecordOf<typeof traces.fields>;
type TracePart = RecordOf<typeof traceParts.fields>;

const TRACE_LIMITS = {
  /** Traces of a project that are not put together yet. */
  open: 5000,
  spans: 500,
  bytes: 8 * 1024 * 1024,
} as const;

/** What came of a part: `refused`: the project has too many open; `over_bytes`: or too many bytes today. */
export type Kept = "kept" | "known" | "late" | "too_long" | "refused" | "over_bytes";

/** Where the observations of a part lie when they are too long for a row. */
export function tracePartKey(project: string, traceId: string, id: string): string {
  return `${project}/traces/${traceId}/${id}.json`;
}

interface Arrival {
  part: TracePart;
  submittedBy: string;
  dueAt: number;
  /** A trace that was put together already is opened again for what a retriever found. */
  reopens: boolean;
}

/**
 * Writes what a request brought, a row for each trace of it, all or nothing. `wakes` are the traces that nobody waits
 * for yet.
 */
export async function keepParts(
  db: D1Database,
  arrivals: readonly Arrival[],
  day: { day: string; bytesPerDay: number },
): Promise<{ kept: Kept; wakes: boolean }[]> {
  const answers = await transact(
    db,
    arrivals.flatMap((arrival) => [openTrace(arrival, day), keepPart(arrival)]),
  );
  return Promise.all(
    arrivals.map(async (arrival, at) => {
      const wakes = hasChanged(answers[2 * at]);
      if (hasChanged(answers[2 * at + 1])) return { kept: "kept" as const, wakes };
      return { kept: await whyNotKept(db, arrival), wakes };
    }),
  );
}

function openTrace({ part, submittedBy, dueAt, reopens }: Arrival, day: DayLimit): Sql {
  const { project, traceId, arrivedAt } = part;
  const isKnown = sql`EXISTS (SELECT 1 FROM traces WHERE project = ${project} AND id = ${traceId})`;
  const open = sql`(SELECT count(*) FROM traces INDEXED BY traces_due
    WHERE due_at IS NOT NULL AND project = ${project})`;
  const bytes = sql`coalesce((SELECT counts ->> 'bytes' FROM trace_days
      WHERE project = ${project} AND day = ${day.day}), 0)
    + (SELECT coalesce(sum(p.bytes), 0) FROM traces AS t INDEXED BY traces_due
      CROSS JOIN trace_parts AS p ON p.project = t.project AND p.trace_id = t.id
      WHERE t.due_at IS NOT NULL AND t.project = ${project})`;
  const hasRoom = sql`${open} < ${TRACE_LIMITS.open} AND ${bytes} < ${day.bytesPerDay}`;
  const trace = { project, id: traceId, arrivedAt, dueAt, submittedBy };
  return sql`${insert(traces, trace, sql`WHERE ${isKnown} OR (${hasRoom})`)}
    ON CONFLICT (project, id) DO UPDATE SET due_at = excluded.due_at
      WHERE traces.due_at IS NULL AND ${reopens}`;
}

interface DayLimit {
  day: string;
  bytesPerDay: number;
}

function keepPart({ part }: Arrival): Sql {
  const { project, traceId, spans, bytes } = part;
  const isOpen = sql`EXISTS (SELECT 1 FROM traces
    WHERE project = ${project} AND id = ${traceId} AND due_at IS NOT NULL)`;
  const fits = sql`(SELECT coalesce(sum(spans), 0) <= ${TRACE_LIMITS.spans - spans}
      AND coalesce(sum(bytes), 0) <= ${TRACE_LIMITS.bytes - bytes}
    FROM trace_parts WHERE project = ${project} AND trace_id = ${traceId})`;
  return sql`${insert(traceParts, part, sql`WHERE ${isOpen} AND ${fits}`)} ON CONFLICT DO NOTHING`;
}

async function whyNotKept(db: D1Database, { part }: Arrival): Promise<Kept> {
  const { project, traceId, id } = part;
  const row = await readRow<{ open: number | null; known: number; full: number }>(
    db,
    sql`SELECT
        (SELECT due_at IS NOT NULL FROM traces WHERE project = ${project} AND id = ${traceId}) AS open,
        EXISTS (SELECT 1 FROM trace_parts
          WHERE project = ${project} AND trace_id = ${traceId} AND id = ${id}) AS known,
        (SELECT count(*) FROM traces INDEXED BY traces_due
          WHERE due_at IS NOT NULL AND project = ${project}) >= ${TRACE_LIMITS.open} AS full`,
  );
  if (row?.known) return "known";
  if (row?.open === 1) return "too_long";
  if (row?.open === 0) return "late";
  return row?.full ? "refused" : "over_bytes";
}

/** SQL: adds to the counts of a day, where the condition holds. */
function countTraces(
  project: string,
  day: string,
  counts: Readonly<Record<string, number>>,
  condition: Sql = sql`true`,
): Sql {
  return sql`${insert(traceDays, { project, day, counts }, sql`WHERE ${condition}`)}
    ON CONFLICT (project, day) DO UPDATE SET counts = (
      SELECT json_group_object(key, total) FROM (
        SELECT key, sum(value) AS total FROM (
          SELECT key, value FROM json_each(trace_days.counts)
          UNION ALL SELECT key, value FROM json_each(excluded.counts))
        GROUP BY key))`;
}

export async function addCounts(
  db: D1Database,
  project: string,
  day: string,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  await change(db, countTraces(project, day, counts));
}

/** What is counted of some days, by day. */
export async function readCounts(
  db: D1Database,
  project: string,
  days: readonly string[],
): Promise<Record<string, number>[]> {
  const rows = await findAll(
    db,
    traceDays.fields,
    sql`SELECT ${columns(traceDays.fields)} FROM trace_days
      WHERE project = ${project} AND day IN (${join(days)})`,
  );
  return days.map((day) => rows.find((row) => row.day === day)?.counts ?? {});
}

const testName = (project: string) => `traces_tested ${project}`;

/** A sender tries its settings. */
export async function noteTest(db: D1Database, project: string, now: number): Promise<void> {
  const fact = { name: testName(project), value: "", until: now };
  await change(
    db,
    sql`${insert(facts, fact)} ON CONFLICT (name) DO UPDATE SET until = excluded.until`,
  );
}

export async function testedAt(db: D1Database, project: string): Promise<number | null> {
  const row = await readRow<{ until: number }>(
    db,
    sql`SELECT until FROM facts WHERE name = ${testName(project)}`,
  );
  return row?.until ?? null;
}

export function getTrace(db: D1Database, project: string, id: string): Promise<TraceRecord | null> {
  return findOne(
    db,
    traces.fields,
    sql`SELECT ${columns(traces.fields)} FROM traces WHERE project = ${project} AND id = ${id}`,
  );
}

/** The first trace of a run; null: the run is new. */
export function getTraceOfRun(
  db: D1Database,
  project: string,
  runKey: string,
): Promise<TraceRecord | null> {
  return findOne(
    db,
    traces.fields,
    sql`SELECT ${columns(traces.fields)} FROM traces INDEXED BY traces_by_run
      WHERE project = ${project} AND run_key = ${runKey}`,
  );
}

export function listTraces(db: D1Database, project: string, limit: number): Promise<TraceRecord[]> {
  return findAll(
    db,
    traces.fields,
    sql`SELECT ${columns(traces.fields)} FROM traces INDEXED BY traces_by_time
      WHERE project = ${project} AND arrived_at > 0 ORDER BY arrived_at DESC LIMIT ${limit}`,
  );
}

const PART = omit(traceParts.fields, "project", "traceId");

/** What a trace has brought, in the order it came; `body` is null where it lies in R2. */
export function listParts(
  db: D1Database,
  project: string,
  traceId: string,
): Promise<RecordOf<typeof PART>[]> {
  return findAll(
    db,
    PART,
    sql`SELECT ${columns(PART)} FROM trace_parts
      WHERE project = ${project} AND trace_id = ${traceId} ORDER BY arrived_at, id`,
  );
}

export async function postponeTrace(
  db: D1Database,
  { project, id }: Pick<TraceRecord, "project" | "id">,
  dueAt: number,
): Promise<void> {
  await change(
    db,
    sql`UPDATE traces SET due_at = ${dueAt} WHERE project = ${project} AND id = ${id} AND due_at IS NOT NULL`,
  );
}

export interface TraceEnding {
  outcome: TraceOutcome;
  runKey: string | null;
  origin: TraceRecord["origin"];
  spans: number;
  passages: number | null;
  jobId: string | null;
}

/**
 * Ends a trace whose `parts` have been read: they go, and what became of it is written and counted, exactly once. False:
 * another part has come meanwhile, or it had ended.
 */
export async function endTrace(
  db: D1Database,
  { project, id }: Pick<TraceRecord, "project" | "id">,
  ending: TraceEnding,
  { parts, day, counts }: { parts: number; day: string; counts: Readonly<Record<string, number>> },
): Promise<boolean> {
  const { outcome, runKey, origin, spans, passages, jobId } = ending;
  const isWhole = sql`EXISTS (SELECT 1 FROM traces
      WHERE project = ${project} AND id = ${id} AND due_at IS NOT NULL)
    AND (SELECT count(*) FROM trace_parts WHERE project = ${project} AND trace_id = ${id}) = ${parts}`;
  const [, ended] = await transact(db, [
    countTraces(project, day, counts, isWhole),
    sql`UPDATE traces SET ${set(traces, { outcome, runKey, origin, spans, passages, jobId, dueAt: null })}
      WHERE project = ${project} AND id = ${id} AND ${isWhole}`,
    sql`DELETE FROM trace_parts WHERE project = ${project} AND trace_id = ${id}
      AND EXISTS (SELECT 1 FROM traces WHERE project = ${project} AND id = ${id} AND due_at IS NULL)`,
  ]);
  return hasChanged(ended);
}

/** The job that took the place of the first. */
export async function replaceJobOfTrace(
  db: D1Database,
  { project, id }: Pick<TraceRecord, "project" | "id">,
  next: { jobId: string; passages: number },
): Promise<void> {
  await change(
    db,
    sql`UPDATE traces SET ${set(traces, next)} WHERE project = ${project} AND id = ${id}`,
  );
}

/** Traces to be looked at; each that is taken is next due after a pause. */
export const dueTraces = (pauseMs: number): DueRows<Pick<TraceRecord, "project" | "id">> => ({
  table: "traces",
  column: "due_at",
  take: (db, { now, limit }) =>
    findAll(
      db,
      pick(traces.fields, "project", "id"),
      sql`UPDATE traces SET due_at = ${now + pauseMs}
        WHERE (project, id) IN (SELECT project, id FROM traces INDEXED BY traces_due
          WHERE due_at IS NOT NULL AND due_at <= ${now} ORDER BY due_at LIMIT ${limit})
        RETURNING project, id`,
    ),
  bringBack: (horizon, at) => [sql`UPDATE traces SET due_at = ${at} WHERE due_at > ${horizon}`],
});

/** Ends traces that nobody could put together for so long, and takes their texts away. */
export async function giveUpTraces(db: D1Database, before: number): Promise<void> {
  await transact(db, [
    sql`DELETE FROM trace_parts WHERE (project, trace_id) IN (
        SELECT project, id FROM traces INDEXED BY traces_due
        WHERE due_at IS NOT NULL AND arrived_at < ${before})`,
    sql`UPDATE traces SET ${set(traces, { dueAt: null, outcome: "not_understood" })}
      WHERE (project, id) IN (SELECT project, id FROM traces INDEXED BY traces_due
        WHERE due_at IS NOT NULL AND arrived_at < ${before})`,
  ]);
}

/** Deletes traces that have ended, and what was counted, from before a time. How many rows went. */
export async function forgetTraces(
  db: D1Database,
  before: number,
  beforeDay: string,
  limit: number,
): Promise<number> {
  const [gone] = await transact(db, [
    sql`DELETE FROM traces WHERE (project, id) IN (
        SELECT t.project, t.id FROM projects AS p
          CROSS JOIN traces AS t INDEXED BY traces_by_time ON t.project = p.id AND t.arrived_at < ${before}
        WHERE t.due_at IS NULL LIMIT ${limit})`,
    sql`DELETE FROM trace_days WHERE (project, day) IN (
        SELECT d.project, d.day FROM projects AS p
          CROSS JOIN trace_days AS d ON d.project = p.id AND d.day < ${beforeDay} LIMIT ${limit})`,
  ]);
  return gone?.meta.changes ?? 0;
}
