import type { JudgedTable } from "../../../scoring/judge.ts";

/** What the calls fill; the rest of the table is the same for every plan. */
export type Filled = Pick<
  JudgedTable,
  | "answerClaims"
  | "referenceClaims"
  | "abstained"
  | "relevance"
  | "usefulness"
  | "criteria"
  | "referenceEntities"
  | "questionSimilarities"
  | "similarity"
>;
