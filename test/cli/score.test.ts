import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FakeOpenAi, startFakeOpenAi } from "../fakes/openai-server.ts";
import { makeXlsx } from "../intake/upload/make-xlsx.ts";
import { runScript } from "./run-script.ts";

const folder = mkdtempSync(join(tmpdir(), "score-"));
const input = join(folder, "in.jsonl");
const output = join(folder, "out.jsonl");

let fake: FakeOpenAi;
beforeAll(async () => {
  fake = await startFakeOpenAi();
});
beforeEach(() => {
  fake.reset();
  fake.setFault(null);
  rmSync(output, { force: true });
});
afterAll(async () => {
  await fake.close();
  rmSync(folder, { recursive: true });
});

const TEA = {
  id: "tea",
  question: "At what temperature is green tea brewed?",
  answer: "Green tea is brewed at 80 degrees. It was first sold in 1650 in Lisbon.",
  contexts: ["Green tea is brewed at 80 degrees.", "Black tea is brewed at 95 degrees."],
  ground_truth: "Green tea is brewed at 80 degrees.",
};
const WALL = {
  query: "城墙有多长？",
  response: "城墙全长九公里。",
  retrieved_contexts: ["古城的城墙全长九公里，建于明代。"],
  reference: "城墙全长九公里。",
};

interface Line {
  id: string;
  scores: Record<string, number | null>;
  outcomes: Record<string, { status: string; reason: string | null; method: string }>;
  evidence: {
    claims: { verdict: string; evidence: { passage: number; start: number; end: number }[] }[];
    passages: { text: string }[];
    answer: { text: string };
  } | null;
  usage: { judge_calls: number; cached_calls: number };
  error?: { code: string; message: string };
}

async function score(
  lines: readonly unknown[],
  args: string[] = [],
  env: Record<string, string> = {},
) {
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  writeFileSync(input, `${text.join("\n")}\n`);
  return run([input, "--out", output, ...args], env);
}

async function run(args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runScript("src/cli/score.ts", args, {
    env: { OPENAI_API_KEY: "", JUDGE: "", ...env },
  });
  const written = existsSync(output)
    ? readFileSync(output, "utf8").split("\n").filter(Boolean)
    : null;
  return { code, stdout, stderr, lines: written?.map((line) => JSON.parse(line) as Line) ?? null };
}

const llm = () => ({
  OPENAI_API_KEY: "sk-test",
  OPENAI_BASE_URL: fake.url,
  EMBEDDING_MODEL: "fake",
});

describe("files as the batch route takes them", () => {
  const HEADER = ["问题", "回答", "contexts"];
  const CELLS = ["城墙有多长？", "城墙全长九公里。", '["古城的城墙全长九公里，建于明代。"]'];
  const csv = [HEADER, CELLS]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","))
    .join("\r\n");

  test.each([
    ["in.csv", Buffer.from(`\uFEFF${csv}`, "utf16le")],
    ["in.xlsx", makeXlsx([HEADER, CELLS])],
  ])("%s", async (name, bytes) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    const { code } = await run([file, "--out", output, "--judge", "offline"]);
    expect(code).toBe(0);
    const line = JSON.parse(readFileSync(output, "utf8")) as Line;
    expect(line.evidence?.answer.text).toBe("城墙全长九公里。");
    expect(line.evidence?.passages[0]?.text).toBe("古城的城墙全长九公里，建于明代。");
  });

  test.each([
    ["bytes", "in.bin", Buffer.from([0, 1, 2, 3, 0, 255, 254, 0])],
    ["a page saved as CSV", "页面.csv", Buffer.from("<html><body>请先登录</body></html>")],
  ])("%s are refused before anything is paid", async (_what, name, bytes) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    const { code, stderr } = await run([file, "--out", output, "--judge", "offline"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("no text")]);
  });
});

describe("npm run score", () => {
  test("scores every row in order, in both languages, under all field names", async () => {
    const { code, lines, stderr } = await score([TEA, "", WALL, { ...TEA, id: "again" }]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(lines?.map(({ id }) => id)).toEqual(["tea", "3", "again"]);
    expect(Object.keys(lines?.[0] ?? {})).toEqual([
      "id",
      "scores",
      "outcomes",
      "evidence",
      "usage",
    ]);
    expect(Object.keys(lines?.[0]?.scores ?? {})).toEqual([
      "faithfulness",
      "answer_relevancy",
      "context_recall",
      "context_precision",
    ]);
    // One of two claims; a close call of the offline judge counts in part.
    expect(Math.abs(Number(lines?.[0]?.scores.faithfulness) - 0.5)).toBeLessThan(0.1);
    expect(lines?.[1]?.scores.faithfulness).toBeGreaterThan(0.9);
    expect(lines?.[2]).toEqual({ ...lines?.[0], id: "again", evidence: expect.anything() });
  });

  test("reads a byte order mark, Windows line ends and a last line without one", async () => {
    writeFileSync(input, `\uFEFF${JSON.stringify(TEA)}\r\n\r\n${JSON.stringify(WALL)}`);
    const { code, lines } = await run([input, "--out", output]);
    expect(code).toBe(0);
    expect(lines).toHaveLength(2);
  });

  test("--metrics picks the metrics, the row's own come next", async () => {
    const row = { ...WALL, metrics: ["context_recall"] };
    const own = await score([row]);
    expect(Object.keys(own.lines?.[0]?.scores ?? {})).toEqual(["context_recall"]);
    const asked = await score([row], ["--metrics", "rouge_l, faithfulness"]);
    expect(Object.keys(asked.lines?.[0]?.scores ?? {})).toEqual(["rouge_l", "faithfulness"]);
  });

  test("--compat ragas gives Ragas' own value", async () => {
    const args = ["--metrics", "context_precision"];
    const ours = await score([WALL], args);
    const theirs = await score([WALL], [...args, "--compat", "ragas"]);
    expect(ours.lines?.[0]?.scores.context_precision).toBe(1);
    expect(theirs.lines?.[0]?.scores.context_precision).toBeCloseTo(0.9999999999, 12);
  });
});

describe("mistakes are told with what to do", () => {
  test.each<[string, unknown]>([
    ["not JSON", '{"question": "q", '],
    ["a list", [TEA]],
    ["a number", "12"],
  ])("a line that is %s: exit 1 with its number, nothing written", async (_, line) => {
    const { code, stderr, lines } = await score([
      TEA,
      WALL,
      typeof line === "string" ? line : JSON.stringify(line),
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/line 3/);
    expect(lines).toBeNull();
  });

  test("a row without an answer still yields its line, failed, and exit 1 with the number", async () => {
    const { code, stderr, lines } = await score([TEA, { id: "hole", question: "Why?" }, WALL]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/line 2: .*answer/);
    expect(lines?.map(({ id }) => id)).toEqual(["tea", "hole", "3"]);
    expect(lines?.[1]?.outcomes.faithfulness).toMatchObject({ status: "failed", value: null });
    expect(lines?.[1]?.error?.code).toBe("invalid_request");
  });

  test.each<[string, string[], RegExp]>([
    ["a file that is not there", ["nowhere.jsonl", "--out", output], /no file nowhere\.jsonl/],
    ["no file at all", ["--out", output], /name one input file/],
    ["no output", [input], /--out OUT\.jsonl/],
    ["an unknown judge", [input, "--out", output, "--judge", "oracle"], /"oracle".*offline/],
    [
      "an unknown metric",
      [input, "--out", output, "--metrics", "vibes"],
      /"vibes".*faithfulness.*rc_f1/,
    ],
    ["an unknown option", [input, "--out", output, "--fast"], /--fast/],
    ["the llm judge without a key", [input, "--out", output, "--judge", "llm"], /OPENAI_API_KEY/],
  ])("%s", async (_, args, message) => {
    writeFileSync(input, `${JSON.stringify(TEA)}\n`);
    const { code, stderr, lines } = await run(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/at .*\.ts:\d+/);
    expect(lines).toBeNull();
  });
});

describe("with the llm judge", () => {
  test("scores with the model, in two rounds, with exact evidence", async () => {
    const first = await score(
      [TEA, WALL],
      ["--judge", "llm", "--metrics", "faithfulness,factual_correctness,semantic_similarity"],
      llm(),
    );
    expect(first.code).toBe(0);
    const [tea] = first.lines ?? [];
    expect(tea?.outcomes.faithfulness).toMatchObject({ status: "scored", method: "llm" });
    expect(tea?.outcomes.semantic_similarity?.method).toBe("embedding");
    expect(tea?.usage.judge_calls).toBe(5);
    expect(tea?.scores.faithfulness).toBe(0.5);
    const span = tea?.evidence?.claims[0]?.evidence[0];
    expect(tea?.evidence?.passages[span?.passage ?? -1]?.text.slice(span?.start, span?.end)).toBe(
      "Green tea is brewed at 80 degrees.",
    );
    expect(first.lines).toHaveLength(2);
  });

  test("a judge that talks nonsense: failed outcomes with a reason, and the command says so", async () => {
    fake.setFault({ kind: "say", say: () => "hm" });
    const { code, stdout, lines } = await score([TEA], ["--judge", "llm"], llm());
    expect(code).toBe(1);
    expect(stdout).toContain("1 of 1 rows have failed metrics");
    expect(lines?.[0]?.scores).toEqual({
      faithfulness: null,
      answer_relevancy: null,
      context_recall: null,
      context_precision: null,
    });
    for (const outcome of Object.values(lines?.[0]?.outcomes ?? {})) {
      expect(outcome).toMatchObject({ status: "failed", reason: "judge_error" });
    }
  });

  test("a provider that stays away: the row is given up, not the file", async () => {
    fake.setFault({ kind: "status_503", retryAfter: 0 });
    const { code, lines } = await score([TEA], ["--judge", "llm"], llm());
    expect(code).toBe(1);
    expect(lines?.[0]?.outcomes.faithfulness).toMatchObject({ status: "failed" });
    expect(lines?.[0]?.error).toMatchObject({ code: "judge_unavailable" });
  });

  test("a refused key stops the command with a sentence", async () => {
    fake.setFault({ kind: "status_401" });
    const { code, stderr } = await score([TEA, WALL], ["--judge", "llm"], llm());
    expect(code).toBe(1);
    expect(stderr).toMatch(/key was refused/);
    expect(stderr).not.toContain("sk-test");
  });

  test("asks the model twice where its word is doubtful, and says how steady it was", async () => {
    const { code, stdout, lines } = await score(
      [{ ...TEA, contexts: ["Tea grows on hills."] }, WALL],
      ["--judge", "llm", "--metrics", "faithfulness", "--consistency", "doubtful"],
      llm(),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/Asked twice, of 3 verdicts: \d of \d doubtful/);
    expect(lines?.every(({ evidence }) => evidence && "consistency" in evidence)).toBe(true);
    const wrong = await score([TEA], ["--consistency", "often"]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("off and doubtful");
  });
});
