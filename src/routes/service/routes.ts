import * as z from "zod";
import { Health, MetricList } from "../../contract/service.ts";
import { oneOf } from "../../http/query-fields.ts";
import type { RouteTable } from "../../http/route.ts";

export const SERVICE_ROUTES = {
  list_metrics: {
    method: "GET",
    path: "/api/metrics",
    policy: { need: "any", share: true, keyInQuery: true },
    en: "The metric catalogue: formula, range, direction, inputs, source",
    zh: "指标目录：公式、范围、方向、所需输入、来源",
    answer: { status: 200, description: "The metrics.", body: MetricList },
  },
  get_health: {
    method: "GET",
    path: "/api/health",
    policy: { need: "public", evenUnconfigured: true },
    en: "Version, schema, judge, backlog and problems; needs no key",
    zh: "版本、数据库结构、评判、积压与问题；不需要密钥",
    answer: { status: 200, description: "Health.", body: Health },
  },
  mcp: {
    method: "POST",
    path: "/mcp",
    policy: { need: "run" },
    en: "Speak the Model Context Protocol",
    zh: "以 MCP 协议交互",
    answer: { status: 200, description: "A JSON-RPC answer.", type: "application/json" },
  },
  openapi: {
    method: "GET",
    path: "/openapi.json",
    policy: { need: "public", evenUnconfigured: true },
    en: "The API as OpenAPI 3.1",
    zh: "OpenAPI 3.1 接口文档",
    answer: { status: 200, description: "The document.", type: "application/json" },
  },
  openapi_dify: {
    method: "GET",
    path: "/openapi-dify.json",
    policy: { need: "public", evenUnconfigured: true },
    en: "The API as Dify imports it",
    zh: "供 Dify 导入的接口文档",
    answer: { status: 200, description: "The document.", type: "application/json" },
  },
  docs: {
    method: "GET",
    path: "/docs",
    policy: { need: "public", evenUnconfigured: true },
    en: "The API for people",
    zh: "给人看的接口文档",
    query: z.object({
      language: oneOf(["zh", "en"]).optional().describe("Default: that of Accept-Language."),
    }),
    answer: { status: 200, description: "A page.", type: "text/html" },
  },
} as const satisfies RouteTable;
