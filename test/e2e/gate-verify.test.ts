import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runScript } from "../cli/run-script.ts";
import { type RunningServer, startServer } from "./server.ts";

let server: RunningServer;
const runs: { right: string; wrong: string; job: string } = { right: "", wrong: "", job: "" };

const QUESTION = {
  question: "入职满一年有几天年假？",
  contexts: ["员工入职满一年后，每年享有10天带薪年假。"],
  ground_truth: "每年10天带薪年假。",
  judge: "offline",
};

async function score(answer: string): Promise<{ run_id: string; job_id: string }> {
  const response = await fetch(`${server.origin}/api/score`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...QUESTION, answer }),
  });
  return response.json() as Promise<{ run_id: string; job_id: string }>;
}

const run = (script: "verify" | "gate", args: string[]) =>
  runScript("clients/js/src/command.ts", [script, ...args, "--url", server.origin]);

beforeAll(async () => {
  server = await startServer();
  const right = await score("员工入职满一年后，每年有10天带薪年假。");
  runs.right = right.run_id;
  runs.job = right.job_id;
  runs.wrong = (await score("员工入职满一年后，每年有20天带薪年假。")).run_id;
});
afterAll(() => server?.close());

describe("npm run gate", () => {
  it("0: passes", async () => {
    const args = ["--run", runs.right, "--rule", "faithfulness>=0.8"];
    const { code, output } = await run("gate", args);
    expect(code, output).toBe(0);
    expect(output).toContain(`pass: ${server.origin}/runs/${runs.right}`);
  });

  it("1: fails, with the reason", async () => {
    const args = ["--run", runs.wrong, "--rule", "faithfulness >= 0.8"];
    const { code, output } = await run("gate", args);
    expect(code, output).toBe(1);
    expect(output).toContain("does not hold");
  });

  it("2: stays open where nothing is proven; a job can be asked too", async () => {
    const args = [
      "--job",
      runs.job,
      "--base",
      runs.wrong,
      "--rule",
      "faithfulness>=base",
      "--json",
    ];
    const { code, output } = await run("gate", args);
    expect(code, output).toBe(2);
    expect(JSON.parse(output)).toMatchObject({ verdict: "inconclusive", job_id: runs.job });
  });

  it("3: could not ask", async () => {
    expect((await run("gate", ["--run", runs.right])).code).toBe(3);
    expect((await run("gate", ["--run", "run_none", "--rule", "faithfulness>=1"])).code).toBe(3);
    expect((await run("gate", ["--run", runs.right, "--rule", "faithfulness>=high"])).code).toBe(3);
  });
});

/** The shell of the example workflow, run as GitHub runs it. */
function runExample(
  dataset: string,
  rules: object,
  base = "",
): Promise<{ code: number; output: string }> {
  const workflow = parse(readFileSync("examples/ci/touchstone-gate.yml", "utf8")) as {
    jobs: { gate: { steps: { run?: string }[] } };
  };
  const script = workflow.jobs.gate.steps.find((step) => step.run)?.run ?? "";
  const env = {
    ...process.env,
    TOUCHSTONE_URL: server.origin,
    TOUCHSTONE_KEY: "any",
    DATASET: dataset,
    BASE_RUN_ID: base,
    RULES: JSON.stringify(rules),
    INCONCLUSIVE_EXIT_CODE: "7",
    GITHUB_RUN_ID: JSON.stringify(rules),
  };
  return new Promise((resolve) => {
    execFile("bash", ["-e", "-c", script], { env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, output: stdout + stderr });
    });
  });
}

const hasShellTools = ["bash", "curl", "jq"].every((tool) => existsSync(`/usr/bin/${tool}`));

describe.skipIf(!hasShellTools)("examples/ci/touchstone-gate.yml (needs bash, curl and jq)", () => {
  it("scores a file, waits, and passes, fails or stays open by the rules", async () => {
    const dataset = join(server.directory, "eval.jsonl");
    const write = (answer: string) => {
      const rows = Array.from({ length: 8 }, (_, i) => ({
        ...QUESTION,
        id: `q${i}`,
        question: `${QUESTION.question}（第${i + 1}次提问）`,
        answer,
      }));
      writeFileSync(dataset, rows.map((row) => JSON.stringify(row)).join("\n"));
    };
    // Right, but in other words: without a model that is a number of low confidence, which decides nothing.
    write("入职满一年的员工每年有10天带薪年假。");
    const doubtful = await runExample(dataset, { faithfulness: ">= 0.55" });
    expect(doubtful.code, doubtful.output).toBe(7);
    expect(doubtful.output).toContain("low confidence");
    write("员工入职满一年后，每年享有10天带薪年假。");
    const passed = await runExample(dataset, { faithfulness: ">= 0.5" });
    expect(passed.code, passed.output).toBe(0);
    expect(passed.output).toContain("## RAG quality gate: pass");
    const failed = await runExample(dataset, { faithfulness: "<= 0.1" });
    expect(failed.code, failed.output).toBe(1);
    // No question of that run is among these, so nothing can be compared.
    const open = await runExample(dataset, { faithfulness: ">= base" }, runs.wrong);
    expect(open.code, open.output).toBe(7);
  });
});

describe("npm run verify", () => {
  it("computes a run again and finds every byte in place", async () => {
    const { code, output } = await run("verify", [runs.right]);
    expect(code, output).toBe(0);
    expect(output).toContain("1 sample computed again");
    expect((await run("verify", ["run_none"])).code).toBe(2);
  });

  it("finds a byte changed on the disk", async () => {
    const response = await fetch(
      `${server.origin}/api/runs/${runs.wrong}/artifacts/evidence.jsonl`,
    );
    const evidence = await response.text();
    await server.kill();
    const { path, object } = findObject(server.directory, evidence);
    object.write(
      "10天",
      object.indexOf(evidence) + Buffer.byteLength(evidence.split("20天")[0] ?? ""),
    );
    writeFileSync(path, object);
    await server.restart();
    const { code, output } = await run("verify", [runs.wrong]);
    expect(code, output).toBe(1);
    expect(output).toContain("evidence.jsonl: its SHA-256");
    expect((await run("verify", [runs.right])).code).toBe(0);
  });
});

/** The object of the local bucket that holds this text; the artifacts of a job lie in one. */
function findObject(directory: string, text: string): { path: string; object: Buffer } {
  for (const name of readdirSync(directory, { recursive: true }).map(String)) {
    const path = join(directory, name);
    if (!name.includes("blobs") || !statSync(path).isFile()) continue;
    const object = readFileSync(path);
    if (object.includes(text)) return { path, object };
  }
  throw new Error("the object is not on the disk");
}
