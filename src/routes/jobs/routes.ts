import * as z from "zod";
import { Delivery, DeliveryList } from "../../contract/delivery.ts";
import { BadRowList, Job, JobPage, JobSource } from "../../contract/job.ts";
import { LiveEvent } from "../../contract/live.ts";
import { JobStatus } from "../../contract/outcome.ts";
import { Session } from "../../contract/session.ts";
import {
  bound,
  bounded,
  criterion,
  oneOf,
  PageQuery,
  page,
  search,
  sessionId,
  tagOrValue,
  time,
} from "../../http/query-fields.ts";
import type { RouteTable } from "../../http/route.ts";
import { CAUSES } from "../../scoring/causes.ts";
import { METRIC_NAMES } from "../../scoring/metrics/registry.ts";
import { rule } from "../../words/issue-words.ts";
import { said } from "../../words/said.ts";

/** What a job has a number for. */
const jobValue = z.union(
  [z.enum([...METRIC_NAMES, "weighted_score"]), criterion],
  rule(said("rule_job_value")),
);

export const JOB_ROUTES = {
  list_jobs: {
    method: "GET",
    path: "/api/score/jobs",
    policy: { need: "read", own: "list", keyInQuery: true },
    en: "List jobs, newest first",
    zh: "评分记录列表，新的在前",
    query: z
      .object({
        ...page,
        status: oneOf(JobStatus.options).optional(),
        q: search.describe("Part of the question or name."),
        tag: tagOrValue,
        session_id: sessionId.describe("Jobs of one session."),
        cause: oneOf(CAUSES).optional().describe("Only jobs whose one sample has this cause."),
        source: oneOf(JobSource.options).optional().describe("The way they came in."),
        lost: oneOf(["yes", "no"])
          .default("no")
          .describe("`yes`: only jobs that lost rows. Default: no."),
        metric: jobValue.optional().describe("What `below` and `above` are about."),
        below: bound.describe("Only jobs whose value, of a batch the mean, is at most this."),
        above: bound.describe("Only jobs whose value, of a batch the mean, is at least this."),
        from: time("included"),
        to: time("excluded"),
      })
      .superRefine((query, context) => bounded(query, context, [query.metric])),
    answer: { status: 200, description: "A page of jobs.", body: JobPage },
  },
  get_job: {
    method: "GET",
    path: "/api/score/jobs/:id",
    policy: { need: "read", own: "job", keyInQuery: true },
    en: "Read one job with its scores and outcomes",
    zh: "读取一个任务及其分数与结果",
    headers: {
      "If-None-Match":
        "The `ETag` of the answer before: 304 without a body when nothing has changed.",
    },
    answer: { status: 200, description: "The job.", body: Job },
    also: [{ status: 304, description: "Unchanged since the `ETag` that was sent." }],
  },
  delete_job: {
    method: "DELETE",
    path: "/api/score/jobs/:id",
    policy: { need: "run", audit: "job.deleted" },
    en: "Remove an ended job, its input, run and artifacts",
    zh: "删除已结束的任务及其输入、运行和文件",
    answer: { status: 204, description: "Removed." },
    problems: [409],
  },
  cancel_job: {
    method: "POST",
    path: "/api/score/jobs/:id/cancel",
    policy: { need: "run", audit: "job.cancelled" },
    en: "Stop a queued or running job",
    zh: "停止排队或运行中的任务",
    answer: { status: 200, description: "The cancelled job.", body: Job },
    problems: [409],
  },
  retry_job: {
    method: "POST",
    path: "/api/score/jobs/:id/retry",
    policy: { need: "run", audit: "job.retried" },
    en: "Run again what failed or was cancelled",
    zh: "重新执行失败或已取消的部分",
    answer: { status: 202, description: "Queued again.", body: Job },
    problems: [409],
  },
  export_project: {
    method: "GET",
    path: "/api/export",
    policy: { need: "read", keyInQuery: true },
    en: "Export all jobs, samples with their evidence, reports and reviews as JSON Lines, oldest first",
    zh: "以 JSON Lines 导出全部任务、样本及证据、报告与复核，旧的在前",
    query: z.object({
      from: time("included"),
      to: time("excluded"),
      after: z
        .string()
        .regex(/^job_[0-9A-Z]{26}$/, rule(said("rule_job_id")))
        .optional()
        .describe("The `next` of the last line of the answer before: what comes behind that job."),
    }),
    answer: {
      status: 200,
      description:
        "A `type` a line: `job`, `sample`, `report`, `review`; last `end`, whose `next` is null when that was all. Without it the answer was cut off.",
      type: "application/x-ndjson",
    },
  },
  watch_job: {
    method: "GET",
    path: "/api/score/jobs/:id/events",
    policy: { need: "read", own: "job", keyInQuery: true },
    en: "Follow a job as server-sent events: queued, running, progress, done",
    zh: "以服务器推送事件跟踪任务：排队、运行、进度、结束",
    headers: { "Last-Event-ID": "Goes on after this event." },
    answer: { status: 200, description: "The events.", type: "text/event-stream" },
  },
  listen_to_job: {
    method: "GET",
    path: "/api/score/jobs/:id/live",
    policy: { need: "read", own: "job" },
    en: "Follow a job by a WebSocket: the events of the event stream, without asking",
    zh: "以 WebSocket 跟踪任务：与事件流相同的事件，无需轮询",
    headers: {
      Upgrade: "`websocket`.",
      Origin: "Of a page: this server's own, or the socket is refused.",
      "Sec-WebSocket-Protocol":
        "Where no `Authorization` can be set: `touchstone, bearer.KEY`, the key as Base64 for URLs without padding.",
    },
    query: z.object({
      after: z
        .string()
        .max(40)
        .optional()
        .describe("The `id` of the last message heard: goes on after it."),
    }),
    answer: {
      status: 101,
      description:
        "Messages as JSON, one an event. Closed with 1000 after `done`, with 4401 within 10 seconds once the key, sign-in or right is lost, with 4404 when the job is deleted. A client may send `ping` and gets `pong`.",
      body: LiveEvent,
    },
    problems: [426],
  },
  list_bad_rows: {
    method: "GET",
    path: "/api/score/jobs/:id/bad-rows",
    policy: { need: "read", own: "job", keyInQuery: true },
    en: "List the rows of an upload that were not scored, or get them as CSV to correct",
    zh: "列出上传文件中没有评分的行，或取得可改正后重发的 CSV",
    query: z.object({
      format: oneOf(["json", "csv"])
        .default("json")
        .describe(
          "`csv`: the columns that were sent with line and reason; corrected, the file can be sent again as it is. Default: json.",
        ),
    }),
    answer: {
      status: 200,
      description: "The rows, or a table.",
      body: BadRowList,
      alsoType: "text/csv",
    },
  },
  list_deliveries: {
    method: "GET",
    path: "/api/score/jobs/:id/deliveries",
    policy: { need: "read", own: "job" },
    en: "List the webhooks of a job and every attempt at them",
    zh: "列出任务的回调及每次投递",
    answer: { status: 200, description: "The webhooks.", body: DeliveryList },
  },
  redeliver: {
    method: "POST",
    path: "/api/score/jobs/:id/deliveries/:delivery_id/redeliver",
    policy: { need: "run", audit: "webhook.redelivered" },
    en: "Send a webhook once more",
    zh: "再投递一次回调",
    answer: { status: 202, description: "On its way.", body: Delivery },
    problems: [409],
  },
  get_score_session: {
    method: "GET",
    path: "/api/score/sessions/:session_id",
    policy: { need: "read", keyInQuery: true },
    en: "Read a session: its means, its run and its jobs",
    zh: "读取一个会话：均值、运行与任务",
    query: PageQuery,
    answer: { status: 200, description: "The session.", body: Session },
  },
} as const satisfies RouteTable;
