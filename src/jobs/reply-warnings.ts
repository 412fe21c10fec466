import type { JobError, Warning } from "../contract/outcome.ts";
import type { ReplyTrouble } from "../scoring/judge.ts";
import type { ScoredSample } from "../scoring/score-sample.ts";

const OTHER_MODEL = "Retry the job; if it happens again, choose another JUDGE_MODEL.";
/** By code, what to do about it. */
export const REPLY_FIXES: Readonly<Record<ReplyTrouble["code"], string>> = {
  judge_reply_unusable: OTHER_MODEL,
  judge_controls_failed: OTHER_MODEL,
  judge_refused:
    "Judge these texts with a model whose content filter lets them pass, or with the offline judge.",
  judge_call_limit: "Send shorter texts, or fewer of them in one sample.",
  judge_text_too_long: "Choose a model with a longer context, or send shorter passages.",
  embeddings_unusable: "Set EMBEDDING_MODEL to a model the endpoint has, or leave it empty.",
  judge_usage_unknown: "Nothing is to be done, unless the endpoint can be told to report usage.",
};
const MOST_SENTENCES = 3;

/** The warnings of a job without those about the replies of an earlier try. */
export function forgetReplies(warnings: readonly Warning[]): Warning[] {
  return warnings.filter(({ code }) => !Object.hasOwn(REPLY_FIXES, code));
}

/** What was wrong with the judge's replies, one warning a code. */
export function warnOfReplies(troubles: readonly ReplyTrouble[] = []): Warning[] {
  const codes = new Set(troubles.map(({ code }) => code));
  return [...codes].map((code) => {
    const messages = troubles.filter((one) => one.code === code).map(({ message }) => message);
    return { code, message: join(messages), fix: REPLY_FIXES[code] };
  });
}

/** Why a sample has no score at all though metrics were tried: such a sample has failed. null: it has one. */
export function whyNothingScored({
  outcomes,
  evidence,
  troubles = [],
}: Pick<ScoredSample, "outcomes" | "evidence" | "troubles">): JobError | null {
  const all = Object.values(outcomes);
  const [first, ...others] = all.filter(({ status }) => status === "failed");
  if (!first || all.some(({ status }) => status === "scored")) return null;
  const isOne = others.every(({ reason }) => reason === first.reason);
  const told = troubles.filter(({ code }) => code !== "judge_usage_unknown");
  const reasons = told.length > 0 ? told.map(({ message }) => message) : evidence.notes;
  return {
    code: (isOne ? first.reason : null) ?? "judge_error",
    message:
      `No metric could be scored. ${join(reasons)} ${told[0] ? REPLY_FIXES[told[0].code] : ""}`.trim(),
  };
}

function join(sentences: readonly string[]): string {
  const different = [...new Set(sentences)];
  const more = different.length - MOST_SENTENCES;
  const shown = different.slice(0, MOST_SENTENCES).join(" ");
  return more > 0 ? `${shown} (and ${more} more)` : shown;
}
