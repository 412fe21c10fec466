import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runScript } from "../cli/run-script.ts";
import { packClient, runAction, runExample, runTemplate } from "./run-action.ts";
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

describe("the GitHub Action and the GitLab template, with the packed client", () => {
  const fileOf = (answer: string) => {
    const file = join(server.directory, "eval.jsonl");
    const rows = Array.from({ length: 8 }, (_, i) => ({
      ...QUESTION,
      id: `q${i}`,
      question: `${QUESTION.question}（第${i + 1}次提问）`,
      answer,
    }));
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join("\n"));
    return file;
  };
  const RIGHT = "员工入职满一年后，每年享有10天带薪年假。";
  const expressions = (base = "") => ({
    "secrets.TOUCHSTONE_URL": server.origin,
    "secrets.TOUCHSTONE_KEY": "any",
    "vars.TOUCHSTONE_BASE_RUN_ID": base,
  });
  let client = "";
  beforeAll(() => {
    client = packClient();
  });
  const gate = (answer: string, rules: string, others: Record<string, string> = {}, base = "") =>
    runExample("examples/ci/touchstone-gate.yml", expressions(base), {
      ...{ file: fileOf(answer), rules, package: client },
      ...others,
    });

  it("lets a file pass, fail or stay open by the rules, and says so on the page of the run", async () => {
    const passed = await gate(RIGHT, "faithfulness >= 0.5\nanswer_relevancy >= 0");
    expect(passed.code, passed.output).toBe(0);
    expect(passed.outputs).toEqual({
      verdict: "pass",
      report_url: expect.stringContaining(`${server.origin}/runs/run_`),
    });
    expect(passed.summary).toContain("## Touchstone: pass");
    expect(passed.summary).toContain(`](${passed.outputs.report_url})`);
    const failed = await gate(RIGHT, "faithfulness <= 0.1");
    expect(failed.code, failed.output).toBe(1);
    expect(failed.outputs.verdict).toBe("fail");
    // Right, but in other words: without a model that is a number of low confidence, which decides nothing.
    const doubtful = "干满一年就能休10天带薪年假。";
    const open = await gate(doubtful, "faithfulness >= 0.55");
    expect(open.code, open.output).toBe(0);
    expect(open.summary).toContain("low confidence");
    const strict = await gate(doubtful, "faithfulness >= 0.55", { inconclusive: "fail" });
    expect(strict.code, strict.output).toBe(2);
    // No question of that run is among these, so nothing can be compared.
    const apart = await gate(RIGHT, "faithfulness >= base", { inconclusive: "fail" }, runs.wrong);
    expect(apart.code, apart.output).toBe(2);
  });

  it("takes what is there already, and a hostile text for no more than a text", async () => {
    const place = { url: server.origin, key: "any", package: client };
    const rules = "faithfulness>=0.8";
    const there = await runAction({ ...place, command: "gate", run: runs.right, rules });
    expect(there.code, there.output).toBe(0);
    const verified = await runAction({ ...place, command: "verify", run: runs.right });
    expect(verified.code, verified.output).toBe(0);
    const hostile = '"; touch hostile; echo $(touch hostile) `touch hostile` #';
    const refused = await runAction({ ...place, command: "gate", run: hostile, rules: hostile });
    expect(refused.code, refused.output).toBe(3);
    expect(refused.outputs.verdict).toBe("error");
    expect((await runAction({ ...place, command: "rm" })).code).toBe(3);
  });

  it("on GitLab an open verdict is 2, which the template lets pass with a warning", async () => {
    const secrets = { TOUCHSTONE_URL: server.origin, TOUCHSTONE_KEY: "any" };
    const run = (rules: string, base = "") =>
      runTemplate({ file: fileOf(RIGHT), rules, base, package: client }, secrets);
    const passed = await run("faithfulness>=0.5, answer_relevancy>=0");
    expect(passed.code, passed.output).toBe(0);
    expect((await run("faithfulness<=0.1")).code).toBe(1);
    expect((await run("faithfulness>=base", runs.wrong)).code).toBe(2);
    const experiment = await runTemplate(
      { set: "set_none", targets: "tgt_none", package: client },
      secrets,
    );
    expect(experiment).toMatchObject({ code: 3, output: expect.stringContaining("404") });
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
