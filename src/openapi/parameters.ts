import * as z from "zod";
import type { Operation } from "./operation.ts";

export interface DescribedParameter {
  name: string;
  in: "path" | "header" | "query";
  description: string;
  required: boolean;
  schema: object;
}

const QuerySchema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ description: z.string().default("") })),
  required: z.array(z.string()).default([]),
});

/** All parameters of an operation; those of the query are what the server reads them with. */
export function parametersOf({ parameters = [], query }: Operation): DescribedParameter[] {
  const named = parameters.map((parameter) => ({
    ...parameter,
    required: parameter.in === "path",
    schema: { type: "string" },
  }));
  if (query === undefined) return named;
  const { properties, required } = QuerySchema.parse(z.toJSONSchema(query, { io: "input" }));
  const asked = Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query" as const,
    description,
    required: required.includes(name),
    schema,
  }));
  return [...named, ...asked];
}
