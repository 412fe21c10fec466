import * as z from "zod";
import * as contract from "../contract.ts";
import * as access from "../contract-access.ts";
import * as insight from "../contract-insight.ts";
import { DifyImport } from "../routes/score/routes.ts";
import { answersOf } from "./answers.ts";
import { OPERATIONS, type Operation } from "./operations.ts";
import { simplifySchema } from "./simplify-schema.ts";

/** Named besides what routes take and answer: parts that clients want to call by a name. */
const PARTS = [
  contract.Outcome,
  contract.Warning,
  contract.Run,
  contract.RunRow,
  contract.MetricSummary,
  contract.MetricInfo,
  contract.Advice,
  contract.SampleRow,
  access.AuditEntry,
  access.ShareInfo,
  contract.Problem,
];

const { ReviewedReport: Report, ...others } = insight;
/** Under the names they are exported with; a report is read with what people said of it. */
const EXPORTED = new Map<unknown, string>(
  Object.entries({ ...contract, ...access, ...others, DifyImport, Report }).map(
    ([name, schema]) => [schema, name],
  ),
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
