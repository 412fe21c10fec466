import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { isFieldName } from "../../src/intake/field-names.ts";
import { readBody } from "../../src/intake/read-body.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { generateSamples, seenByModel } from "./generate-samples.ts";
import { substitute, variablesOf } from "./simulate-dify.ts";

const Selector = z.array(z.string()).min(2);
const Variable = z.object({ variable: z.string(), value_selector: Selector });

/** What Dify's own models ask of each node's data. */
const NODE_DATA = {
  start: z.object({
    variables: z.array(
      z.object({
        variable: z.string(),
        label: z.string(),
        type: z.enum(["text-input", "paragraph", "select", "number", "file", "file-list"]),
        required: z.boolean(),
      }),
    ),
  }),
  "knowledge-retrieval": z.object({
    dataset_ids: z.array(z.string()).length(0),
    retrieval_mode: z.literal("multiple"),
    query_variable_selector: Selector,
    multiple_retrieval_config: z.object({ top_k: z.int(), reranking_enable: z.literal(false) }),
  }),
  llm: z.object({
    model: z.object({ provider: z.string(), name: z.string(), mode: z.string() }),
    prompt_template: z.array(z.object({ role: z.string(), text: z.string() })).min(1),
    context: z.object({ enabled: z.literal(true), variable_selector: Selector }),
    memory: z.object({ window: z.object({ enabled: z.boolean() }) }).optional(),
  }),
  "template-transform": z.object({ variables: z.array(Variable), template: z.string() }),
  answer: z.object({ answer: z.string() }),
  end: z.object({ outputs: z.array(Variable).min(1) }),
  "http-request": z.object({
    method: z.literal("post"),
    url: z.literal("{{#env.SCORER_URL#}}/api/score/async"),
    authorization: z.object({
      type: z.literal("api-key"),
      config: z.object({ type: z.literal("bearer"), api_key: z.literal("{{#env.SCORER_KEY#}}") }),
    }),
    headers: z.literal("Idempotency-Key:{{#sys.workflow_run_id#}}"),
    params: z.string(),
    body: z.object({
      type: z.enum(["x-www-form-urlencoded", "json"]),
      data: z.array(z.object({ key: z.string(), type: z.literal("text"), value: z.string() })),
    }),
    timeout: z.object({ connect: z.literal(2), read: z.literal(3), write: z.literal(3) }),
    retry_config: z.strictObject({
      retry_enabled: z.literal(true),
      max_retries: z.literal(1),
      retry_interval: z.int(),
    }),
    error_strategy: z.literal("default-value"),
    default_value: z.array(z.object({ key: z.string(), type: z.string() })),
  }),
} as const;

const Position = z.object({ x: z.number(), y: z.number() });
const App = z.object({
  version: z.enum(["0.6.0", "0.7.0"]),
  kind: z.literal("app"),
  app: z.object({ name: z.string().min(1), mode: z.enum(["advanced-chat", "workflow"]) }),
  dependencies: z.array(z.unknown()).length(0),
  workflow: z.object({
    environment_variables: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        value_type: z.enum(["string", "secret"]),
        value: z.string().min(1),
      }),
    ),
    conversation_variables: z.array(z.unknown()),
    features: z.record(z.string(), z.unknown()),
    graph: z.object({
      nodes: z.array(
        z.object({
          id: z.string().regex(/^\w{1,50}$/),
          type: z.literal("custom"),
          position: Position,
          data: z.looseObject({
            type: z.enum(Object.keys(NODE_DATA) as [keyof typeof NODE_DATA]),
            title: z.string().min(1),
          }),
        }),
      ),
      edges: z.array(
        z.object({
          id: z.string(),
          type: z.literal("custom"),
          source: z.string(),
          sourceHandle: z.literal("source"),
          target: z.string(),
          data: z.object({ sourceType: z.string(), targetType: z.string() }),
        }),
      ),
    }),
  }),
});

const OUTPUTS: Record<string, readonly string[]> = {
  "knowledge-retrieval": ["result"],
  llm: ["text"],
  "template-transform": ["output"],
  "http-request": ["body", "status_code", "headers"],
};
const FILES = [
  ["rag-scoring-chatflow.yml", "advanced-chat"],
  ["rag-scoring-workflow.yml", "workflow"],
  ["rag-scoring-chatflow-json.yml", "advanced-chat"],
  ["0.7.0/rag-scoring-chatflow.yml", "advanced-chat"],
  ["0.7.0/rag-scoring-workflow.yml", "workflow"],
  ["0.7.0/rag-scoring-chatflow-json.yml", "advanced-chat"],
] as const;

function load(file: string) {
  const text = readFileSync(new URL(`../../examples/dify/${file}`, import.meta.url), "utf8");
  const app = App.parse(parse(text));
  const { nodes, edges } = app.workflow.graph;
  const byType = (type: string) => nodes.find((node) => node.data.type === type);
  return { text, app, nodes, edges, byType };
}

describe.each(FILES)("%s can be imported by Dify", (file, mode) => {
  const { text, app, nodes, edges, byType } = load(file);

  test("has the mode and every node the fields its model requires", () => {
    expect(app.app.mode).toBe(mode);
    expect(app.version).toBe(file.startsWith("0.7.0/") ? "0.7.0" : "0.6.0");
    for (const node of nodes) NODE_DATA[node.data.type].parse(node.data);
    expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
  });

  test("edges run between existing nodes, from the one start to an end of the right kind", () => {
    const types = new Map(nodes.map((node) => [node.id, node.data.type as string]));
    for (const edge of edges) {
      expect([edge.data.sourceType, edge.data.targetType]).toEqual([
        types.get(edge.source),
        types.get(edge.target),
      ]);
    }
    const roots = nodes.filter((node) => edges.every((edge) => edge.target !== node.id));
    expect(roots.map((node) => node.data.type)).toEqual(["start"]);
    expect(byType(mode === "workflow" ? "end" : "answer")).toBeDefined();
    expect(byType(mode === "workflow" ? "answer" : "end")).toBeUndefined();
  });

  test("nobody waits for the score: answer and score are branches of the model", () => {
    const ending = byType(mode === "workflow" ? "end" : "answer");
    expect(edges.filter((edge) => edge.target === ending?.id).map((edge) => edge.source)).toEqual([
      "llm",
    ]);
    expect(edges.filter((edge) => edge.source === byType("http-request")?.id)).toEqual([]);
  });

  test("every variable that is used exists", () => {
    const start = NODE_DATA.start.parse(byType("start")?.data);
    const known = new Set([
      "sys.workflow_run_id",
      ...(mode === "advanced-chat" ? ["sys.query"] : []),
      ...app.workflow.environment_variables.map((variable) => `env.${variable.name}`),
      ...start.variables.map((variable) => `start.${variable.variable}`),
      ...nodes.flatMap((node) =>
        (OUTPUTS[node.data.type] ?? []).map((name) => `${node.id}.${name}`),
      ),
    ]);
    const inTexts = [...text.matchAll(/\{\{#([^#]*)#\}\}/g)].map((match) => match[1] ?? "");
    const inLists = [...text.matchAll(/selector: \[(\w+), (\w+)\]/g)].map(
      ([, a, b]) => `${a}.${b}`,
    );
    const used = [...inTexts, ...inLists].filter((name) => name !== "context");
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  test("the model's context and the scored contexts come from the same node", () => {
    const llm = NODE_DATA.llm.parse(byType("llm")?.data);
    expect(llm.context.variable_selector).toEqual(["kr", "result"]);
    expect(text).toMatch(/\{\{#kr\.result#\}\}|\{variable: r, value_selector: \[kr, result\]\}/);
  });

  test("the default values are those of the node's outputs", () => {
    const http = NODE_DATA["http-request"].parse(byType("http-request")?.data);
    expect(http.default_value.map(({ key, type }) => [key, type])).toEqual([
      ["body", "string"],
      ["status_code", "number"],
      ["headers", "object"],
    ]);
  });
});

describe("the form body of the examples", () => {
  test.each(["rag-scoring-chatflow.yml", "rag-scoring-workflow.yml"])(
    "%s: what its HTTP node sends is what the model saw",
    async (file) => {
      const http = NODE_DATA["http-request"].parse(load(file).byType("http-request")?.data);
      expect(http.body.type).toBe("x-www-form-urlencoded");
      expect(http.body.data.every(({ key }) => isFieldName(key))).toBe(true);
      for (const sample of generateSamples(50, 7)) {
        const variables = { ...variablesOf(sample), "start.query": sample.question };
        const body = new URLSearchParams();
        for (const { key, value } of http.body.data) body.append(key, substitute(value, variables));
        const request = new Request("https://touchstone.test/", { method: "POST", body });
        const reading = readScoreRequest(await readBody(request));
        expect(reading.warnings).toEqual([]);
        expect(reading.request).toMatchObject({
          question: sample.question,
          answer: sample.answer,
          contexts: seenByModel(sample),
          ground_truth: sample.groundTruth,
        });
      }
    },
  );

  test("the JSON variant sends one entry, the whole output of its template, with every text escaped", () => {
    const { byType } = load("rag-scoring-chatflow-json.yml");
    const http = NODE_DATA["http-request"].parse(byType("http-request")?.data);
    expect(http.body).toMatchObject({ type: "json", data: [{ value: "{{#tpl.output#}}" }] });
    const { template } = NODE_DATA["template-transform"].parse(byType("template-transform")?.data);
    const printed = [...template.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1] ?? "");
    expect(printed.filter((part) => !part.includes("tojson"))).toEqual([
      ' "" if loop.last else "," ',
    ]);
    const keys = [...template.matchAll(/"(\w+)":/g)].map((match) => match[1] ?? "");
    expect(keys).toEqual(["question", "answer", "contexts", "ground_truth"]);
  });
});
