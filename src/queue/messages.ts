import * as z from "zod";

/**
 * A wake-up: ids only, under 1 KB. `score` asks for samples `from`..`to` of a job, `sweep` looks for work that
 * was lost. Nothing depends on a message arriving once, in order, or at all.
 */
export const WakeUp = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("score"),
    project: z.string(),
    id: z.string(),
    from: z.number().int(),
    to: z.number().int(),
  }),
  z.object({ kind: z.literal("sweep") }),
]);
export type WakeUp = z.infer<typeof WakeUp>;
