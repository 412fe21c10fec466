import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { buildDifyOpenApi } from "../../src/api/openapi/dify-document.ts";
import { buildOpenApi } from "../../src/api/openapi/document.ts";

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
