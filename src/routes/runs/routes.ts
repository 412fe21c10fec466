import * as z from "zod";
import { CreatedShare, CreateShare, ShareList } from "../../contract/access.ts";
import { Comparisons, RunMatrix } from "../../contract/comparison.ts";
import { LIMITS } from "../../contract/limits.ts";
import { RescoreRequest, RescoreResult } from "../../contract/rescore.ts";
import { ReviewedReport } from "../../contract/review.ts";
import { RunPage } from "../../contract/run.ts";
import {
  criterion,
  metric,
  oneOf,
  page,
  search,
  sessionId,
  tagOrValue,
  textOf,
  time,
} from "../../http/query-fields.ts";
import type { RouteTable } from "../../http/route.ts";
import { rule } from "../../words/issue-words.ts";
import { said } from "../../words/said.ts";

const NO_RUN = rule(said("rule_run_id"));
const runId = z.string(NO_RUN).min(1, NO_RUN);
const DownloadQuery = z.object({
  download: oneOf(["1", "0", "true", "false"])
    .transform((text) => text === "1" || text === "true")
    .optional()
    .describe("`1` saves it as a file."),
});

export const RUN_ROUTES = {
  list_runs: {
    method: "GET",
    path: "/api/runs",
    policy: { need: "read", keyInQuery: true },
    en: "List runs, newest first",
    zh: "运行列表，新的在前",
    query: z.object({
      ...page,
      tag: tagOrValue,
      session_id: sessionId.describe("The run of one session."),
      judge: textOf(LIMITS.nameCharacters)
        .optional()
        .describe("The judge or its model, as a run names it."),
      q: search.describe("Part of the name, the session or the only question."),
      singles: oneOf(["yes", "no"])
        .default("yes")
        .describe("`no`: without the runs of single calls. Default: yes."),
      from: time("of the start, included"),
      to: time("of the start, excluded"),
    }),
    answer: { status: 200, description: "A page of runs.", body: RunPage },
  },
  get_report: {
    method: "GET",
    path: "/api/runs/:run_id",
    policy: { need: "read", share: true, keyInQuery: true },
    en: "Read the report of a run",
    zh: "读取一次运行的报告",
    answer: { status: 200, description: "The report.", body: ReviewedReport },
  },
  get_artifact: {
    method: "GET",
    path: "/api/runs/:run_id/artifacts/:name",
    policy: { need: "read", share: true, keyInQuery: true },
    en: "Read an artifact: metadata.json, scores.csv, summary.md, optimization_advice.md, evidence.jsonl",
    zh: "读取文件：metadata.json、scores.csv、summary.md、optimization_advice.md、evidence.jsonl",
    headers: {
      Range: "`bytes=0-1023`: one part of the file.",
      "If-Range": "The `ETag` the part must belong to.",
      "If-None-Match": "The `ETag` the client has already.",
    },
    query: DownloadQuery,
    answer: { status: 200, description: "The artifact.", type: "application/octet-stream" },
    also: [
      {
        status: 206,
        description: "The part that `Range` asked for.",
        type: "application/octet-stream",
      },
      { status: 304, description: "Unchanged since the `ETag` that was sent." },
    ],
    problems: [416],
  },
  get_report_html: {
    method: "GET",
    path: "/api/runs/:run_id/report.html",
    policy: { need: "read", share: true, keyInQuery: true },
    en: "Read the report as one self-contained HTML file",
    zh: "读取单个独立 HTML 文件形式的报告",
    query: DownloadQuery,
    answer: { status: 200, description: "The report.", type: "text/html" },
  },
  rescore_run: {
    method: "POST",
    path: "/api/runs/:run_id/rescore",
    policy: { need: "run", audit: "run.rescored" },
    en: "Compute a run again from its stored judgements; no judge is asked",
    zh: "用保存的判断重新计算，不再调用评判模型",
    body: RescoreRequest,
    isBodyOptional: true,
    answer: { status: 200, description: "Checked: the same bytes come out.", body: RescoreResult },
    also: [{ status: 201, description: "A new run was made.", body: RescoreResult }],
    problems: [409],
  },
  compare_runs: {
    method: "GET",
    path: "/api/runs/compare",
    policy: { need: "read" },
    en: "Compare runs with a base, paired by sample, with intervals; `other` may stand several times",
    zh: "按样本配对，与基准运行比较并给出区间；`other` 可重复",
    query: z.object({
      base: runId.describe("Id of the run before."),
      other: runId.describe("Id of the run after."),
      claims: oneOf(["yes", "no"])
        .default("yes")
        .describe("`no`: without the claims that were judged otherwise, and sooner. Default: yes."),
    }),
    answer: {
      status: 200,
      description: "The comparison.",
      body: Comparisons,
    },
    problems: [404],
  },
  get_run_matrix: {
    method: "GET",
    path: "/api/runs/matrix",
    policy: { need: "read" },
    en: "Lay the same questions of several runs side by side; `other` may stand several times",
    zh: "并排查看多次运行中的同一批问题；`other` 可重复",
    query: z.object({
      base: runId.describe("Id of the run the others are compared with."),
      other: runId.describe("Id of another run."),
      metric: metric.or(criterion).optional().describe("Left out: the one that says most."),
    }),
    answer: { status: 200, description: "A row a question, a column a run.", body: RunMatrix },
    problems: [404],
  },
  list_shares: {
    method: "GET",
    path: "/api/runs/:run_id/share",
    policy: { need: "run" },
    en: "List the share links of a run",
    zh: "列出一次运行的分享链接",
    answer: { status: 200, description: "The links.", body: ShareList },
  },
  create_share: {
    method: "POST",
    path: "/api/runs/:run_id/share",
    policy: { need: "run" },
    en: "Create a read-only, expiring link to one run",
    zh: "为一次运行创建只读、会过期的链接",
    body: CreateShare,
    answer: { status: 201, description: "The link.", body: CreatedShare },
  },
  revoke_share: {
    method: "DELETE",
    path: "/api/runs/:run_id/share/:share_id",
    policy: { need: "run" },
    en: "Revoke a share link",
    zh: "撤销分享链接",
    answer: { status: 204, description: "Revoked." },
  },
} as const satisfies RouteTable;
