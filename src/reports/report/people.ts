import type { Report } from "../../contract/report.ts";
import type { PeopleReport } from "../../contract/review.ts";
import { correctMean, type Label, measureAgreement } from "../../scoring/agreement.ts";
import type { Verdict } from "../../scoring/judge.ts";

/** A person's word as the report needs it. */
export interface ReviewedItem {
  sampleId: string;
  /** Empty: the whole sample. */
  claimId: string;
  opinion: "agree" | "disagree" | "unsure";
  verdict: Verdict | null;
  claimOf: "answer" | "reference" | null;
  judged: string | null;
}

/** Which mean the labels of which claims correct: both are shares of supported claims. */
const CORRECTS = { answer: "faithfulness", reference: "context_recall" } as const;

/** How people see the run: agreement with the judge, and means corrected by their word. */
export function reportPeople(report: Report, reviews: readonly ReviewedItem[]): PeopleReport {
  const items = groupByItem(reviews);
  const claims = items.filter(([first]) => first?.claimId !== "");
  const samples = items.filter(([first]) => first?.claimId === "");
  const corrected: PeopleReport["corrected"] = {};
  for (const side of ["answer", "reference"] as const) {
    const metric = CORRECTS[side];
    const total = report.totals?.[""]?.[metric];
    if (!total) continue;
    const [n, sum, squares] = total;
    const labels = claims
      .filter(([first]) => first?.claimOf === side)
      .flatMap((item) => labelOf(item) ?? []);
    const mean = correctMean({ n, sum, squares }, labels);
    if (mean) corrected[metric] = { raw: sum / n, ...mean };
  }
  return { claims: agreementOf(claims), samples: agreementOf(samples), corrected };
}

/** How far people agree with the judge on the claims of a run. */
export function agreementOnClaims(
  reviews: readonly ReviewedItem[],
): Pick<PeopleReport["claims"], "n" | "rate" | "kappa"> | null {
  const claims = groupByItem(reviews.filter(({ claimId }) => claimId !== ""));
  if (claims.length === 0) return null;
  const { n, rate, kappa } = agreementOf(claims);
  return { n, rate, kappa };
}

type Item = readonly ReviewedItem[];

function groupByItem(reviews: readonly ReviewedItem[]): Item[] {
  const groups = new Map<string, ReviewedItem[]>();
  for (const review of reviews) {
    const key = JSON.stringify([review.sampleId, review.claimId]);
    const group = groups.get(key);
    if (group) group.push(review);
    else groups.set(key, [review]);
  }
  return [...groups.values()];
}

function agreementOf(items: readonly Item[]): PeopleReport["claims"] {
  const labels = items.flatMap((item) => labelOf(item) ?? []);
  return { ...measureAgreement(labels), unsure: items.length - labels.length };
}

/** What most of the people who were sure say; null when nobody was, or they are even. */
function labelOf(item: Item): Label | null {
  const votes = item.flatMap((review) => humanYes(review) ?? []);
  const yes = votes.filter(Boolean).length;
  const [first] = item;
  if (!first || votes.length === 0 || yes * 2 === votes.length) return null;
  return { judged: judgedYes(first), human: yes * 2 > votes.length };
}

/** Of a claim: is it supported? Of a sample: is it free of a fault? */
function judgedYes({ claimId, judged }: ReviewedItem): boolean {
  return claimId === "" ? judged === null : judged === "supported";
}

export function humanYes(review: ReviewedItem): boolean | null {
  if (review.opinion === "unsure") return null;
  if (review.claimId !== "" && review.verdict !== null) return review.verdict === "supported";
  // A claim the judge has no verdict for can be neither agreed nor disagreed with.
  if (review.claimId !== "" && review.judged === null) return null;
  return review.opinion === "agree" ? judgedYes(review) : !judgedYes(review);
}
