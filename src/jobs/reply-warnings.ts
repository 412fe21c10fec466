import type { ReplyTrouble } from "../scoring/judge.ts";
import type { ScoredSample } from "../scoring/score-sample.ts";
import { type Failure, type Parameter, type SaidWarning, said } from "../words/said.ts";
import { REPLY_WARNINGS } from "../words/scoring-warnings.ts";

const MOST_SENTENCES = 3;

/** The warnings of a job without those about the replies of an earlier try. */
export function forgetReplies(warnings: readonly SaidWarning[]): SaidWarning[] {
  return warnings.filter(({ code }) => !Object.hasOwn(REPLY_WARNINGS, code));
}

/** What was wrong with the judge's replies, one warning a code. */
export function warnOfReplies(troubles: readonly ReplyTrouble[] = []): SaidWarning[] {
  const codes = new Set(troubles.map(({ code }) => code));
  return [...codes].map((code) => {
    const reasons = troubles.filter((one) => one.code === code).map(({ message }) => message);
    return said(code, cut(reasons));
  });
}

/** Why a sample has no score at all though metrics were tried: such a sample has failed. null: it has one. */
export function whyNothingScored({
  outcomes,
  evidence,
  troubles = [],
}: Pick<ScoredSample, "outcomes" | "evidence" | "troubles">): Failure | null {
  const all = Object.values(outcomes);
  const [first, ...others] = all.filter(({ status }) => status === "failed");
  if (!first || all.some(({ status }) => status === "scored")) return null;
  const isOne = others.every(({ reason }) => reason === first.reason);
  const told = troubles.filter(({ code }) => code !== "judge_usage_unknown");
  const { reasons, more } = cut(
    told.length > 0 ? told.map(({ message }) => message) : evidence.notes,
  );
  const fix = told[0] ? said("and_then", { sentence: REPLY_WARNINGS[told[0].code].fix }) : "";
  return {
    code: (isOne ? first.reason : null) ?? "judge_error",
    message: said("nothing_scored", {
      reasons: reasons.length > 0 ? said("and_then", { sentence: reasons }) : "",
      more,
      fix,
    }),
  };
}

/** The first of the sentences, each once, and how many others there are. */
function cut(sentences: readonly Parameter[]) {
  const different = [...new Map(sentences.map((one) => [JSON.stringify(one), one])).values()];
  const count = different.length - MOST_SENTENCES;
  return {
    reasons: different.slice(0, MOST_SENTENCES),
    more: count > 0 ? said("and_more", { count }) : "",
  };
}
