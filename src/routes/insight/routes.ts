import * as z from "zod";
import {
  Alert,
  AlertList,
  Comparison,
  CreateAlert,
  GateRequest,
  GateResult,
  RescoreRequest,
  RescoreResult,
  ReviewList,
  ReviewRequest,
  Trend,
} from "../../contract-insight.ts";
import { INSIGHT_LIMITS } from "../../contract-limits.ts";
import { CRITERION_PREFIX } from "../../criterion-metric.ts";
import { criterion, metric, tag, wholeNumber } from "../../http/query-fields.ts";
import type { RouteTable } from "../../http/route.ts";

const NO_RUN = "must be the id of a run";
const runId = z.string(NO_RUN).min(1, NO_RUN);
const metricOrCriterion = z.union(
  [metric, criterion],
  `must be the name of a metric or ${CRITERION_PREFIX}<name>; see GET /api/metrics`,
);
const { trendDays } = INSIGHT_LIMITS;
const daysError = `must be a whole number from 1 to ${trendDays}`;
const DEFAULT_DAYS = 30;

export const INSIGHT_ROUTES = {
  rescore_run: {
    method: "POST",
    path: "/api/runs/:run_id/rescore",
    policy: { need: "run", audit: "run.rescored" },
    tag: "runs",
    summary: {
      en: "Compute a run again from its stored judgements; no judge is asked",
      zh: "用保存的判断重新计算，不再调用评判模型",
    },
    body: RescoreRequest,
    isBodyOptional: true,
    answer: { status: 200, description: "Checked: the same bytes come out.", body: RescoreResult },
    also: [{ status: 201, description: "A new run was made.", body: RescoreResult }],
    problems: [409],
  },
  list_reviews: {
    method: "GET",
    path: "/api/runs/:run_id/samples/:sample_id/reviews",
    policy: { need: "read" },
    tag: "runs",
    summary: {
      en: "Read what people said of a sample and its claims",
      zh: "读取人工对样本及其论断的意见",
    },
    answer: { status: 200, description: "All reviews.", body: ReviewList },
  },
  put_review: {
    method: "PUT",
    path: "/api/runs/:run_id/samples/:sample_id/reviews",
    policy: { need: "run" },
    tag: "runs",
    summary: {
      en: "Agree or disagree with the judge on a claim or a sample",
      zh: "对某个论断或样本，同意或不同意评判",
    },
    body: ReviewRequest,
    answer: { status: 200, description: "All reviews of the sample.", body: ReviewList },
  },
  compare_runs: {
    method: "GET",
    path: "/api/runs/compare",
    policy: { need: "read" },
    tag: "runs",
    summary: {
      en: "Compare two runs, paired by sample, with intervals",
      zh: "按样本配对比较两次运行，给出区间",
    },
    query: z.object({
      base: runId.describe("Id of the run before."),
      other: runId.describe("Id of the run after."),
    }),
    answer: { status: 200, description: "The comparison.", body: Comparison },
    problems: [404],
  },
  check_gate: {
    method: "POST",
    path: "/api/gate",
    policy: { need: "run", keyInQuery: true },
    tag: "runs",
    summary: {
      en: "May this run or answer pass? pass, fail or inconclusive, with reasons",
      zh: "这次运行或回答能否放行？通过、不通过或证据不足，并说明理由",
    },
    headers: {
      Prefer: "`wait=N` (N ≤ 30) waits for the end of the job; then 202 when it is not done.",
    },
    lenientBody: GateRequest,
    answer: { status: 200, description: "The verdict.", body: GateResult },
    also: [
      {
        status: 202,
        description: "With `Prefer`, or for a job: it has not ended; ask again.",
        body: GateResult,
      },
    ],
    problems: [404],
  },
  get_trend: {
    method: "GET",
    path: "/api/trends",
    policy: { need: "read" },
    tag: "runs",
    summary: { en: "Daily means of a metric with intervals", zh: "某个指标的每日均值与区间" },
    query: z.object({
      metric: metricOrCriterion.describe("A metric or a criterion."),
      days: wholeNumber(daysError)
        .max(trendDays, daysError)
        .default(DEFAULT_DAYS)
        .describe(`1 to ${trendDays}; default ${DEFAULT_DAYS}.`),
      tag: tag(/^[^=]+=./, "`name=value`").describe("`name=value`; default: all samples."),
    }),
    answer: { status: 200, description: "The days that have samples.", body: Trend },
  },
  list_alerts: {
    method: "GET",
    path: "/api/alerts",
    policy: { need: "read" },
    tag: "runs",
    summary: { en: "List alert rules with their state", zh: "列出告警规则及其状态" },
    answer: { status: 200, description: "All rules of the project.", body: AlertList },
  },
  create_alert: {
    method: "POST",
    path: "/api/alerts",
    policy: { need: "run", audit: "alert.created" },
    tag: "runs",
    summary: {
      en: "Be told once when a mean is proven to be beyond a line, and once when it is back",
      zh: "均值确实越过界线时通知一次，恢复时再通知一次",
    },
    body: CreateAlert,
    answer: { status: 201, description: "The rule.", body: Alert },
    problems: [409],
  },
  delete_alert: {
    method: "DELETE",
    path: "/api/alerts/:alert_id",
    policy: { need: "run", audit: "alert.deleted" },
    tag: "runs",
    summary: { en: "Remove an alert rule", zh: "删除告警规则" },
    answer: { status: 204, description: "Removed." },
  },
} as const satisfies RouteTable;
