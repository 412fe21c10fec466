import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningWorker, startWorker } from "./worker.ts";

const KEY = "a-long-admin-key-for-mcp";

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker({ ACCESS_MODE: "keys", ADMIN_KEY: KEY });
});
afterAll(() => worker?.close());

async function connect(key: string, mode: "auto" | "legacy" = "auto"): Promise<Client> {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
  const requestInit = { headers: { Authorization: `Bearer ${key}` } };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${worker.origin}/mcp`), { requestInit }),
  );
  return client;
}

async function call(client: Client, name: string, input: Record<string, unknown>) {
  const result = await client.callTool({ name, arguments: input });
  const [content] = result.content as { type: string; text: string }[];
  return { isError: result.isError === true, text: content?.text ?? "" };
}

describe("POST /mcp with the official client", () => {
  it.each([
    ["auto", "2026-07-28"],
    ["legacy", "2025-11-25"],
  ] as const)(
    "lists the tools and scores, reads and lists with them (%s)",
    async (mode, version) => {
      const client = await connect(KEY, mode);
      expect(client.getNegotiatedProtocolVersion()).toBe(version);
      const { tools } = await client.listTools();
      expect(tools.every((tool) => tool.outputSchema !== undefined)).toBe(true);
      expect(tools.map((tool) => tool.name).sort()).toEqual([
        "gate",
        "get_job",
        "get_report",
        "list_runs",
        "score_answer",
        "score_answer_async",
      ]);
      const scored = await call(client, "score_answer", {
        question: "年假几天？",
        answer: "每年有10天年假。",
        contexts: ["员工每年享有10天年假。"],
      });
      expect(scored.isError).toBe(false);
      const { scores, job_id, run_id } = JSON.parse(scored.text);
      expect(scores.faithfulness).toBeGreaterThan(0.9);
      for (const [about, verdict] of [
        [
          { question: "年假几天？", answer: "每年有20天年假。", contexts: ["每年10天年假。"] },
          "fail",
        ],
        [{ run_id }, "pass"],
        [{ job_id }, "pass"],
      ] as const) {
        const asked = { ...about, rules: "faithfulness >= 0.8" };
        const gate = await client.callTool({ name: "gate", arguments: asked });
        expect(gate.structuredContent).toMatchObject({
          verdict,
          rules: [{ metric: "faithfulness", verdict }],
          scores: expect.any(Object),
        });
      }
      const job = JSON.parse((await call(client, "get_job", { job_id })).text);
      expect(job).toMatchObject({ job_id, status: "completed", run_id });
      const report = JSON.parse((await call(client, "get_report", { run_id })).text);
      expect(report.run.run_id).toBe(run_id);
      const listed = JSON.parse((await call(client, "list_runs", { limit: 5 })).text);
      expect(listed.runs.map((run: { run_id: string }) => run.run_id)).toContain(run_id);
      await client.close();
    },
  );

  it("tells a mistake in words the model can act on", async () => {
    const client = await connect(KEY);
    const missing = await call(client, "score_answer", { question: "Why?" });
    expect(missing.isError).toBe(true);
    expect(missing.text).toContain("answer");
    expect((await call(client, "get_job", { job_id: "job_none" })).isError).toBe(true);
    expect((await call(client, "get_job", {})).text).toContain("job_id");
    const unruly = { question: "Why?", answer: "So.", rules: "faithfulness is fine" };
    expect((await call(client, "gate", unruly)).isError).toBe(true);
    await client.close();
  });

  it("is closed to a wrong key", async () => {
    await expect(connect("wrong")).rejects.toThrow();
  });
});
