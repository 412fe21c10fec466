import type { Needs } from "../../src/scoring/judge.ts";

/** Everything a judge can be asked for but entities of the reference and criteria. */
export const ALL_NEEDS: Needs = {
  answerClaims: true,
  referenceClaims: true,
  answerAgainstPassages: true,
  referenceAgainstPassages: true,
  answerAgainstReference: true,
  referenceAgainstAnswer: true,
  answerRelevancy: true,
  passageRelevance: true,
  similarity: true,
  referenceEntities: false,
  criteria: [],
};
