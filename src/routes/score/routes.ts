import * as z from "zod";
import { Accepted, AcceptedImport, Job, SyncResult } from "../../contract/job.ts";
import { LIMITS } from "../../contract/limits.ts";
import { JudgeChoice, Language } from "../../contract/outcome.ts";
import { ConsistencyChoice } from "../../contract/score-request.ts";
import { Submission } from "../../contract/submission.ts";
import type { RouteTable } from "../../http/route.ts";
import { ROW_FORMATS } from "../../intake/formats/format.ts";
import { BatchFields } from "../../jobs/batch/batch-fields.ts";

/** Of an upload, as texts; intake reads them as it reads the fields of a submission. */
const BatchQuery = z.object({
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
export type DifyImport = z.infer<typeof DifyImport>;

export const SCORE_ROUTES = {
  score_async: {
    method: "POST",
    path: "/api/score/async",
    policy: { need: "submit", keyInQuery: true },
    en: "Submit an answer to be scored; returns at once",
    zh: "提交一个回答评分，立即返回",
    headers: {
      "Idempotency-Key": "The same key and payload give the same job for 24 hours.",
      Prefer: "`wait=N` (N ≤ 30) answers 200 with the finished job if it is done in time.",
    },
    lenientBody: Submission,
    answer: { status: 202, description: "Accepted; the job is stored.", body: Accepted },
    also: [{ status: 200, description: "With `Prefer`: the job, which ended in time.", body: Job }],
    problems: [409],
  },
  score_now: {
    method: "POST",
    path: "/api/score",
    policy: { need: "submit", keyInQuery: true },
    en: "Score an answer within the request",
    zh: "在本次请求内评分并返回分数",
    lenientBody: Submission,
    answer: { status: 200, description: "The scores.", body: SyncResult },
  },
  score_batch: {
    method: "POST",
    path: "/api/score/batch",
    policy: { need: "submit" },
    en: "Submit up to 50,000 samples as one file; one job, one run",
    zh: "用一个文件提交最多 50,000 个样本：一个任务，一份报告",
    headers: { "Idempotency-Key": "The same key and payload give the same job for 24 hours." },
    lenientQuery: BatchQuery,
    lenientBody: "upload",
    answer: { status: 202, description: "Accepted; the upload is stored.", body: Accepted },
    problems: [409],
  },
  import_dify: {
    method: "POST",
    path: "/api/import/dify",
    policy: { need: "run", audit: "dify.imported" },
    en: "Score what a Dify app has answered since a date; the app key is used once",
    zh: "给某个 Dify 应用自某日起的回答评分；应用密钥只用这一次",
    body: DifyImport,
    answer: { status: 202, description: "Accepted as a batch job.", body: AcceptedImport },
  },
} as const satisfies RouteTable;
