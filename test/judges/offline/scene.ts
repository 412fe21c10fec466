import { createOfflineJudge } from "../../../src/judges/offline/offline-judge.ts";
import { cutSample } from "../../../src/scoring/cut-text.ts";
import type { JudgedClaim, JudgedTable, PassageCheck } from "../../../src/scoring/judge.ts";
import { ALL_NEEDS } from "../all-needs.ts";

export interface Told {
  question?: string;
  answer: string;
  passages?: string[];
  reference?: string | null;
}

export function fill({
  question = "?",
  answer,
  passages = [],
  reference = null,
}: Told): Promise<JudgedTable> {
  const cut = cutSample({
    question,
    answer,
    passages,
    reference,
    referencePassages: null,
    retrievedIds: null,
    referenceIds: null,
  });
  return createOfflineJudge().fill(cut, { ...ALL_NEEDS, referenceEntities: true });
}

export function answerClaims(table: JudgedTable): JudgedClaim[] {
  if (!table.answerClaims?.ok) throw new Error("the offline judge always splits the answer");
  return table.answerClaims.value;
}

export function checks(table: JudgedTable): PassageCheck[] {
  return answerClaims(table).map(({ passages }) => {
    if (!passages?.ok) throw new Error("the offline judge always checks a claim");
    return passages.value;
  });
}

/** The one check of a one-sentence answer. */
export async function check(answer: string, ...passages: string[]): Promise<PassageCheck> {
  const [only] = checks(await fill({ answer, passages }));
  if (!only) throw new Error("no claim");
  return only;
}
