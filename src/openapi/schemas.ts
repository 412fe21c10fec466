import * as z from "zod";
import * as contract from "../contract.ts";
import * as access from "../contract-access.ts";
import * as insight from "../contract-insight.ts";
import { DifyImport } from "../routes/score/dify-import.ts";
import { simplifySchema } from "./simplify-schema.ts";

const page = { next_cursor: z.string().nullable(), has_more: z.boolean() };

/** The schemas the API document names; everything else stands inline. */
export const NAMED = {
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
  Report: insight.ReviewedReport,
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
  DifyImport,
  SignIn: access.SignIn,
  SessionInfo: access.SessionInfo,
  CreateKey: access.CreateKey,
  RenameKey: access.RenameKey,
  KeyInfo: access.KeyInfo,
  CreatedKey: access.CreatedKey,
  KeyPage: z.object({ keys: z.array(access.KeyInfo), ...page }),
  CreateProject: access.CreateProject,
  ChangeProject: access.ChangeProject,
  Project: access.Project,
  ProjectList: z.object({ projects: z.array(access.Project) }),
  CreateShare: access.CreateShare,
  ShareInfo: access.ShareInfo,
  CreatedShare: access.CreatedShare,
  ShareList: z.object({ shares: z.array(access.ShareInfo) }),
  AuditEntry: access.AuditEntry,
  AuditPage: z.object({ entries: z.array(access.AuditEntry), ...page }),
  TestJudge: access.TestJudge,
  JudgeTest: access.JudgeTest,
  TestWebhook: access.TestWebhook,
  WebhookTest: access.WebhookTest,
  Health: contract.Health,
  Problem: contract.Problem,
} as const;

export type SchemaName = keyof typeof NAMED;

/** Bodies: what has a default may be left out, which an answer never does. */
const BODIES: readonly string[] = [
  "DifyImport",
  "SignIn",
  "CreateKey",
  "RenameKey",
  "CreateProject",
  "ChangeProject",
  "CreateShare",
  "CreateAlert",
  "ReviewRequest",
  "RescoreRequest",
  "TestJudge",
  "TestWebhook",
] satisfies SchemaName[];

/** JSON Schema 2020-12 of every named schema, as OpenAPI 3.1 wants them under `components`. */
export function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const given = {
    uri: (id: string) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) =>
      simplify(jsonSchema),
  };
  const { schemas: answers } = z.toJSONSchema(registry, given);
  const { schemas: bodies } = z.toJSONSchema(registry, { ...given, io: "input" });
  return Object.fromEntries(
    Object.keys(NAMED).map((id) => {
      const { $schema, $id, ...schema } = { ...(BODIES.includes(id) ? bodies : answers)[id] };
      return [id, simplifySchema(schema)];
    }),
  );
}

/** Letters of any script: a class not every regular expression has. What is no letter of ASCII is left to the server. */
const ANY_LETTER = /\\p\{[LMN]\}/;
const PORTABLE_SLUG = "^[^\\x00-/:-@\\[-`{-\\x7f][^\\x00-,./:-@\\[-^`{-\\x7f]*$";

/** Says the same in words more tools know: a tuple as a list of so many, no list or object as default. */
function simplify(schema: z.core.JSONSchema.BaseSchema): void {
  const { prefixItems } = schema;
  if (prefixItems !== undefined) {
    const items = prefixItems.filter((item) => typeof item === "object");
    const kinds = [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
    schema.items = kinds.length === 1 ? kinds[0] : { anyOf: kinds };
    schema.minItems = prefixItems.length;
    schema.maxItems = prefixItems.length;
    delete schema.prefixItems;
  }
  if (typeof schema.default === "object") delete schema.default;
  if (schema.pattern !== undefined && ANY_LETTER.test(schema.pattern))
    schema.pattern = PORTABLE_SLUG;
}
