import { filled, pick, type RecordOf, text } from "./fields.ts";
import { OF_JOB, sampleColumns } from "./jobs-of-run.ts";
import { ARRIVED, SCORED } from "./schema.ts";
import { sql } from "./sql.ts";
import { findAll } from "./table.ts";

const CANDIDATE = {
  ...pick(ARRIVED, "sampleId", "feedback"),
  ...pick(SCORED, "weightedScore", "cause"),
  question: filled(ARRIVED.question, ""),
  answer: filled(ARRIVED.answer, ""),
  outcomes: filled(SCORED.outcomes, {}),
};
const WITH_RUN = { ...CANDIDATE, runId: text() };

export type ReviewCandidate = RecordOf<typeof WITH_RUN>;

/** The newest are looked at: of a week with millions of answers nobody reads all. */
const MOST_JOBS = 200;
const MOST_SAMPLES = 2000;

/** Scored samples since a job, the newest jobs first. */
export function listReviewCandidates(
  db: D1Database,
  project: string,
  sinceId: string,
): Promise<ReviewCandidate[]> {
  return findAll(
    db,
    WITH_RUN,
    sql`SELECT ${sampleColumns(CANDIDATE)}, j.run_id
      FROM (SELECT ${OF_JOB} FROM jobs INDEXED BY jobs_by_status
        WHERE project = ${project} AND status = 'completed' AND id > ${sinceId} AND run_id IS NOT NULL
        ORDER BY id DESC LIMIT ${MOST_JOBS}) AS j
      CROSS JOIN samples AS s ON s.job_id = j.id
      WHERE s.status = 'completed' LIMIT ${MOST_SAMPLES}`,
  );
}
