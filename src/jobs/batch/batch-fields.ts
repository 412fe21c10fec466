import * as z from "zod";
import { ScoreRequest } from "../../contract/score-request.ts";

/** What may be said of a batch as a whole: fields of a request, under their usual names and limits. */
export const BatchFields = z.object({
  name: ScoreRequest.shape.name,
  tags: ScoreRequest.shape.tags,
  callback_url: ScoreRequest.shape.callback_url,
  metrics: ScoreRequest.shape.metrics,
  judge: ScoreRequest.shape.judge,
  judge_model: ScoreRequest.shape.judge_model,
  embedding_model: ScoreRequest.shape.embedding_model,
  compat: ScoreRequest.shape.compat,
  fallback: ScoreRequest.shape.fallback,
  consistency: ScoreRequest.shape.consistency,
  language: ScoreRequest.shape.language,
});
export type BatchFields = z.infer<typeof BatchFields>;
