import { actorOf } from "../../access/audit.ts";
import { utcDay } from "../../access/quota.ts";
import type { Review, ReviewList } from "../../contract/review.ts";
import { AppError } from "../../errors.ts";
import type { Http } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { idBound } from "../../jobs/ids.ts";
import { buildReviewQueue } from "../../reports/report/review-queue.ts";
import type { Evidence } from "../../scoring/evidence.ts";
import { getEvidenceText } from "../../storage/artifacts.ts";
import { listReviewCandidates } from "../../storage/review-candidates.ts";
import {
  deleteReview,
  listReviews,
  listReviewsOfRuns,
  putReview,
  type ReviewRecord,
} from "../../storage/reviews.ts";
import { getSample } from "../../storage/samples.ts";
import { said } from "../../words/said.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { SAMPLE_ROUTES } from "./routes.ts";

const LOOKED_BACK_MS = 7 * 24 * 60 * 60 * 1000;

export const REVIEW_HANDLERS = {
  async get_review_queue(http) {
    const { db, now } = http.get("jobs");
    const { project } = http.get("caller");
    const since = idBound("job", now() - LOOKED_BACK_MS);
    const candidates = await listReviewCandidates(db, project, since);
    const ids = candidates.map(({ runId }) => runId).sort();
    const range = { first: ids.at(0) ?? "", last: ids.at(-1) ?? "" };
    const byRun = await listReviewsOfRuns(db, project, range);
    const reviews = [...byRun].flatMap(([runId, words]) =>
      words.map((word) => ({ ...word, runId })),
    );
    const self = actorOf(http.get("caller"));
    return buildReviewQueue(candidates, reviews, { week: mondayOf(now()), self });
  },

  /** The caller's word; answers with all reviews of the sample. */
  async put_review(http, { params, body: wish }) {
    const { db, now } = http.get("jobs");
    const caller = http.get("caller");
    const place = placeOf(http, params);
    const judged = await findJudged(http, place, wish.claim_id);
    const reviewer = actorOf(caller);
    const claimId = wish.claim_id ?? "";
    if (wish.opinion === null) {
      await deleteReview(db, place, { sampleId: place.sampleId, claimId, reviewer });
    } else {
      const { opinion, verdict, note } = wish;
      const review = { sampleId: place.sampleId, claimId, reviewer, opinion, verdict, note };
      await putReview(db, place, { ...review, ...judged, reviewedAt: now() });
    }
    return viewReviews(http, place);
  },

  async list_reviews(http, { params }) {
    const place = placeOf(http, params);
    await findJudged(http, place, null);
    return viewReviews(http, place);
  },
} satisfies Partial<Handlers<typeof SAMPLE_ROUTES>>;

/** YYYY-MM-DD in UTC. */
function mondayOf(atMs: number): string {
  const day = new Date(atMs);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return utcDay(day.getTime());
}

interface Place {
  project: string;
  runId: string;
  sampleId: string;
}

function placeOf(http: Http, params: { run_id: string; sample_id: string }): Place {
  const { run_id: runId, sample_id: sampleId } = params;
  return { project: http.get("caller").project, runId, sampleId };
}

/** What the judge says of the claim or sample now, so that a later rescore does not turn the word around. */
async function findJudged(
  http: Http,
  { project, runId: id, sampleId }: Place,
  claimId: string | null,
): Promise<Pick<ReviewRecord, "claimOf" | "judged">> {
  const { db, bucket } = http.get("jobs");
  const found = await getSample(db, { project, id }, sampleId);
  if (!found) {
    throw new AppError(said("not_found.sample", { id: sampleId.slice(0, 100) }));
  }
  if (claimId === null) return { claimOf: null, judged: found.row.cause };
  const text =
    found.evidence && (await getEvidenceText(bucket, found.evidence.key, found.evidence));
  const evidence = text === null ? null : (JSON.parse(text) as Evidence);
  const claim = evidence?.claims.find(({ id }) => id === claimId);
  if (claim) return { claimOf: claim.of, judged: claim.verdict };
  throw new AppError(said("invalid_request.no_claim", { id: claimId.slice(0, 40) }), {
    errors: [{ pointer: "#/claim_id", detail: said("no_such_claim") }],
  });
}

async function viewReviews(http: Http, place: Place): Promise<ReviewList> {
  const reviews = await listReviews(http.get("jobs").db, place, place.sampleId);
  const self = actorOf(http.get("caller"));
  return { reviews: reviews.map((review) => viewReview(review, self)) };
}

function viewReview(review: ReviewRecord, self: string): Review {
  return {
    claim_id: review.claimId || null,
    opinion: review.opinion,
    verdict: review.verdict,
    note: review.note,
    reviewer: review.reviewer,
    mine: review.reviewer === self,
    reviewed_at: isoTime(review.reviewedAt),
  };
}
