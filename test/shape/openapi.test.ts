import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { buildDifyOpenApi } from "../../src/openapi/dify-document.ts";
import { buildOpenApi } from "../../src/openapi/document.ts";

const ORIGIN = "https://touchstone.example";

/** Every value of an object, at any depth, with the key it stands under. */
function* walk(value: unknown, key = ""): Generator<[string, unknown]> {
  yield [key, value];
  if (typeof value !== "object" || value === null) return;
  for (const [name, child] of Object.entries(value)) yield* walk(child, name);
}

describe("/openapi.json", () => {
  it("is valid OpenAPI 3.1 and every reference leads somewhere", async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(buildOpenApi(ORIGIN)));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe("3.1");
    const document = buildOpenApi(ORIGIN) as { components: { schemas: object } };
    const names = Object.keys(document.components.schemas);
    for (const [key, value] of walk(document)) {
      if (key === "$ref")
        expect(names).toContain(String(value).replace("#/components/schemas/", ""));
    }
  });
});

/** What makes tools stumble that read less than the whole of JSON Schema 2020-12, Dify's importer among them. */
describe.each([
  ["/openapi.json", buildOpenApi(ORIGIN)],
  ["/openapi-dify.json", buildDifyOpenApi(ORIGIN)],
])("%s in the words all tools know", (_name, document) => {
  const values = [...walk(document)];

  it("has no tuples, and every list says of what", () => {
    for (const [key, value] of values) {
      expect(key).not.toBe("prefixItems");
      if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
      if (!("type" in value) || value.type !== "array") continue;
      expect(value).toMatchObject({ items: expect.any(Object) });
    }
  });

  it("has patterns every language can read", () => {
    const patterns = values.flatMap(([key, value]) => (key === "pattern" ? [String(value)] : []));
    for (const pattern of patterns) {
      expect(() => new RegExp(pattern)).not.toThrow();
      expect(pattern).not.toMatch(/\\p\{|\(\?<?[=!]/);
    }
  });

  it("has types that are one word and defaults that are one value", () => {
    for (const [key, value] of values) {
      if (key !== "type" && key !== "default") continue;
      // Or it is the schema of a field with that name.
      if (typeof value === "object") expect(value).toHaveProperty("type", expect.any(String));
    }
  });

  it("says of every operation how it may be refused", () => {
    const { paths } = document as { paths: Record<string, Record<string, { responses: object }>> };
    for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(["500", "503", "507"]),
      );
    }
  });
});

describe("bounds of /openapi.json", () => {
  const { components } = buildOpenApi(ORIGIN) as {
    components: { schemas: Record<string, { properties: Record<string, unknown> }> };
  };

  it("are those of the server where a tuple or a name of any script stands", () => {
    expect(components.schemas.Run?.properties.intervals).toMatchObject({
      additionalProperties: {
        anyOf: [
          { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 },
          { type: "null" },
        ],
      },
    });
    const text = JSON.stringify(components.schemas.CreateProject);
    const name = new RegExp(JSON.parse(`"${/"pattern":"(\^\[\^\\\\x00.*?)"/.exec(text)?.[1]}"`));
    for (const good of ["polite-tone", "语气", "a_1"]) expect(good).toMatch(name);
    for (const bad of ["", "-a", "a b", "a.b", "a/b", 'a"b', "a<b"]) expect(bad).not.toMatch(name);
  });
});

describe("/openapi-dify.json", () => {
  const document = buildDifyOpenApi(ORIGIN) as {
    openapi: string;
    servers: { url: string }[];
    paths: Record<string, Record<string, Record<string, unknown>>>;
  };

  it("is valid OpenAPI 3.0.3", async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(document.openapi).toBe("3.0.3");
    expect(validator.version).toBe("3.0");
  });

  it("keeps to what Dify's importer can read", () => {
    expect(document.servers).toEqual([{ url: ORIGIN }]);
    for (const [key, value] of walk(document)) {
      expect(key).not.toBe("$ref");
      if (key === "type") expect(typeof value).toBe("string");
      if (key === "default") expect(["string", "number", "boolean"]).toContain(typeof value);
    }
    for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
      expect(String(operation.operationId)).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      const body = operation.requestBody as {
        content: Record<string, { schema: { properties: object } }>;
      };
      if (!body) continue;
      expect(Object.keys(body.content)).toEqual(["application/json"]);
      const properties = body.content["application/json"]?.schema.properties ?? {};
      for (const property of Object.values(properties)) {
        expect(property).toMatchObject({
          type: expect.any(String),
          description: expect.any(String),
        });
      }
    }
  });
});
