import { expect, test } from "vitest";
import { openFakeOpenAi } from "../../fakes/open-fake-openai.ts";
import type { SeenCall } from "../../fakes/openai-call.ts";
import { BRIDGE, fill, judgeAt, judgedIn, LIGHTHOUSE } from "./scene.ts";

const fake = await openFakeOpenAi();

interface Schema {
  properties: Record<string, { properties?: Record<string, unknown>; required?: string[] }>;
}

const schemaOf = ({ body }: SeenCall) =>
  (body.response_format as { json_schema: { schema: Schema } }).json_schema.schema;

/** As a host that keeps to the schema must write it: by id, all of them, in the schema's order. */
function keyed(content: string, schema: Schema): string {
  const reply = JSON.parse(content) as Record<string, unknown>;
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(schema.properties).map(([name, { required }]) => {
        const list = reply[name];
        if (!required || !Array.isArray(list)) return [name, list];
        const byId = new Map(
          (list as Record<string, unknown>[]).map(({ id, passage, ...fields }) => [
            String(id ?? `p${passage}`),
            fields,
          ]),
        );
        return [name, Object.fromEntries(required.map((id) => [id, byId.get(id)]))];
      }),
    ),
  );
}

test.each([
  ["English", LIGHTHOUSE],
  ["Chinese", BRIDGE],
])(
  "every id asked for is a required key, and values by id are read as lists are (%s)",
  async (_, sample) => {
    const criteria = [
      { name: "polite", version: 1, text: "Is it polite?", kind: "yes_no" as const },
    ];
    const needs = { criteria, usefulness: ["reference", "answer"] as const };
    const asList = await fill(judgeAt(fake), sample, needs);
    fake.reset();
    const keys: string[] = [];
    fake.setFault({
      kind: "say",
      say: (content, { call }) => {
        const schema = schemaOf(call);
        for (const [name, { required = [] }] of Object.entries(schema.properties))
          keys.push(`${name}: ${required}`);
        return keyed(content, schema);
      },
    });
    const byId = await fill(judgeAt(fake), sample, needs);
    expect(judgedIn(byId)).toEqual(judgedIn(asList));
    expect(keys).toContain("sentences: s1,s2,s3");
    expect(keys).toContain("checks: c1,c2,c3,c4,c5,c6,c7");
    expect(keys).toContain("relevance: p1,p2,p3");
    expect(keys).toContain("useful: p1,p2,p3");
    expect(keys).toContain("criteria: k1,k2,k3");
    expect(
      fake.calls.every(({ format, kind }) => kind === "embeddings" || format === "json_schema"),
    ).toBe(true);
  },
);
