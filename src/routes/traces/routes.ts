import { TraceList } from "../../contract/trace.ts";
import type { RouteTable } from "../../http/route.ts";

const ANSWER = {
  status: 200,
  description: "Taken: a message without a field, in the encoding of the request.",
  type: "application/x-protobuf",
  alsoType: "application/json",
} as const;

export const TRACE_ROUTES = {
  receive_traces: {
    method: "POST",
    path: "/v1/traces",
    policy: { need: "submit", otlp: true },
    en: "Take spans of OpenTelemetry (OTLP/HTTP, protobuf or JSON)",
    zh: "接收 OpenTelemetry 的 span（OTLP/HTTP，protobuf 或 JSON）",
    answer: ANSWER,
  },
  receive_project_traces: {
    method: "POST",
    path: "/v1/p/:project/v1/traces",
    policy: { need: "submit", otlp: true },
    en: "The same for senders that tell their project in the address; the key must be of it",
    zh: "同上，供在地址中写明项目的发送方使用；密钥须属于该项目",
    answer: ANSWER,
  },
  receive_metrics: {
    method: "POST",
    path: "/v1/metrics",
    policy: { need: "submit", otlp: true },
    en: "Take what a Collector sends besides, and drop it",
    zh: "接收 Collector 一并发来的指标并丢弃",
    answer: ANSWER,
  },
  receive_logs: {
    method: "POST",
    path: "/v1/logs",
    policy: { need: "submit", otlp: true },
    en: "Take what a Collector sends besides, and drop it",
    zh: "接收 Collector 一并发来的日志并丢弃",
    answer: ANSWER,
  },
  list_traces: {
    method: "GET",
    path: "/api/traces",
    policy: { need: "read" },
    en: "The last traces and how they were understood, with the counts of today",
    zh: "最近的 trace 及其解读结果，附当天计数",
    answer: { status: 200, description: "Traces, newest first.", body: TraceList },
  },
} as const satisfies RouteTable;
