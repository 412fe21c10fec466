import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ARTIFACT_NAMES } from "../../src/contract/service.ts";
import { artifactsKey } from "../../src/storage/artifacts.ts";
import { SAMPLE_EN, SAMPLE_ZH, send } from "./http.ts";

const TYPES = {
  "metadata.json": "application/json; charset=utf-8",
  "scores.csv": "text/csv; charset=utf-8",
  "summary.md": "text/markdown; charset=utf-8",
  "optimization_advice.md": "text/markdown; charset=utf-8",
  "evidence.jsonl": "application/x-ndjson; charset=utf-8",
};

async function score(sample: object): Promise<string> {
  const answer = await send("/api/score", { json: { ...sample, judge: "offline" } });
  return ((await answer.json()) as { run_id: string }).run_id;
}

const hex = async (bytes: ArrayBuffer) =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

describe.each([
  ["zh", SAMPLE_ZH],
  ["en", SAMPLE_EN],
])("the artifacts of a single job (%s)", (_language, sample) => {
  it("are one object, and each is served alone, whole and named right", async () => {
    const runId = await score(sample);
    const { objects } = await env.ARTIFACTS.list({ prefix: `default/runs/${runId}/` });
    expect(objects.map(({ key }) => key)).toEqual([`default/runs/${runId}/1/artifacts`]);
    const hashes: Record<string, string> = {};
    let total = 0;
    for (const name of ARTIFACT_NAMES) {
      const answer = await send(`/api/runs/${runId}/artifacts/${name}?download=1`);
      const bytes = await answer.arrayBuffer();
      total += bytes.byteLength;
      hashes[name] = await hex(bytes);
      expect(answer.headers.get("content-type")).toBe(TYPES[name]);
      expect(answer.headers.get("content-length")).toBe(String(bytes.byteLength));
      expect(answer.headers.get("etag")).toBe(`"${hashes[name]}"`);
      expect(answer.headers.get("content-disposition")).toContain(`${runId}-${name}`);
    }
    // Behind them lies the report.
    const report = await (await send(`/api/runs/${runId}`)).arrayBuffer();
    expect(objects[0]?.size).toBe(total + report.byteLength);
    const metadata = (await (await send(`/api/runs/${runId}/artifacts/metadata.json`)).json()) as {
      hashes: Record<string, string>;
    };
    for (const [name, hash] of Object.entries(metadata.hashes)) {
      expect(hash).toBe(`sha256:${hashes[name]}`);
    }
    expect(Object.keys(metadata.hashes)).toHaveLength(ARTIFACT_NAMES.length - 1);
  });

  it("are not sent again to who has them", async () => {
    const path = `/api/runs/${await score({ ...sample, name: "twice" })}/artifacts/scores.csv`;
    const etag = (await send(path)).headers.get("etag") ?? "";
    for (const [header, status] of [
      [etag, 304],
      [`W/${etag}`, 304],
      [`"other", ${etag}`, 304],
      ["*", 304],
      ['"other"', 200],
      [etag.replaceAll('"', ""), 200],
    ] as const) {
      const answer = await send(path, { headers: { "If-None-Match": header } });
      expect(answer.status, header).toBe(status);
      expect(answer.headers.get("etag")).toBe(etag);
      expect((await answer.text()).length > 0, header).toBe(status === 200);
    }
  });

  it("say so when the object is gone", async () => {
    const runId = await score({ ...sample, name: "gone" });
    await env.ARTIFACTS.delete(`default/runs/${runId}/1/artifacts`);
    const answer = await send(`/api/runs/${runId}/artifacts/scores.csv`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("is gone");
    const report = await send(`/api/runs/${runId}`);
    expect([report.status, await report.text()]).toEqual([404, expect.stringContaining("is gone")]);
  });
});

it("a run whose artifacts are objects of their own, as batches write them", async () => {
  const runId = await score({ ...SAMPLE_ZH, name: "old" });
  await env.ARTIFACTS.put(`${artifactsKey("default", runId, 1)}/summary.md`, "# 摘要");
  await env.DB.prepare("UPDATE runs SET report_offset = NULL WHERE id = ?1").bind(runId).run();
  const answer = await send(`/api/runs/${runId}/artifacts/summary.md`);
  expect(await answer.text()).toBe("# 摘要");
  expect(answer.headers.get("content-type")).toBe(TYPES["summary.md"]);
  expect(answer.headers.get("content-length")).toBe("8");
  const etag = answer.headers.get("etag") ?? "";
  const again = await send(`/api/runs/${runId}/artifacts/summary.md`, {
    headers: { "If-None-Match": etag },
  });
  expect(again.status).toBe(304);
});
