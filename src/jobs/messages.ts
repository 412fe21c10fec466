import * as z from "zod";

const ids = { project: z.string(), id: z.string() };

/**
 * A wake-up: ids only, under 1 KB. Nothing depends on one arriving once, in order, or at all.
 * - `score`: samples `from`..`to` of a single job
 * - `plan`: whatever a batch needs next: take its upload apart, wake its chunks, have its report made
 * - `chunk`: one chunk of a batch
 * - `ask`: the next questions to an app (`tgt_…`)
 * - `settle`: whether an experiment is over
 * - `schedule`: start an experiment
 * - `report`: the report of a batch (`job_…`) or of a session (`run_…`)
 * - `deliver`: one webhook
 * - `tell`: what a channel has to say
 * - `trace`: spans of one run of an app
 * - `alerts`: the alert rules of a project
 * - `sweep`: look for what is due
 * - `forget`: delete more of what is too old
 */
export const WakeUp = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("score"), ...ids, from: z.number().int(), to: z.number().int() }),
  z.object({ kind: z.literal("plan"), ...ids }),
  z.object({ kind: z.literal("chunk"), ...ids, n: z.number().int() }),
  z.object({ kind: z.literal("ask"), ...ids }),
  z.object({ kind: z.literal("settle"), ...ids }),
  z.object({ kind: z.literal("schedule"), ...ids }),
  z.object({ kind: z.literal("report"), ...ids }),
  z.object({ kind: z.literal("deliver"), ...ids }),
  z.object({ kind: z.literal("tell"), ...ids }),
  z.object({ kind: z.literal("trace"), ...ids }),
  z.object({ kind: z.literal("alerts"), project: z.string() }),
  z.object({ kind: z.literal("sweep") }),
  z.object({ kind: z.literal("forget") }),
]);
export type WakeUp = z.infer<typeof WakeUp>;
