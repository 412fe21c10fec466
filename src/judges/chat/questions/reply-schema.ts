/** Strict JSON schema in the few words the calls need: everything required, nothing extra. */
export type JsonSchema = Record<string, unknown>;

export const text: JsonSchema = { type: "string" };
export const flag: JsonSchema = { type: "boolean" };
export const integer: JsonSchema = { type: "integer" };
export const verdict: JsonSchema = oneOf("supported", "contradicted", "unsupported");

export function oneOf(...values: (string | number)[]): JsonSchema {
  return { type: typeof values[0] === "number" ? "integer" : "string", enum: values };
}

export function list(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

export function object(properties: Record<string, JsonSchema>): JsonSchema {
  return {
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}
