import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FakeOpenAi, startFakeOpenAi } from "../fakes/openai-server.ts";
import { runScript } from "./run-script.ts";

const folder = mkdtempSync(join(tmpdir(), "score-limits-"));
const output = join(folder, "out.jsonl");

/** A provider before which a gate stands that lets one call through per `gapMs`; null: none at all. */
let fake: FakeOpenAi;
let gate: Server;
let gapMs: number | null = 0;
let lastAt = 0;
let refused = 0;

beforeAll(async () => {
  fake = await startFakeOpenAi();
  gate = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const now = Date.now();
    if (gapMs === null || now - lastAt < gapMs) {
      refused += 1;
      response.writeHead(429, { "content-type": "application/json", "retry-after": "1" });
      response.end(JSON.stringify({ error: { message: "Rate limit reached" } }));
      return;
    }
    lastAt = now;
    const answer = await fetch(new URL(request.url ?? "", fake.url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: Buffer.concat(chunks),
    });
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
});
beforeEach(() => {
  fake.reset();
  fake.setFault(null);
  refused = 0;
  gapMs = 0;
});
afterAll(async () => {
  gate.close();
  await fake.close();
  rmSync(folder, { recursive: true });
});

async function score(name: string, text: string, args: string[] = []) {
  const input = join(folder, name);
  writeFileSync(input, text);
  const { port } = gate.address() as AddressInfo;
  const call = [input, "--out", output, ...args];
  const { code, stdout, stderr } = await runScript("src/cli/score.ts", call, {
    env: {
      OPENAI_API_KEY: "sk-test",
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      JUDGE: "",
    },
  });
  const lines = readFileSync(output, "utf8").split("\n").filter(Boolean);
  return { code, stdout, stderr, rows: lines.map((line) => JSON.parse(line)) };
}

const row = (n: number) => ({
  id: `r${n}`,
  question: n % 2 ? `第 ${n} 台保修多久？` : `How long is warranty ${n}?`,
  answer: n % 2 ? `第 ${n} 台保修二十四个月。` : `Warranty ${n} lasts 24 months.`,
  contexts: [n % 2 ? `第 ${n} 台保修二十四个月。` : `Warranty ${n} lasts 24 months.`],
});
const lines = (count: number) =>
  Array.from({ length: count }, (_, n) => JSON.stringify(row(n))).join("\n");
const LLM = ["--judge", "llm", "--metrics", "faithfulness"];

describe("a provider that lets few calls through", () => {
  test("all rows are scored, only slower", async () => {
    gapMs = 150;
    const { code, rows, stdout } = await score("rows.jsonl", lines(8), LLM);
    expect(rows.map(({ scores }) => scores.faithfulness)).toEqual(Array(8).fill(1));
    expect(code).toBe(0);
    expect(refused).toBeGreaterThan(0);
    expect(stdout).toContain("Scored 8 of 8 rows");
  });

  test("--concurrency 1 asks for one row at a time", async () => {
    fake.setLatency(5);
    const { code } = await score("rows.jsonl", lines(3), [...LLM, "--concurrency", "1"]);
    fake.setLatency(0);
    expect(code).toBe(0);
    expect(fake.mostAtOnce()).toBe(1);
  });

  test("one that never lets any through: exit 1, and the summary counts the rows", async () => {
    gapMs = null;
    const { code, rows, stdout } = await score("rows.jsonl", lines(3), LLM);
    expect(code).toBe(1);
    expect(stdout).toContain("3 of 3 rows have failed metrics, 3 of them without any score");
    expect(rows.map(({ error }) => error.code)).toEqual(Array(3).fill("judge_unavailable"));
  }, 90_000);
});

test("two of four rows whose metrics failed are counted", async () => {
  fake.setFault({
    kind: "say",
    say: (content, { call }) =>
      /Zürich|苏黎世/.test(JSON.stringify(call.body)) ? "I think so." : content,
  });
  const four = [
    row(0),
    row(1),
    { ...row(2), answer: "It lasts longer in Zürich." },
    { ...row(3), answer: "在苏黎世更久。" },
  ];
  const { code, stdout } = await score(
    "four.jsonl",
    four.map((one) => JSON.stringify(one)).join("\n"),
    LLM,
  );
  expect(stdout).toContain("2 of 4 rows have failed metrics");
  expect(code).toBe(1);
});

describe("reads what the batch route reads", () => {
  const OFFLINE = ["--judge", "offline", "--metrics", "faithfulness"];
  test.each([
    [
      "rows.csv",
      " Question , Answer ,Contexts,Ground Truth\nport?,8080,\"['port 8080']\",8080\n",
      "Ragas",
    ],
    [
      "rows.json",
      JSON.stringify(
        {
          results: [
            {
              query_id: "1",
              query: "端口？",
              gt_answer: "8080",
              response: "端口是 8080。",
              retrieved_context: [{ doc_id: "1", text: "端口是 8080。" }],
            },
          ],
        },
        null,
        2,
      ),
      "RAGChecker",
    ],
    [
      "rows.jsonl",
      JSON.stringify({
        input: "端口？",
        actual_output: "端口是 8080。",
        retrieval_context: ["端口是 8080。"],
      }),
      "DeepEval",
    ],
  ])("%s", async (name, text, label) => {
    const { code, stdout, rows } = await score(name, text, OFFLINE);
    expect(code).toBe(0);
    expect(stdout).toContain(`Read as ${label}.`);
    expect(rows[0].scores.faithfulness).toBeGreaterThan(0.5);
  });

  test("what is in doubt is said, and --format settles it", async () => {
    const text = JSON.stringify({
      question: "q?",
      answer: "It is 8080.",
      context: ["It is 8080."],
    });
    const doubted = await score("one.jsonl", text, OFFLINE);
    expect(doubted.stderr).toMatch(/line 1: `context` is read as the passages that were retrieved/);
    const settled = await score("one.jsonl", text, [...OFFLINE, "--format", "deepeval"]);
    expect(settled.stderr).toBe("");
    expect(settled.rows[0].outcomes.faithfulness.reason).toBe("missing_contexts");
    const wrong = await score("one.jsonl", text, ["--format", "excel"]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('unknown --format "excel"');
  });
});
