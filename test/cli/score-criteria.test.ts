import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FakeOpenAi, startFakeOpenAi } from "../fakes/openai-server.ts";
import { runScript } from "./run-script.ts";

const folder = mkdtempSync(join(tmpdir(), "criteria-"));
const path = (name: string) => join(folder, name);

let fake: FakeOpenAi;
beforeAll(async () => {
  fake = await startFakeOpenAi();
});
beforeEach(() => {
  fake.reset();
  rmSync(path("out.jsonl"), { force: true });
});
afterAll(async () => {
  await fake.close();
  rmSync(folder, { recursive: true });
});

const ROWS = [
  {
    id: "tea",
    question: "At what temperature is green tea brewed?",
    answer: "Green tea is brewed at 80 degrees.",
    contexts: ["Black tea is brewed at 95 degrees.", "Green tea is brewed at 80 degrees."],
    ground_truth: "Green tea is brewed at 80 degrees.",
  },
  {
    id: "墙",
    question: "城墙有多长？",
    answer: "城墙全长九公里。",
    contexts: ["古城的城墙全长九公里，建于明代。"],
    criteria: [{ name: "简短", text: "回答简短吗？" }],
  },
];
const CRITERIA = [
  { name: "polite", text: "Is the answer polite?" },
  { name: "clear", version: 4, text: "回答清楚吗？", kind: "scale" },
];

interface Line {
  scores: Record<string, number | null>;
  outcomes: Record<string, { status: string; reason: string | null }>;
  evidence: { notes: string[]; criteria_asked?: unknown; usefulness?: unknown };
}

async function score(args: string[], criteria: unknown = CRITERIA, env = {}) {
  writeFileSync(path("in.jsonl"), ROWS.map((row) => JSON.stringify(row)).join("\n"));
  const text = typeof criteria === "string" ? criteria : JSON.stringify(criteria);
  writeFileSync(path("criteria.json"), text);
  const call = [path("in.jsonl"), "--out", path("out.jsonl"), ...args];
  const { code, stderr } = await runScript("src/cli/score.ts", call, {
    env: { OPENAI_API_KEY: "", JUDGE: "", ...env },
  });
  const written = existsSync(path("out.jsonl")) ? readFileSync(path("out.jsonl"), "utf8") : "";
  const lines = written
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
  return { code, stderr, lines };
}

const llm = () => ({ OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: fake.url });

describe("npm run score with criteria", () => {
  test("the file's criteria are scored for every row, a row's own without the file", async () => {
    const args = ["--judge", "llm", "--metrics", "faithfulness"];
    const all = await score([...args, "--criteria", path("criteria.json")], CRITERIA, llm());
    expect(all.code).toBe(0);
    for (const { scores } of all.lines) {
      expect(scores).toEqual({ faithfulness: 1, "criterion:polite": 1, "criterion:clear": 0.75 });
    }
    expect(all.lines[0]?.evidence.criteria_asked).toEqual([
      { name: "polite", version: 1, text: "Is the answer polite?", kind: "yes_no" },
      { name: "clear", version: 4, text: "回答清楚吗？", kind: "scale" },
    ]);
    const own = await score(args, CRITERIA, llm());
    expect(own.lines.map(({ scores }) => Object.keys(scores))).toEqual([
      ["faithfulness"],
      ["faithfulness", "criterion:简短"],
    ]);
  });

  test("without a model they are failed, and the note says what to do", async () => {
    const { code, lines } = await score(["--criteria", path("criteria.json")]);
    expect(code).toBe(0);
    expect(lines[0]?.outcomes["criterion:polite"]).toMatchObject({
      status: "failed",
      reason: "judge_error",
    });
    expect(lines[0]?.evidence.notes.join()).toMatch(/criterion:polite: only a model can judge it/);
    expect(lines[0]?.scores.faithfulness).toBeGreaterThan(0.5);
  });

  test("usefulness may be asked for all rows", async () => {
    const args = ["--judge", "llm", "--metrics", "context_precision,context_utilization"];
    const mode = ["--context-precision-mode", "usefulness"];
    const { lines } = await score([...args, ...mode], CRITERIA, llm());
    expect(lines[0]?.evidence.usefulness).toEqual({
      reference: [true, true],
      answer: [true, true],
    });
    expect(lines[0]?.scores).toEqual({ context_precision: 1, context_utilization: 1 });
    // By the claims the first passage holds no evidence.
    const plain = await score(args, CRITERIA, llm());
    expect(plain.lines[0]?.scores.context_precision).toBe(0.5);
  });

  test.each<[string, unknown, RegExp]>([
    ["no JSON", "polite", /must hold a JSON list/],
    ["an empty list", [], /the list/],
    ["no text", [{ name: "polite" }], /0\.text/],
    ["the same name twice", [CRITERIA[0], CRITERIA[0]], /two criteria named "polite"/],
  ])("%s: exit 1 with a sentence, nothing scored", async (_, criteria, message) => {
    const { code, stderr, lines } = await score(["--criteria", path("criteria.json")], criteria);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(lines).toEqual([]);
  });

  test("a file that is not there, and a mode that is none", async () => {
    const missing = await score(["--criteria", path("nothing.json")]);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringMatching(/no file/)]);
    const mode = await score(["--context-precision-mode", "useful"]);
    expect([mode.code, mode.stderr]).toEqual([1, expect.stringMatching(/claims and usefulness/)]);
  });
});
