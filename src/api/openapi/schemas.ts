import * as z from "zod";
import * as contract from "../../contract.ts";
import * as access from "../../contract-access.ts";
import * as insight from "../../contract-insight.ts";

/** The schemas the API document names; everything else stands inline. */
const NAMED = {
  Submission: contract.Submission,
  Accepted: contract.Accepted,
  Job: contract.Job,
  JobPage: contract.JobPage,
  SyncResult: contract.SyncResult,
  Session: contract.Session,
  Delivery: contract.Delivery,
  Outcome: contract.Outcome,
  Warning: contract.Warning,
  Run: contract.Run,
  RunRow: contract.RunRow,
  RunPage: contract.RunPage,
  Report: contract.Report,
  MetricSummary: contract.MetricSummary,
  MetricInfo: contract.MetricInfo,
  Advice: contract.Advice,
  SampleRow: contract.SampleRow,
  SamplePage: contract.SamplePage,
  Comparison: insight.Comparison,
  GateRequest: insight.GateRequest,
  GateResult: insight.GateResult,
  RescoreRequest: insight.RescoreRequest,
  RescoreResult: insight.RescoreResult,
  ReviewRequest: insight.ReviewRequest,
  ReviewList: insight.ReviewList,
  SamplePoints: insight.SamplePoints,
  Trend: insight.Trend,
  CreateAlert: insight.CreateAlert,
  Alert: insight.Alert,
  AlertList: insight.AlertList,
  TestJudge: access.TestJudge,
  JudgeTest: access.JudgeTest,
  TestWebhook: access.TestWebhook,
  WebhookTest: access.WebhookTest,
  Health: contract.Health,
  Problem: contract.Problem,
} as const;

export type SchemaName = keyof typeof NAMED;

/** JSON Schema 2020-12 of every named schema, as OpenAPI 3.1 wants them under `components`. */
export function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _draft, $id: _uri, ...schema }]) => [id, schema]),
  );
}
