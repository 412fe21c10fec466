import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import type * as client from "../../clients/js/src/types.ts";
import type * as experiments from "../../src/contract/experiment.ts";
import type * as gates from "../../src/contract/gate.ts";
import type * as jobs from "../../src/contract/job.ts";
import { runScript } from "../cli/run-script.ts";
import { type RunningServer, startServer } from "./server.ts";

const RIGHT = {
  question: "入职满一年有几天年假？",
  // Copied: the built-in judge is sure of it, and a gate needs that.
  answer: "员工入职满一年后，每年享有10天带薪年假。",
  contexts: ["员工入职满一年后，每年享有10天带薪年假。"],
};
const WRONG = { ...RIGHT, answer: "员工入职满一年后，每年享有15天带薪年假。" };

let server: RunningServer;
const folder = mkdtempSync(join(tmpdir(), "client-"));

/** Packed and installed from the packed file into an empty folder, without a network: it depends on nothing. */
beforeAll(async () => {
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: "clients/js",
    encoding: "utf8",
  });
  const [, name = ""] = /"filename":\s*"([^"]+)"/.exec(packed) ?? [];
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", name], { cwd: folder });
  server = await startServer();
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

function runClient(file: string, args: string[] = []) {
  const env = { TOUCHSTONE_URL: server.origin };
  return runScript(join(folder, file), args, { cwd: folder, env });
}

/** The text of a module and of all it imports from the package. */
function closureOf(directory: string, name: string): string[] {
  const text = readFileSync(join(directory, name), "utf8");
  const imports = [...text.matchAll(/from "\.\/([^"]+)"/g)].map(([, path]) => path ?? "");
  return [text, ...imports.flatMap((path) => closureOf(directory, path))];
}

/** Runs lines of a user's own script. */
async function script(lines: string): Promise<unknown> {
  const file = `${crypto.randomUUID()}.js`;
  const head =
    'import { Touchstone, TouchstoneError } from "touchstone-rag";\nconst touchstone = new Touchstone();\n';
  writeFileSync(
    join(folder, file),
    `${head}const [right, wrong] = ${JSON.stringify([RIGHT, WRONG])};\n${lines}`,
  );
  const { code, stdout, stderr } = await runClient(file);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("the npm package", () => {
  it("tells of answers what the server is built from: otherwise this does not compile", () => {
    expectTypeOf<jobs.Accepted>().toExtend<client.Accepted>();
    expectTypeOf<jobs.Job>().toExtend<client.Job>();
    expectTypeOf<gates.GateResult>().toExtend<client.Gate>();
    expectTypeOf<experiments.Experiment>().toExtend<client.Experiment>();
  });

  it("scores one answer, a batch and a gate in the ten lines of its README", async () => {
    const told = await script(`
      const one = await touchstone.score(right);
      const batch = await touchstone.batch([right, wrong], { name: "发布 42", tags: { app: "客服" } });
      const job = await touchstone.wait(batch.job_id);
      const gate = await touchstone.gate({ jobId: batch.job_id, rules: { faithfulness: ">= 0.95" }, language: "zh" });
      console.log(JSON.stringify({ one: one.scores.faithfulness, total: job.progress.total, name: job.name, tags: job.tags, gate: gate.verdict }));
    `);
    expect(told).toEqual({
      one: expect.toSatisfy((score: number) => score > 0.5),
      total: 2,
      name: "发布 42",
      tags: { app: "客服" },
      gate: expect.stringMatching(/fail|inconclusive/),
    });
  });

  it("has types a project finds, and modules that import nothing of Node", async () => {
    const installed = join(folder, "node_modules/touchstone-rag/dist");
    const modules = ["index.js", "vitest.js"].flatMap((name) => closureOf(installed, name));
    expect(modules.filter((text) => /from "node:|require\(/.test(text))).toEqual([]);
    writeFileSync(
      join(folder, "typed.ts"),
      `import { Touchstone, type Experiment, type Gate } from "touchstone-rag";
       import { touchstoneMatchers } from "touchstone-rag/vitest";
       const verdict: Promise<Gate["verdict"]> = new Touchstone().gate({ runId: "r", rules: [] }).then((gate) => gate.verdict);
       const state: Experiment["status"] = "ended";
       // @ts-expect-error there is no such state
       const other: Experiment["status"] = "lost";
       export { verdict, state, other, touchstoneMatchers };`,
    );
    const options = "--noEmit --strict --module nodenext --target es2022 --lib es2023,dom --types";
    const tsc = join(process.cwd(), "node_modules/typescript/bin/tsc");
    const told = await runScript(tsc, [...options.split(" "), "", "typed.ts"], { cwd: folder });
    expect(told.output).toBe("");
  });

  it("says in the server's words what was refused, and what cannot be reached", async () => {
    const told = await script(`
      const refused = await touchstone.job("job_nothing").catch((error) => error);
      const away = await new Touchstone({ url: "http://127.0.0.1:9", retries: 0 }).job("x").catch((error) => error);
      console.log(JSON.stringify([refused.status, refused.code, away.message, away instanceof TouchstoneError]));
    `);
    expect(told).toEqual([404, "not_found", expect.stringContaining("cannot be reached"), true]);
  });

  it("asks a busy server again with the same key", async () => {
    const told = await script(`
      const keys = [];
      const busy = async (url, { headers }) => {
        keys.push(headers["Idempotency-Key"]);
        if (keys.length === 1) throw new TypeError("fetch failed");
        if (keys.length === 2) return new Response("{}", { status: 503, headers: { "Retry-After": "0" } });
        return Response.json({ job_id: "job_1", status: "completed", scores: {} });
      };
      await new Touchstone({ fetch: busy }).score(right);
      console.log(JSON.stringify([keys.length, new Set(keys).size]));
    `);
    expect(told).toEqual([3, 1]);
  });

  it("has matchers that pass and fail with the reason", async () => {
    const told = await script(`
      const { touchstoneMatchers } = await import("touchstone-rag/vitest");
      const { toScore } = touchstoneMatchers();
      const [holds, fails] = [await toScore(right, { faithfulness: ">= 0.5" }), await toScore(wrong, { faithfulness: ">= 0.9" })];
      console.log(JSON.stringify([holds.pass, fails.pass, fails.message()]));
    `);
    expect(told).toEqual([true, false, expect.stringContaining("/runs/run_")]);
  });

  it("has a command whose exit code is the verdict", async () => {
    const command = "node_modules/touchstone-rag/dist/command.js";
    const rows = [RIGHT, WRONG].map((row) => JSON.stringify(row)).join("\n");
    writeFileSync(join(folder, "rows.jsonl"), rows);
    const scored = await runClient(command, ["score", "rows.jsonl", "--json"]);
    expect(scored).toMatchObject({ code: 0 });
    const { run_id } = JSON.parse(scored.stdout);
    const gate = await runClient(command, ["gate", "--run", run_id, "--rule", "faithfulness>=0"]);
    expect(gate).toMatchObject({ code: 0, stdout: expect.stringContaining("pass") });
    const verified = await runClient(command, ["verify", run_id]);
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining("2 samples") });
    expect(await runClient(command, ["verify", "run_none"])).toMatchObject({ code: 2 });
    expect(await runClient(command, ["gate"])).toMatchObject({ code: 3 });
    const lost = ["experiment", "--set", "set_none", "--target", "tgt_none"];
    expect(await runClient(command, lost)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("404"),
    });
    expect(await runClient(command, ["gate", "--run", "run_x", "--rule", "a>=0"])).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/4\d\d: /),
    });
  });
});
