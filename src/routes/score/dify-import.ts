import * as z from "zod";
import { BatchFields } from "../../jobs/batch/batch-fields.ts";

/** `POST /api/import/dify`. */
export const DifyImport = z.object({
  base_url: z
    .string()
    .max(500)
    .default("https://api.dify.ai/v1")
    .describe("The API address of your Dify."),
  app_key: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe("The key of the app, `app-…`; used for this import and kept nowhere."),
  users: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(50)
    .describe("Whose messages, as your app names its users: Dify lists them by user."),
  since: z.iso.datetime({ offset: true }).or(z.iso.date()).describe("A date or time, included."),
  name: BatchFields.shape.name,
  metrics: BatchFields.shape.metrics,
});
