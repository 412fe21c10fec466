import type { Opinion } from "../contract-insight.ts";
import type { Verdict } from "../scoring/judge.ts";

export interface ReviewRecord {
  sampleId: string;
  /** Empty: the whole sample. */
  claimId: string;
  reviewer: string;
  opinion: Opinion;
  verdict: Verdict | null;
  claimOf: "answer" | "reference" | null;
  /** What the judge said: a verdict, or the sample's cause; null: no verdict, no cause. */
  judged: string | null;
  note: string | null;
  reviewedAt: number;
}

interface ReviewRow {
  sample_id: string;
  claim_id: string;
  reviewer: string;
  opinion: Opinion;
  verdict: Verdict | null;
  claim_of: "answer" | "reference" | null;
  judged: string | null;
  note: string | null;
  reviewed_at: number;
}

const COLUMNS =
  "sample_id, claim_id, reviewer, opinion, verdict, claim_of, judged, note, reviewed_at";

function toReviewRecord(row: ReviewRow): ReviewRecord {
  return {
    sampleId: row.sample_id,
    claimId: row.claim_id,
    reviewer: row.reviewer,
    opinion: row.opinion,
    verdict: row.verdict,
    claimOf: row.claim_of,
    judged: row.judged,
    note: row.note,
    reviewedAt: row.reviewed_at,
  };
}

const PUT = `INSERT INTO reviews (project, run_id, ${COLUMNS})
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
  ON CONFLICT (project, run_id, sample_id, claim_id, reviewer) DO UPDATE SET opinion = excluded.opinion,
    verdict = excluded.verdict, claim_of = excluded.claim_of, judged = excluded.judged, note = excluded.note,
    reviewed_at = excluded.reviewed_at`;

/** A person's newest word replaces the one before. */
export async function putReview(
  db: D1Database,
  run: { project: string; runId: string },
  review: ReviewRecord,
): Promise<void> {
  await db
    .prepare(PUT)
    .bind(
      run.project,
      run.runId,
      review.sampleId,
      review.claimId,
      review.reviewer,
      review.opinion,
      review.verdict,
      review.claimOf,
      review.judged,
      review.note,
      review.reviewedAt,
    )
    .run();
}

export async function deleteReview(
  db: D1Database,
  run: { project: string; runId: string },
  review: { sampleId: string; claimId: string; reviewer: string },
): Promise<void> {
  await db
    .prepare(
      `DELETE FROM reviews WHERE project = ?1 AND run_id = ?2 AND sample_id = ?3 AND claim_id = ?4
         AND reviewer = ?5`,
    )
    .bind(run.project, run.runId, review.sampleId, review.claimId, review.reviewer)
    .run();
}

/** Reviews of the runs from `first` to `last`, by run; of all of them together so many are read at most. */
export async function listReviewsOfRuns(
  db: D1Database,
  project: string,
  { first, last }: { first: string; last: string },
): Promise<Map<string, ReviewRecord[]>> {
  const { results } = await db
    .prepare(
      `SELECT run_id, ${COLUMNS} FROM reviews
       WHERE project = ?1 AND run_id BETWEEN ?2 AND ?3 LIMIT 20000`,
    )
    .bind(project, first, last)
    .all<ReviewRow & { run_id: string }>();
  const byRun = new Map<string, ReviewRecord[]>();
  for (const row of results) {
    const reviews = byRun.get(row.run_id);
    if (reviews) reviews.push(toReviewRecord(row));
    else byRun.set(row.run_id, [toReviewRecord(row)]);
  }
  return byRun;
}

/** Reviews of a run, or of one of its samples, in the order of their claims. */
export async function listReviews(
  db: D1Database,
  run: { project: string; runId: string },
  sampleId: string | null,
): Promise<ReviewRecord[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM reviews WHERE project = ?1 AND run_id = ?2 AND (?3 IS NULL OR sample_id = ?3)
       ORDER BY sample_id, claim_id, reviewer LIMIT 20000`,
    )
    .bind(run.project, run.runId, sampleId)
    .all<ReviewRow>();
  return results.map(toReviewRecord);
}
