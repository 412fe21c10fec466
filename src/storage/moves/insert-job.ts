import type { JobRecord } from "../job-records.ts";

export interface NewSample {
  seq: number;
  sampleId: string;
  /** Calls of a session share a run, so no two of their samples may share an id. */
  sessionId: string | null;
  feedback: string | null;
  question: string;
  input: string | null;
  inputKey: string | null;
}

const INSERT_JOB = `INSERT INTO jobs (project, id, kind, status, created_at, updated_at, wake_at, question, name, tags,
  session_id, language, metrics, judge, judge_model, embedding_model, callback_url, traceparent, submitted_by,
  dedupe_key, fingerprint, total, warnings, contexts_received, contexts_parsed, fallback, origin, format)
  VALUES (?1, ?2, ?3, 'queued', ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)
  ON CONFLICT DO NOTHING`;

// A second call of a session with the same id has the id of its job behind it.
const IS_ID_TAKEN = `EXISTS (SELECT 1 FROM samples AS s INDEXED BY samples_by_session
  CROSS JOIN jobs AS j ON j.project = ?1 AND j.id = s.job_id
  WHERE s.session_id = ?8 AND s.sample_id = ?4 AND j.session_id = ?8)`;
// The sample follows only if its job was really inserted: a doubled key inserts neither.
const INSERT_SAMPLE = `INSERT INTO samples (job_id, seq, sample_id, status, question, input_key, input, session_id, feedback)
  SELECT ?2, ?3, iif(${IS_ID_TAKEN}, ?4 || '#' || ?2, ?4), 'queued', ?5, ?6, ?7, ?8, ?9
  WHERE EXISTS (SELECT 1 FROM jobs WHERE project = ?1 AND id = ?2)
  ON CONFLICT DO NOTHING`;
const MARK_CHARGED = "UPDATE jobs SET charged = 1 WHERE project = ?1 AND id = ?2";

/** The statement that writes a job row; it writes nothing when the key is taken or the row is there already. */
export function insertJob(
  db: D1Database,
  job: JobRecord,
  dedupeKey: string | null,
  wakeAt: number,
): D1PreparedStatement {
  return db
    .prepare(INSERT_JOB)
    .bind(
      job.project,
      job.id,
      job.kind,
      job.createdAt,
      wakeAt,
      job.question,
      job.name,
      JSON.stringify(job.tags),
      job.sessionId,
      job.language,
      JSON.stringify(job.metrics),
      job.judge,
      job.judgeModel,
      job.embeddingModel,
      job.callbackUrl,
      job.traceparent,
      job.submittedBy,
      dedupeKey,
      job.fingerprint,
      job.total,
      JSON.stringify(job.warnings),
      job.contextsReceived,
      job.contextsParsed,
      job.fallback,
      job.origin,
      job.format,
    );
}

/**
 * Accepts a job of one sample. False: another job holds the same dedupe key, nothing was written. `charges` are
 * written with the job; one that breaks undoes the job too.
 */
export async function insertSingleJob(
  db: D1Database,
  job: JobRecord,
  dedupeKey: string | null,
  wakeAt: number,
  sample: NewSample,
  charges: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const [inserted] = await db.batch([
    insertJob(db, job, dedupeKey, wakeAt),
    db
      .prepare(INSERT_SAMPLE)
      .bind(
        job.project,
        job.id,
        sample.seq,
        sample.sampleId,
        sample.question,
        sample.inputKey,
        sample.input,
        sample.sessionId,
        sample.feedback,
      ),
    ...charges,
    ...(charges.length > 0 ? [db.prepare(MARK_CHARGED).bind(job.project, job.id)] : []),
  ]);
  return (inserted?.meta.changes ?? 0) > 0;
}
