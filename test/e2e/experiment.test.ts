import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runScript } from "../cli/run-script.ts";
import { appAddress, startFakeApps } from "../fakes/apps.ts";
import { packClient, runExample } from "./run-action.ts";
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

describe("examples/ci/touchstone-experiment.yml, with the packed client", () => {
  it("passes or fails by the gate", async () => {
    const client = packClient();
    const expressions = {
      "secrets.TOUCHSTONE_URL": server.origin,
      "secrets.TOUCHSTONE_KEY": "any",
      "vars.TOUCHSTONE_SET": set,
      "vars.TOUCHSTONE_TARGET": target,
    };
    const run = (rules: string) =>
      runExample("examples/ci/touchstone-experiment.yml", expressions, { rules, package: client });
    const passed = await run("faithfulness >= 0.5");
    expect(passed.code, passed.output).toBe(0);
    expect(passed.outputs.report_url).toContain(`${server.origin}/experiments/`);
    const failed = await run("faithfulness <= 0.1");
    expect(failed.code, failed.output).toBe(1);
    expect(failed.summary).toContain("gate: fail");
  });
});
