import { empty } from "sql-template-tag";
import { omit, type RecordOf } from "./fields.ts";
import { reviews } from "./schema.ts";
import { change, sql } from "./sql.ts";
import { columns, findAll, insert, setExcluded } from "./table.ts";

const REVIEW = omit(reviews.fields, "project", "runId");
const REVIEW_OF_RUN = omit(reviews.fields, "project");
const WORD = omit(REVIEW, "sampleId", "claimId", "reviewer");

export type ReviewRecord = RecordOf<typeof REVIEW>;

type OfRun = { project: string; runId: string };

/** A person's newest word replaces the one before. */
export async function putReview(db: D1Database, run: OfRun, review: ReviewRecord): Promise<void> {
  await change(
    db,
    sql`${insert(reviews, { ...review, ...run })}
      ON CONFLICT (project, run_id, sample_id, claim_id, reviewer) DO UPDATE SET ${setExcluded(WORD)}`,
  );
}

export async function deleteReview(
  db: D1Database,
  { project, runId }: OfRun,
  { sampleId, claimId, reviewer }: Pick<ReviewRecord, "sampleId" | "claimId" | "reviewer">,
): Promise<void> {
  await change(
    db,
    sql`DELETE FROM reviews WHERE project = ${project} AND run_id = ${runId} AND sample_id = ${sampleId}
      AND claim_id = ${claimId} AND reviewer = ${reviewer}`,
  );
}

/** Reviews of the runs from `first` to `last`, by run; of all of them together so many are read at most. */
export async function listReviewsOfRuns(
  db: D1Database,
  project: string,
  { first, last }: { first: string; last: string },
): Promise<Map<string, ReviewRecord[]>> {
  const all = await findAll(
    db,
    REVIEW_OF_RUN,
    sql`SELECT ${columns(REVIEW_OF_RUN)} FROM reviews
      WHERE project = ${project} AND run_id BETWEEN ${first} AND ${last} LIMIT 20000`,
  );
  const byRun = new Map<string, ReviewRecord[]>();
  for (const { runId, ...review } of all) {
    const ofRun = byRun.get(runId);
    if (ofRun) ofRun.push(review);
    else byRun.set(runId, [review]);
  }
  return byRun;
}

/** Reviews of a run, or of one of its samples, in the order of their claims. */
export function listReviews(
  db: D1Database,
  { project, runId }: OfRun,
  sampleId: string | null,
): Promise<ReviewRecord[]> {
  const ofSample = sampleId === null ? empty : sql`AND sample_id = ${sampleId}`;
  return findAll(
    db,
    REVIEW,
    sql`SELECT ${columns(REVIEW)} FROM reviews WHERE project = ${project} AND run_id = ${runId} ${ofSample}
      ORDER BY sample_id, claim_id, reviewer LIMIT 20000`,
  );
}
