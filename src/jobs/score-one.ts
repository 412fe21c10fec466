import { maskTexts } from "../access/mask-texts.ts";
import type { ScoreRequest } from "../contract/score-request.ts";
import { scoringOptions } from "../intake/scoring-options.ts";
import { toSample } from "../intake/to-sample.ts";
import type { Evidence } from "../scoring/evidence.ts";
import { CLAIM_BYTES_PER_TEXT, CLAIMS_PER_TEXT, JudgeUnavailable } from "../scoring/judge.ts";
import { type ScoredSample, scoreSample } from "../scoring/score-sample.ts";
import { noteJudgeFailure } from "../storage/breaker.ts";
import { type Failure, type SaidWarning, said } from "../words/said.ts";
import { type ChosenJudge, judgeAskedBy } from "./chosen-judge.ts";
import type { JobContext } from "./context.ts";
import { letOthersIn } from "./let-others-in.ts";
import { warnOfReplies, whyNothingScored } from "./reply-warnings.ts";
import { restOf } from "./retry-policy.ts";

export interface ScoredOne {
  result: ScoredSample;
  chosen: ChosenJudge;
  warnings: SaidWarning[];
  /** Why no metric could be scored; null: one was, or none applies. */
  failure: Failure | null;
  /** Milliseconds since 1970. */
  startMs: number;
  endMs: number;
}

/**
 * Scores one request with the judge it asks for; with the offline judge instead where the request allows it and the
 * model is away (`isPaused`: known before asking). Texts a project may not keep are dots in the result.
 */
export async function scoreOne(
  context: JobContext,
  request: ScoreRequest,
  sample: {
    project: string;
    id: string;
    metrics: readonly string[];
    fallback: "offline" | null;
  },
  isPaused: boolean,
  signal: AbortSignal,
): Promise<ScoredOne> {
  const keepsNoTexts = request.store_text === false;
  const asked = { ...judgeAskedBy(sample.project, request), keepsNoTexts };
  const score = async (chosen: ChosenJudge, warnings: SaidWarning[]): Promise<ScoredOne> => {
    const startMs = context.now();
    const scored = await scoreSample(toSample(request), {
      id: sample.id,
      metrics: sample.metrics,
      judge: chosen.judge,
      ...scoringOptions(request),
      signal,
      pause: letOthersIn,
    });
    const result = keepsNoTexts ? { ...scored, evidence: maskTexts(scored.evidence) } : scored;
    const all = [
      ...warnings,
      ...warnOfReplies(scored.troubles),
      ...warnOfUnchecked(scored.evidence),
    ];
    const failure = whyNothingScored(scored);
    return { result, chosen, warnings: all, failure, startMs, endMs: context.now() };
  };
  const scoreOffline = async () =>
    score(await context.chooseJudge({ ...asked, judge: "offline" }), [said("judge_fallback")]);
  const chosen = await context.chooseJudge(asked);
  const mayFallBack = chosen.kind !== "offline" && sample.fallback === "offline";
  if (mayFallBack && isPaused) return scoreOffline();
  try {
    return await score(chosen, []);
  } catch (error) {
    const isAway = error instanceof JudgeUnavailable && error.isRetryable;
    if (!isAway || !mayFallBack || signal.aborted) throw error;
    await noteJudgeFailure(context.db, context.now(), error.said, 1, restOf(error));
    return scoreOffline();
  }
}

/** What stands behind the bound was counted, not judged; nobody is to take the numbers for those of the whole text. */
function warnOfUnchecked({ unchecked }: Pick<Evidence, "unchecked">): SaidWarning[] {
  return (["answer", "reference"] as const).flatMap((side) => {
    const count = unchecked?.[side] ?? 0;
    if (count === 0) return [];
    return [
      said("claims_unchecked", {
        side: said(`side_${side}`),
        claims: CLAIMS_PER_TEXT,
        bytes: CLAIM_BYTES_PER_TEXT,
        count,
      }),
    ];
  });
}
