import type { Outcomes } from "../../contract/outcome.ts";
import { type ReviewQueue, ReviewReason } from "../../contract/review.ts";
import { measureAgreement } from "../../scoring/agreement.ts";
import type { Outcome } from "../../scoring/outcome.ts";
import { agreementOnClaims, humanYes, type ReviewedItem } from "./people.ts";

export interface Candidate {
  runId: string;
  sampleId: string;
  question: string;
  answer: string;
  weightedScore: number | null;
  cause: string | null;
  feedback: "like" | "dislike" | null;
  outcomes: Outcomes;
}

export type NamedReview = ReviewedItem & { runId: string; reviewer: string };

/** Drawn anew each week, the same for everybody. */
const DRAWN_A_WEEK = 20;
const MOST_ITEMS = 100;
/** Two askings of the judge so far apart are two opinions. */
const APART = 0.1;
/** Judges of two kinds differ a little everywhere; so far apart one of them is wrong. */
const JUDGES_APART = 0.4;

/** What is most worth a human look, why, how far people are, and whether they agree. */
export function buildReviewQueue(
  candidates: readonly Candidate[],
  reviews: readonly NamedReview[],
  { week, self }: { week: string; self: string },
): ReviewQueue {
  const drawn = draw(candidates, week);
  const contested = findContested(candidates);
  const reviewers = new Map<string, Set<string>>();
  for (const review of reviews) {
    const key = keyOf(review);
    reviewers.set(key, (reviewers.get(key) ?? new Set()).add(review.reviewer));
  }
  const items = candidates
    .flatMap((candidate) => {
      const reason = reasonOf(candidate, drawn, contested);
      return reason === null ? [] : [{ candidate, reason }];
    })
    .map(({ candidate, reason }) => ({
      run_id: candidate.runId,
      sample_id: candidate.sampleId,
      question: candidate.question,
      answer: candidate.answer,
      cause: candidate.cause,
      weighted_score: candidate.weightedScore,
      reason,
      reviewed_by: [...(reviewers.get(keyOf(candidate)) ?? [])].sort(),
    }));
  const open = items.filter((item) => !item.reviewed_by.includes(self));
  const counted = new Map<string, number>();
  for (const names of reviewers.values()) {
    for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1);
  }
  return {
    week,
    items: open
      .toSorted((a, b) => REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason))
      .slice(0, MOST_ITEMS),
    progress: {
      mine: items.length - open.length,
      anybody: items.filter((item) => item.reviewed_by.length > 0).length,
      total: items.length,
    },
    people: [...counted]
      .map(([reviewer, samples]) => ({ reviewer, samples }))
      .sort((a, b) => b.samples - a.samples || a.reviewer.localeCompare(b.reviewer)),
    with_judge: agreementOnClaims(reviews),
    between_people: betweenPeople(reviews),
  };
}

const REASONS = ReviewReason.options;

function reasonOf(
  candidate: Candidate,
  drawn: ReadonlySet<string>,
  contested: ReadonlySet<Candidate>,
): ReviewReason | null {
  const outcomes = Object.values(candidate.outcomes);
  if (candidate.feedback === "dislike") return "disliked";
  if (contested.has(candidate)) return "judges_differ";
  // With a coverage the interval says what could not be judged, not what was said otherwise.
  const isApart = ({ interval, coverage }: Outcome) =>
    interval !== undefined && coverage === undefined && interval[1] - interval[0] > APART;
  if (outcomes.some(isApart)) return "judged_twice";
  if (outcomes.some(({ value, confidence }) => value !== null && confidence === "low")) {
    return "low_confidence";
  }
  return drawn.has(keyOf(candidate)) ? "drawn" : null;
}

/** Of every answer that judges of two kinds saw otherwise, where it was scored last. */
function findContested(candidates: readonly Candidate[]): ReadonlySet<Candidate> {
  const newest = new Map<string, Candidate>();
  const contested = new Set<Candidate>();
  for (const candidate of candidates) {
    const key = JSON.stringify([candidate.question, candidate.answer]);
    const known = newest.get(key);
    if (known === undefined) newest.set(key, candidate);
    else if (doJudgesDiffer(known.outcomes, candidate.outcomes)) contested.add(known);
  }
  return contested;
}

function doJudgesDiffer(some: Outcomes, others: Outcomes): boolean {
  return Object.entries(some).some(([metric, { value, method }]) => {
    const other = others[metric];
    if (value === null || other?.value == null || method === other.method) return false;
    return Math.abs(value - other.value) > JUDGES_APART;
  });
}

const keyOf = ({ runId, sampleId }: { runId: string; sampleId: string }) =>
  JSON.stringify([runId, sampleId]);

function draw(candidates: readonly Candidate[], week: string): ReadonlySet<string> {
  return new Set(
    candidates
      .map(keyOf)
      .map((key) => ({ key, at: hash(`${week} ${key}`) }))
      .sort((a, b) => a.at - b.at)
      .slice(0, DRAWN_A_WEEK)
      .map(({ key }) => key),
  );
}

/** FNV-1a: any even draw will do, as long as it is the same for everybody. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return state;
}

/** Every two words of different people on the same thing. */
function betweenPeople(reviews: readonly NamedReview[]): ReviewQueue["between_people"] {
  const said = new Map<string, boolean[]>();
  for (const review of reviews) {
    const yes = humanYes(review);
    if (yes === null) continue;
    const key = JSON.stringify([review.runId, review.sampleId, review.claimId]);
    said.set(key, [...(said.get(key) ?? []), yes]);
  }
  const labels = [...said.values()].flatMap((words) =>
    words.slice(1).map((human, at) => ({ judged: words[at] === true, human })),
  );
  if (labels.length === 0) return null;
  const { n, rate, kappa } = measureAgreement(labels);
  return { n, rate, kappa };
}
