import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { readGateRequest } from "../../src/intake/gate-request.ts";
import { readBody } from "../../src/intake/read-body.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { generateSamples, seenByModel } from "./generate-samples.ts";
import { substitute, variablesOf } from "./simulate-dify.ts";

const FILE = "../../examples/dify/rag-gate-workflow.yml";
const text = readFileSync(new URL(FILE, import.meta.url), "utf8");

const Selector = z.array(z.string()).length(2);
const Condition = z.object({
  variable_selector: Selector,
  // The operators for text in Dify's own list.
  comparison_operator: z.enum(["start with", "contains", "is", "empty"]),
  value: z.string(),
});
const Node = z.object({
  id: z.string().regex(/^\w{1,50}$/),
  type: z.literal("custom"),
  data: z.looseObject({ type: z.string(), title: z.string().min(1) }),
});
const Edge = z.object({ source: z.string(), sourceHandle: z.string(), target: z.string() });
const App = z.object({
  version: z.literal("0.6.0"),
  kind: z.literal("app"),
  app: z.object({ mode: z.literal("workflow") }),
  dependencies: z.array(z.unknown()).length(0),
  workflow: z.object({
    environment_variables: z.array(z.object({ name: z.string(), value: z.string().min(1) })),
    graph: z.object({ nodes: z.array(Node), edges: z.array(Edge) }),
  }),
});

const { workflow } = App.parse(parse(text));
const { nodes, edges } = workflow.graph;

function dataOf(id: string): Record<string, unknown> {
  const node = nodes.find((candidate) => candidate.id === id);
  if (!node) throw new Error(`no node ${id}`);
  return node.data;
}

const Http = z.object({
  method: z.literal("post"),
  url: z.literal("{{#env.SCORER_URL#}}/api/gate"),
  headers: z.literal("Idempotency-Key:{{#sys.workflow_run_id#}}\nPrefer:wait=20"),
  body: z.object({
    type: z.literal("x-www-form-urlencoded"),
    data: z.array(z.object({ key: z.string(), type: z.literal("text"), value: z.string() })),
  }),
  // Longer than the wait it asks for, below Dify's own limit of a minute.
  timeout: z.object({ read: z.int().min(25).max(60) }),
  error_strategy: z.literal("default-value"),
});
const Cases = z.object({
  cases: z.array(
    z.object({
      case_id: z.string(),
      logical_operator: z.literal("and"),
      conditions: z.array(Condition).length(1),
    }),
  ),
});

test("edges run between nodes that exist, from one start to ends, over every verdict", () => {
  const ids = new Set(nodes.map((node) => node.id));
  expect(ids.size).toBe(nodes.length);
  for (const edge of edges)
    expect([ids.has(edge.source), ids.has(edge.target)]).toEqual([true, true]);
  const roots = nodes.filter((node) => edges.every((edge) => edge.target !== node.id));
  expect(roots.map((node) => node.data.type)).toEqual(["start"]);
  const leaves = nodes.filter((node) => edges.every((edge) => edge.source !== node.id));
  expect(leaves.map((node) => node.data.type)).toEqual(["end", "end", "end"]);
  const { cases } = Cases.parse(dataOf("branch"));
  const handles = edges.filter((edge) => edge.source === "branch").map((edge) => edge.sourceHandle);
  expect(handles).toEqual([...cases.map(({ case_id }) => case_id), "false"]);
});

test("every variable that is used exists", () => {
  const known = new Set([
    "sys.workflow_run_id",
    ...workflow.environment_variables.map(({ name }) => `env.${name}`),
    "start.query",
    "start.ground_truth",
    "kr.result",
    "llm.text",
    "gate.body",
    "withheld.output",
  ]);
  const inTexts = [...text.matchAll(/\{\{#([^#]*)#\}\}/g)].map((match) => match[1] ?? "");
  const inLists = [...text.matchAll(/selector: \[(\w+), (\w+)\]/g)].map(([, a, b]) => `${a}.${b}`);
  const used = [...inTexts, ...inLists].filter((name) => name !== "context");
  expect(used.filter((name) => !known.has(name))).toEqual([]);
});

test("the branches read the first field of the answer, so no verdict of a single rule is taken for the whole", () => {
  const { cases } = Cases.parse(dataOf("branch"));
  const answer = (verdict: string) =>
    JSON.stringify({ verdict, reasons: [], rules: [{ verdict: "pass" }, { verdict: "fail" }] });
  const taken = (body: string) =>
    cases.find(({ conditions }) => body.startsWith(conditions[0]?.value ?? "?"))?.case_id ??
    "false";
  expect(["pass", "fail", "inconclusive"].map((verdict) => taken(answer(verdict)))).toEqual([
    "passed",
    "failed",
    "false",
  ]);
  expect(taken("")).toBe("false");
  for (const { conditions } of cases) {
    expect(conditions[0]).toMatchObject({
      variable_selector: ["gate", "body"],
      comparison_operator: "start with",
    });
  }
});

test("what the HTTP node sends is what the model saw, with its rules", async () => {
  const http = Http.parse(dataOf("gate"));
  for (const sample of generateSamples(40, 11)) {
    const variables = { ...variablesOf(sample), "start.query": sample.question };
    const body = new URLSearchParams();
    for (const { key, value } of http.body.data) body.append(key, substitute(value, variables));
    const gate = readGateRequest(
      await readBody(new Request("https://touchstone.test/", { method: "POST", body })),
    );
    expect(gate.rules.map(({ metric, operator, limit }) => [metric, operator, limit])).toEqual([
      ["faithfulness", ">=", 0.8],
      ["answer_relevancy", ">=", 0.5],
    ]);
    const reading = readScoreRequest(gate.sample);
    expect(reading.warnings).toEqual([]);
    expect(reading.request).toMatchObject({
      question: sample.question,
      answer: sample.answer,
      contexts: seenByModel(sample),
      metrics: ["faithfulness", "answer_relevancy"],
    });
  }
});
