import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runScript } from "../cli/run-script.ts";
import { appAddress, startFakeApps } from "../fakes/apps.ts";
import { type RunningServer, startServer } from "./server.ts";

const apps = await startFakeApps();
let server: RunningServer;
let set = "";
let target = "";

async function post<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(`${server.origin}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const run = (...args: string[]) =>
  runScript("clients/js/src/command.ts", ["experiment", ...args, "--url", server.origin]);

beforeAll(async () => {
  server = await startServer({ SECRETS_KEY: "dGhlIGtleSBvZiB0ZXN0cywgMzIgYnl0ZXMgbG9uZyE=" });
  await fetch(`${apps.url}/_apps/app`, {
    method: "PUT",
    body: JSON.stringify({ kind: "dify", mode: "chat", key: "app-1" }),
  });
  const base_url = appAddress(apps.url, "dify", "app");
  const wish = { name: "客服", kind: "dify", base_url, api_key: "app-1" };
  target = (await post<{ target_id: string }>("/api/targets", wish)).target_id;
  const items = Array.from({ length: 8 }, (_, n) => ({
    question: n % 2 === 0 ? `第 ${n} 类员工有几天年假？` : `How many days has grade ${n}?`,
    ground_truth: "五天。",
  }));
  set = (await post<{ test_set_id: string }>("/api/test-sets", { name: "回归", items }))
    .test_set_id;
});
afterAll(async () => {
  await server?.close();
  await apps.close();
});

describe("npm run experiment", () => {
  it("0: asks, scores and passes; without a gate too", async () => {
    const passed = await run("--set", set, "--target", target, "--gate", "faithfulness>=0.5");
    expect(passed.code, passed.output).toBe(0);
    expect(passed.output).toContain("客服: completed, 8 asked and 8 scored of 8");
    const plain = await run("--set", set, "--target", target, "--json");
    expect(plain.code, plain.output).toBe(0);
    expect(JSON.parse(plain.output)).toMatchObject({ status: "ended", runs: [{ label: "客服" }] });
  });

  it("1: the gate is not passed", async () => {
    const { code, output } = await run(
      "--set",
      set,
      "--target",
      target,
      "--gate",
      "faithfulness<=0.1",
    );
    expect(code, output).toBe(1);
    expect(output).toContain("gate: fail");
  });

  it("3: it could not be run", async () => {
    expect((await run("--set", set)).code).toBe(3);
    const { code, output } = await run("--set", "set_none", "--target", target);
    expect(code).toBe(3);
    expect(output).toContain("404");
  });
});

const hasShellTools = ["bash", "curl", "jq"].every((tool) => existsSync(`/usr/bin/${tool}`));

describe.skipIf(!hasShellTools)(
  "examples/ci/touchstone-experiment.yml (needs bash, curl and jq)",
  () => {
    const runExample = (rules: string[]): Promise<{ code: number; output: string }> => {
      const workflow = parse(readFileSync("examples/ci/touchstone-experiment.yml", "utf8")) as {
        jobs: { experiment: { steps: { run?: string }[] } };
      };
      const script = workflow.jobs.experiment.steps.find((step) => step.run)?.run ?? "";
      const env = {
        ...process.env,
        ...{ TOUCHSTONE_URL: server.origin, TOUCHSTONE_KEY: "any", SET: set, TARGET: target },
        ...{ RULES: JSON.stringify(rules), INCONCLUSIVE_EXIT_CODE: "7" },
      };
      return new Promise((resolve) => {
        execFile("bash", ["-e", "-c", script], { env }, (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
          resolve({ code, output: stdout + stderr });
        });
      });
    };

    it("passes or fails by the gate", async () => {
      const passed = await runExample(["faithfulness >= 0.5"]);
      expect(passed.code, passed.output).toBe(0);
      const failed = await runExample(["faithfulness <= 0.1"]);
      expect(failed.code, failed.output).toBe(1);
      expect(failed.output).toContain("gate: fail");
    });
  },
);
