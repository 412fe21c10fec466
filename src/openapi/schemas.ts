import * as z from "zod";
import * as contract from "../contract.ts";
import * as access from "../contract-access.ts";
import * as insight from "../contract-insight.ts";
import { DifyImport } from "../routes/score/routes.ts";
import { OPERATIONS } from "./operations.ts";
import { simplifySchema } from "./simplify-schema.ts";

/** The schemas the API document names; everything else stands inline. */
const NAMED = {
  Submission: contract.Submission,
  Accepted: contract.Accepted,
  AcceptedImport: contract.AcceptedImport,
  Job: contract.Job,
  JobPage: contract.JobPage,
  SyncResult: contract.SyncResult,
  Session: contract.Session,
  Delivery: contract.Delivery,
  DeliveryList: contract.DeliveryList,
  BadRowList: contract.BadRowList,
  Outcome: contract.Outcome,
  Warning: contract.Warning,
  Run: contract.Run,
  RunRow: contract.RunRow,
  RunPage: contract.RunPage,
  Report: insight.ReviewedReport,
  MetricSummary: contract.MetricSummary,
  MetricInfo: contract.MetricInfo,
  MetricList: contract.MetricList,
  Advice: contract.Advice,
  SampleRow: contract.SampleRow,
  SamplePage: contract.SamplePage,
  SampleDetail: contract.SampleDetail,
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
  DifyImport,
  SignIn: access.SignIn,
  SessionInfo: access.SessionInfo,
  CreateKey: access.CreateKey,
  RenameKey: access.RenameKey,
  KeyInfo: access.KeyInfo,
  CreatedKey: access.CreatedKey,
  KeyPage: access.KeyPage,
  CreateProject: access.CreateProject,
  ChangeProject: access.ChangeProject,
  Project: access.Project,
  ProjectList: access.ProjectList,
  CreateShare: access.CreateShare,
  ShareInfo: access.ShareInfo,
  CreatedShare: access.CreatedShare,
  ShareList: access.ShareList,
  AuditEntry: access.AuditEntry,
  AuditPage: access.AuditPage,
  TestJudge: access.TestJudge,
  JudgeTest: access.JudgeTest,
  TestWebhook: access.TestWebhook,
  WebhookTest: access.WebhookTest,
  Health: contract.Health,
  Problem: contract.Problem,
} satisfies Record<string, z.ZodType>;

const NAMES: ReadonlyMap<z.ZodType, string> = new Map(
  Object.entries(NAMED).map(([name, schema]) => [schema, name]),
);

/** What the document calls it; null: it stands inline. */
export function nameOfSchema(schema: z.ZodType): string | null {
  return NAMES.get(schema) ?? null;
}

/** A schema where it is used: its name, or itself. */
export function describeSchema(schema: z.ZodType, io: "input" | "output"): unknown {
  const name = nameOfSchema(schema);
  if (name !== null) return { $ref: `#/components/schemas/${name}` };
  const { $schema, ...inline } = z.toJSONSchema(schema, { io });
  return simplifySchema(inline);
}

/** Bodies: what has a default may be left out, which an answer never does. */
const BODIES: ReadonlySet<unknown> = new Set(OPERATIONS.map(({ body }) => body));

/** JSON Schema 2020-12 of every named schema, as OpenAPI 3.1 wants them under `components`. */
export function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const given = {
    uri: (id: string) => `#/components/schemas/${id}`,
    unrepresentable: "any",
  } as const;
  const { schemas: answers } = z.toJSONSchema(registry, given);
  const { schemas: bodies } = z.toJSONSchema(registry, { ...given, io: "input" });
  return Object.fromEntries(
    Object.entries(NAMED).map(([id, named]) => {
      const { $schema, $id, ...schema } = { ...(BODIES.has(named) ? bodies : answers)[id] };
      return [id, simplifySchema(schema)];
    }),
  );
}
