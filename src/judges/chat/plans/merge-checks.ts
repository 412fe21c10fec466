import type {
  Criterion,
  Judged,
  PassageCheck,
  PassageRelevance,
  PassageUsefulness,
  UsefulFor,
  Verdict,
} from "../../../scoring/judge.ts";
import type { CutText } from "../../../scoring/sample.ts";
import type { CheckInput } from "../questions/check-passages.ts";
import {
  ANSWERABILITY,
  type CheckedClaim,
  type CheckItem,
  criterionId,
  relevanceId,
  usefulnessId,
} from "../questions/read-checks.ts";
import { type Answers, pickItem } from "./ask.ts";

/** What one call was shown and what came of it. */
export interface CheckedPart {
  input: CheckInput;
  answers: Answers<CheckItem>;
}

/**
 * One claim over all portions of the passages: supported when one portion supports it, else contradicted when one
 * contradicts it. A portion without an answer fails the cell, because the missing half could change the verdict.
 */
export function mergeChecks(id: string, parts: readonly CheckedPart[]): Judged<PassageCheck> {
  const checks: CheckedClaim[] = [];
  for (const { input, answers } of parts) {
    if (!input.claims.some((claim) => claim.id === id)) continue;
    const check = pickItem(answers, id, "claim");
    if (!check.ok) return check;
    checks.push(check.value);
  }
  const verdict = strongest(checks.map((check) => check.verdict));
  const deciding = checks.filter((check) => check.verdict === verdict);
  return {
    ok: true,
    value: {
      verdict,
      evidence: verdict === "unsupported" ? [] : deciding.flatMap((check) => check.evidence),
      jointly: verdict === "supported" && deciding.every((check) => check.jointly),
      confidence: null,
    },
  };
}

/** Support anywhere wins, then contradiction. */
export function strongest(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("supported")) return "supported";
  return verdicts.includes("contradicted") ? "contradicted" : "unsupported";
}

/** Over all portions: a passage is as relevant as its best half, the question as answerable as by the best portion. */
export function mergeRelevance(
  passages: readonly CutText[],
  parts: readonly CheckedPart[],
): Judged<PassageRelevance> {
  const scores = passages.map(() => 0);
  let best = 0;
  for (const { input, answers } of parts) {
    if (!input.wantsRelevance) continue;
    for (const passage of passagesIn(input)) {
      const rated = pickItem(answers, relevanceId(passage), "relevance");
      if (!rated.ok) return rated;
      scores[passage] = Math.max(scores[passage] ?? 0, rated.value.relevance);
    }
    const said = pickItem(answers, "answerable", "answerable");
    if (!said.ok) return said;
    best = Math.max(best, ANSWERABILITY.indexOf(said.value.answerable));
  }
  return { ok: true, value: { scores, answerable: ANSWERABILITY[best] ?? "none" } };
}

/** Over all portions: a passage that was cut in two is useful when one of its halves is. */
export function mergeUsefulness(
  texts: readonly UsefulFor[],
  passageCount: number,
  parts: readonly CheckedPart[],
): Judged<PassageUsefulness> {
  const flags = new Map(texts.map((text) => [text, new Array<boolean>(passageCount).fill(false)]));
  for (const { input, answers } of parts) {
    if (!input.usefulness) continue;
    for (const passage of passagesIn(input)) {
      const rated = pickItem(answers, usefulnessId(passage), "usefulness");
      if (!rated.ok) return rated;
      for (const [text, list] of flags) list[passage] ||= rated.value.useful[text] === true;
    }
  }
  return { ok: true, value: Object.fromEntries(flags) };
}

function passagesIn({ sentences }: CheckInput): ReadonlySet<number> {
  return new Set(sentences.map(({ passage }) => passage));
}

/** Criteria are asked about in one of the calls. */
export function mergeCriteria(
  criteria: readonly Criterion[],
  parts: readonly CheckedPart[],
): Record<string, Judged<number>> {
  const part = parts.find(({ input }) => input.criteria.length > 0);
  return Object.fromEntries(
    criteria.map(({ name }, index): [string, Judged<number>] => {
      const judged = pickItem(part?.answers, criterionId(index), "criterion");
      return [name, judged.ok ? { ok: true, value: judged.value.level } : judged];
    }),
  );
}
