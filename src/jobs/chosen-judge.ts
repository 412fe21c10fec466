import type { JudgeChoice, Usage } from "../contract/outcome.ts";
import type { ConsistencyChoice, ScoreRequest } from "../contract/score-request.ts";
import type { EngineerBrief } from "../reports/text/engineer-brief.ts";
import type { Judge } from "../scoring/judge.ts";
import type { JudgeKind } from "../scoring/outcome.ts";

export interface JudgeRequest {
  /** Whose memory of judgements is used. */
  project: string;
  judge: JudgeChoice | null;
  judgeModel: string | null;
  embeddingModel: string | null;
  /** Ask twice where its word is doubtful; absent or null: as the settings say. */
  consistency?: ConsistencyChoice | null;
  /** Judge answers repeat what was judged, so those of a project that keeps no texts are not remembered. */
  keepsNoTexts?: boolean;
}

export interface ChosenJudge {
  judge: Judge;
  /** As shown to people. */
  kind: JudgeKind;
  model: string | null;
  /** Where the model is asked, without path; null: no model is. */
  endpoint: string | null;
  embeddingModel: string | null;
  versions: Record<string, string>;
  /** Puts advice into an engineer's words; only where a model judges. */
  writeAdvice?: (brief: EngineerBrief) => Promise<{ reply: unknown; usage: Usage }>;
}

/** What a request, or a batch for all of its rows, asks of its judge. */
export function judgeAskedBy(
  project: string,
  wish: Pick<ScoreRequest, "judge" | "judge_model" | "embedding_model"> & {
    consistency?: ScoreRequest["consistency"];
  },
): JudgeRequest {
  return {
    project,
    judge: wish.judge,
    judgeModel: wish.judge_model,
    embeddingModel: wish.embedding_model,
    consistency: wish.consistency ?? null,
  };
}
