import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Evidence } from "../../src/scoring/evidence.ts";
import { pause, SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";

interface Line {
  type: "job" | "sample" | "report" | "review" | "end";
  [name: string]: unknown;
}

async function exportOf(query = ""): Promise<Line[]> {
  const answer = await send(`/api/export${query}`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    200,
    "application/x-ndjson; charset=utf-8",
  ]);
  const text = await answer.text();
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

const of = (lines: readonly Line[], type: Line["type"]) => lines.filter((one) => one.type === type);

let zh = { job_id: "", run_id: "" };
let batch = "";
let call = { job_id: "" };

async function post<T>(path: string, json: unknown): Promise<T> {
  const answer = await send(path, { json });
  expect(answer.status).toBeLessThan(300);
  return answer.json();
}

beforeAll(async () => {
  zh = await post("/api/score", { ...SAMPLE_ZH, tags: { app: "客服" } });
  ({ job_id: batch } = await post<{ job_id: string }>("/api/score/batch", [
    { ...SAMPLE_EN, id: "en-1" },
    { ...SAMPLE_ZH, id: "zh-1", feedback: "dislike" },
    { question: "没有回答的问题？", answer: "", contexts: ["无"], id: "zh-2" },
  ]));
  await waitForJob(batch);
  call = await post("/api/score", { ...SAMPLE_EN, session_id: "会话 1" });
  await send(`/api/runs/${zh.run_id}/samples/1/reviews`, {
    method: "PUT",
    json: { opinion: "disagree", note: "其实是对的" },
  });
}, 120_000);

describe("the export of a project", () => {
  it("has every job as its page shows it, oldest first, and says that it is whole", async () => {
    const lines = await exportOf();
    const jobs = of(lines, "job");
    expect(jobs.map(({ job_id }) => job_id)).toEqual([zh.job_id, batch, call.job_id]);
    for (const { type: _, ...job } of jobs) {
      expect(job).toEqual(await (await send(`/api/score/jobs/${job.job_id}`)).json());
    }
    expect(lines.at(-1)).toEqual({ type: "end", next: null });
  });

  it("has every sample with the evidence it was judged by, and those that were not judged", async () => {
    const samples = of(await exportOf(), "sample");
    expect(samples.map(({ job_id, sample_id }) => [job_id, sample_id])).toEqual([
      [zh.job_id, "1"],
      [call.job_id, call.job_id],
      [batch, "en-1"],
      [batch, "zh-1"],
      [batch, "zh-2"],
    ]);
    const [single] = samples;
    const detail = (await (await send(`/api/runs/${zh.run_id}/samples/1`)).json()) as {
      sample: object;
      evidence: Evidence;
    };
    expect(single?.evidence).toEqual(detail.evidence);
    expect(single).toMatchObject({ run_id: zh.run_id, tags: { app: "客服" } });
    expect(detail.sample).toMatchObject({ scores: single?.scores, cause: single?.cause });
    expect(samples[3]).toMatchObject({ feedback: "dislike", evidence: { id: "zh-1" } });
    expect(samples[4]).toMatchObject({
      evidence: null,
      error: { code: "no_answer" },
      question: "没有回答的问题？",
    });
  });

  it("has every report as it was written, and what people said", async () => {
    const lines = await exportOf();
    const [report] = of(lines, "report");
    const { people: _, ...written } = (await (
      await send(`/api/runs/${zh.run_id}`)
    ).json()) as Record<string, unknown>;
    expect(report).toEqual({ type: "report", run_id: zh.run_id, report: written });
    expect(of(lines, "review")).toMatchObject([
      {
        run_id: zh.run_id,
        sample_id: "1",
        claim_id: null,
        opinion: "disagree",
        note: "其实是对的",
      },
    ]);
  });

  it("goes on after a job, and between two times", async () => {
    const rest = await exportOf(`?after=${zh.job_id}`);
    expect(of(rest, "job").map(({ job_id }) => job_id)).toEqual([batch, call.job_id]);
    expect(of(rest, "sample")).toHaveLength(4);
    expect(of(rest, "review")).toEqual([]);
    expect(of(await exportOf("?from=2000-01-01"), "job")).toHaveLength(3);
    expect(await exportOf("?to=2000-01-01")).toEqual([{ type: "end", next: null }]);
    expect(await exportOf("?from=2999-01-01")).toEqual([{ type: "end", next: null }]);
    const refused = await send("/api/export?after=job_1");
    expect([refused.status, await refused.text()]).toEqual([
      422,
      expect.stringContaining("must be the id of a job"),
    ]);
  });

  it("breaks off without its last line when a file cannot be read: nothing is left out in silence", async () => {
    const bucket = Object.getPrototypeOf(env.ARTIFACTS) as R2Bucket;
    const away = vi.spyOn(bucket, "get").mockRejectedValue(new Error("R2 is away"));
    try {
      const answer = await send("/api/export");
      const text = await answer.text().catch(() => "");
      expect(text).not.toContain('"type":"end"');
    } finally {
      away.mockRestore();
      await pause(0);
    }
  });
});
