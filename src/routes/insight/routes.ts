import * as z from "zod";
import { Alert, AlertList, CreateAlert } from "../../contract/alert.ts";
import { GateRequest, GateResult } from "../../contract/gate.ts";
import { INSIGHT_LIMITS } from "../../contract/limits.ts";
import { Trend } from "../../contract/trend.ts";
import { criterion, metric, tag, wholeNumber } from "../../http/query-fields.ts";
import type { RouteTable } from "../../http/route.ts";
import { rule } from "../../words/issue-words.ts";
import { said } from "../../words/said.ts";

const metricOrCriterion = z.union([metric, criterion], rule(said("rule_metric_or_criterion")));
const { trendDays } = INSIGHT_LIMITS;
const DEFAULT_DAYS = 30;

export const INSIGHT_ROUTES = {
  check_gate: {
    method: "POST",
    path: "/api/gate",
    policy: { need: "run", keyInQuery: true },
    en: "May this run or answer pass? pass, fail or inconclusive, with reasons",
    zh: "这次运行或回答能否放行？通过、不通过或证据不足，并说明理由",
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
    en: "Daily means of a metric with intervals",
    zh: "某个指标的每日均值与区间",
    query: z.object({
      metric: metricOrCriterion.describe("A metric or a criterion."),
      days: wholeNumber(trendDays)
        .max(trendDays, rule(said("rule_whole_number", { limit: trendDays })))
        .default(DEFAULT_DAYS)
        .describe(`1 to ${trendDays}; default ${DEFAULT_DAYS}.`),
      tag: tag(/^[^=]+=./, "rule_tag_value").describe("`name=value`; default: all samples."),
    }),
    answer: { status: 200, description: "The days that have samples.", body: Trend },
  },
  list_alerts: {
    method: "GET",
    path: "/api/alerts",
    policy: { need: "read" },
    en: "List alert rules with their state",
    zh: "列出告警规则及其状态",
    answer: { status: 200, description: "All rules of the project.", body: AlertList },
  },
  create_alert: {
    method: "POST",
    path: "/api/alerts",
    policy: { need: "run", audit: "alert.created" },
    en: "Be told once when a mean is proven to be beyond a line, and once when it is back",
    zh: "均值确实越过界线时通知一次，恢复时再通知一次",
    body: CreateAlert,
    answer: { status: 201, description: "The rule.", body: Alert },
    problems: [409],
  },
  delete_alert: {
    method: "DELETE",
    path: "/api/alerts/:alert_id",
    policy: { need: "run", audit: "alert.deleted" },
    en: "Remove an alert rule",
    zh: "删除告警规则",
    answer: { status: 204, description: "Removed." },
  },
} as const satisfies RouteTable;
