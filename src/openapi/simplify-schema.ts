/** Letters of any script: a class not every regular expression has. What is no ASCII is left to the server. */
const ANY_LETTER = /\\p\{[LMN]\}/;
const PORTABLE_SLUG = "^[^\\x00-/:-@\\[-`{-\\x7f][^\\x00-,./:-@\\[-^`{-\\x7f]*$";

/**
 * Says the same in words more tools know: a tuple as a list of so many, one type at a time, no list or object as default.
 * Dify's importer breaks at a list of types, generators of clients at tuples.
 */
export function simplifySchema(node: unknown, isMapOfFields = false): unknown {
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
