import * as z from "zod";
import { Job } from "./job.ts";
import { Scores } from "./outcome.ts";

/** `GET /api/score/sessions/{session_id}`: the newest jobs of a session and the means over all its calls. */
export const Session = z.object({
  session_id: z.string(),
  call_count: z.number(),
  metric_means: Scores,
  /** The run of its calls, or of the batch they came in; null until the first call is scored. */
  run_id: z.string().nullable(),
  jobs: z.array(Job),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});
export type Session = z.infer<typeof Session>;
