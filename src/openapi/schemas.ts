import * as z from "zod";
import * as access from "../contract/access.ts";
import * as alert from "../contract/alert.ts";
import * as comparison from "../contract/comparison.ts";
import * as delivery from "../contract/delivery.ts";
import * as gate from "../contract/gate.ts";
import * as job from "../contract/job.ts";
import * as outcome from "../contract/outcome.ts";
import * as report from "../contract/report.ts";
import * as rescore from "../contract/rescore.ts";
import * as review from "../contract/review.ts";
import * as run from "../contract/run.ts";
import * as samplePoints from "../contract/sample-points.ts";
import * as service from "../contract/service.ts";
import * as session from "../contract/session.ts";
import * as submission from "../contract/submission.ts";
import * as trend from "../contract/trend.ts";
import { DifyImport } from "../routes/score/routes.ts";
import { answersOf } from "./answers.ts";
import { OPERATIONS, type Operation } from "./operations.ts";

/** Named besides what routes take and answer: parts that clients want to call by a name. */
const PARTS = [
  outcome.Outcome,
  outcome.Warning,
  run.Run,
  run.RunRow,
  report.MetricSummary,
  service.MetricInfo,
  report.Advice,
  report.SampleRow,
  access.AuditEntry,
  access.ShareInfo,
  service.Problem,
];

/** Under the names they are exported with; a report is read with what people said of it. */
const EXPORTED = new Map<unknown, string>(
  [
    access,
    alert,
    comparison,
    delivery,
    gate,
    job,
    outcome,
    report,
    rescore,
    review,
    run,
    samplePoints,
    service,
    session,
    submission,
    trend,
    { DifyImport },
  ]
    .flatMap((exported) => Object.entries(exported))
    .map(([name, schema]) => [schema, name === "ReviewedReport" ? "Report" : name]),
);

/** The schemas the document names; everything else stands inline. */
const NAMES: ReadonlyMap<z.ZodType, string> = new Map(
  [...OPERATIONS.flatMap(schemasOf), ...PARTS].flatMap((schema) => {
    const name = EXPORTED.get(schema);
    return name === undefined ? [] : [[schema, name]];
  }),
);

function schemasOf(operation: Operation): z.ZodType[] {
  const { body, lenientBody } = operation;
  return [body, lenientBody, ...answersOf(operation).map((answer) => answer.body)].filter(
    (schema) => typeof schema === "object",
  );
}

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
  for (const [schema, id] of NAMES) registry.add(schema, { id });
  const given = {
    uri: (id: string) => `#/components/schemas/${id}`,
    unrepresentable: "any",
  } as const;
  const { schemas: answers } = z.toJSONSchema(registry, given);
  const { schemas: bodies } = z.toJSONSchema(registry, { ...given, io: "input" });
  return Object.fromEntries(
    [...NAMES].map(([named, id]) => {
      const { $schema, $id, ...schema } = { ...(BODIES.has(named) ? bodies : answers)[id] };
      return [id, simplifySchema(schema)];
    }),
  );
}

/** Letters of any script: a class not every regular expression has. What is no ASCII is left to the server. */
const ANY_LETTER = /\\p\{[LMN]\}/;
const PORTABLE_SLUG = "^[^\\x00-/:-@\\[-`{-\\x7f][^\\x00-,./:-@\\[-^`{-\\x7f]*$";

/**
 * Says the same in words more tools know: a tuple as a list of so many, one type at a time, no list or object as default.
 * Dify's importer breaks at a list of types, generators of clients at tuples.
 */
function simplifySchema(node: unknown, isMapOfFields = false): unknown {
  if (Array.isArray(node)) return node.map((item) => simplifySchema(item));
  if (typeof node !== "object" || node === null) return node;
  const schema = Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      name,
      simplifySchema(value, !isMapOfFields && name === "properties"),
    ]),
  );
  return isMapOfFields ? schema : simplifyOne(schema);
}

function simplifyOne({ prefixItems, ...schema }: Record<string, unknown>): object {
  if (Array.isArray(prefixItems)) {
    const kinds = [...new Map(prefixItems.map((item) => [JSON.stringify(item), item])).values()];
    schema.items = kinds.length === 1 ? kinds[0] : { anyOf: kinds };
    schema.minItems = prefixItems.length;
    schema.maxItems = prefixItems.length;
  }
  if (Array.isArray(schema.type)) {
    schema.anyOf = schema.type.map((type: unknown) => ({ type }));
    delete schema.type;
  }
  if (typeof schema.default === "object") delete schema.default;
  if (typeof schema.pattern === "string" && ANY_LETTER.test(schema.pattern)) {
    schema.pattern = PORTABLE_SLUG;
  }
  return schema;
}
