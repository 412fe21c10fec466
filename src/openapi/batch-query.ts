import * as z from "zod";
import { ConsistencyChoice, JudgeChoice, Language, LIMITS } from "../contract.ts";
import { ROW_FORMATS } from "../intake/formats/format.ts";

/** Of an upload, as texts; intake reads them as it reads the fields of a submission. */
export const BatchQuery = z.object({
  name: z.string().max(LIMITS.nameCharacters).optional().describe("Name of the run."),
  metrics: z.string().optional().describe("For rows that name none, separated by commas."),
  judge: JudgeChoice.optional().describe("For all rows."),
  judge_model: z.string().optional().describe("Only from ALLOWED_MODELS."),
  embedding_model: z.string().optional().describe("Only from ALLOWED_MODELS."),
  fallback: z
    .enum(["offline"])
    .optional()
    .describe("`offline`: use the offline judge while the model is away."),
  consistency: ConsistencyChoice.optional().describe(
    "`doubtful`: ask the model twice where its word is doubtful; or `off`.",
  ),
  format: z
    .enum(ROW_FORMATS)
    .optional()
    .describe("Whose names the rows have, if they do not say it."),
  compat: z
    .enum(["ragas"])
    .optional()
    .describe("`ragas`: Ragas' own values where ours are corrected."),
  tags: z.string().optional().describe("Labels of the run, `name=value,…`."),
  language: Language.optional().describe("Of summary and advice."),
  callback_url: z.string().optional().describe("Receives a signed webhook at the end."),
});
