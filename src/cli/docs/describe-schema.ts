import * as z from "zod";

const Schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  $ref: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  prefixItems: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  additionalProperties: z.unknown().optional(),
  description: z.string().optional(),
});

const MOST_VALUES = 12;

export interface Field {
  name: string;
  type: string;
  isRequired: boolean;
  description: string;
}

/** The fields of an object schema in their order. */
export function fieldsOf(schema: unknown): Field[] {
  const { properties = {}, required } = Schema.parse(schema);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    type: typeOf(property),
    isRequired: required.includes(name),
    description: Schema.parse(property).description ?? "",
  }));
}

/** A JSON Schema in a few words, with links to the named ones. */
export function typeOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return "any";
  const schema = Schema.parse(value);
  const name = schema.$ref?.split("/").at(-1);
  if (name) return `[${name}](#${name.toLowerCase()})`;
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return values(schema.enum);
  const types = [schema.type ?? "any"].flat();
  return types.map((type) => nameType(type, schema)).join(" or ");
}

function nameType(type: string, schema: z.infer<typeof Schema>): string {
  if (type === "array") {
    if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(", ")}]`;
    return `array of ${typeOf(schema.items)}`;
  }
  if (type !== "object") return type;
  if (schema.properties) return `{ ${Object.keys(schema.properties).join(", ")} }`;
  return isRecord(schema.additionalProperties)
    ? `map to ${typeOf(schema.additionalProperties)}`
    : "object";
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function values(all: readonly unknown[]): string {
  const shown = all.slice(0, MOST_VALUES).map((value) => `\`${String(value)}\``);
  return [...shown, ...(all.length > MOST_VALUES ? [`… (${all.length})`] : [])].join(", ");
}
