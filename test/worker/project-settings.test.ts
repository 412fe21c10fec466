import { afterAll, describe, expect, it } from "vitest";
import type { Job } from "../../src/contract/job.ts";
import type { Report } from "../../src/contract/report.ts";
import {
  asAdmin,
  ask,
  bearer,
  createKey,
  createProject,
  SAMPLE_EN,
  SAMPLE_ZH,
  scoreOne,
  waitForQuiet,
} from "./access-world.ts";
import { waitForJob } from "./http.ts";

const CRITERIA = [
  { name: "有礼貌", text: "回答是否礼貌？" },
  { name: "short", text: "Is the answer at most two sentences?", kind: "scale", version: 2 },
];
const THRESHOLDS = { faithfulness: [0.9, 0.95, 1], answer_relevancy: [0, 0, 0] };

afterAll(waitForQuiet);

async function change(project: string, json: object) {
  return ask(`/api/projects/${project}`, { method: "PATCH", json, headers: asAdmin() });
}

async function finished(key: string, jobId: string): Promise<Job> {
  const job = await waitForJob(jobId, (path) => ask(path, { headers: bearer(key) }));
  return job as unknown as Job;
}

describe("criteria of a project", () => {
  it("are kept, shown to whoever submits, and named by submissions in every way in", async () => {
    await createProject("criteria", { criteria: CRITERIA });
    const { key } = await createKey("criteria", "run");
    const session = await (await ask("/api/session", { headers: bearer(key) })).json();
    expect(session).toMatchObject({
      criteria: [
        { name: "有礼貌", text: "回答是否礼貌？", kind: "yes_no", version: 1 },
        { name: "short", kind: "scale", version: 2 },
      ],
    });
    const one = await ask("/api/score", {
      json: { ...SAMPLE_ZH, metrics: "faithfulness,criterion:有礼貌" },
      headers: bearer(key),
    });
    expect(one.status).toBe(200);
    const { outcomes } = (await one.json()) as Job;
    expect(Object.keys(outcomes)).toEqual(["faithfulness", "criterion:有礼貌"]);

    const rows = [SAMPLE_ZH, SAMPLE_EN, { ...SAMPLE_EN, metrics: ["criterion:short"] }];
    const batch = await ask("/api/score/batch?metrics=context_recall,criterion:short", {
      body: rows.map((row) => JSON.stringify(row)).join("\n"),
      headers: bearer(key),
    });
    expect(batch.status).toBe(202);
    const job = await finished(key, ((await batch.json()) as Job).job_id);
    expect(job).toMatchObject({ status: "completed", bad_rows: 0, progress: { total: 3 } });
    expect(job.metrics).toEqual(["context_recall", "criterion:short"]);
    const report = (await (
      await ask(`/api/runs/${job.run_id}`, { headers: bearer(key) })
    ).json()) as Report;
    // Without a model a criterion cannot be judged; it was asked of all three all the same.
    expect(report.metrics["criterion:short"]?.missing).toEqual({ judge_error: 3 });
  });

  it("that are not saved are refused by name", async () => {
    await createProject("no-criteria");
    const { key } = await createKey("no-criteria", "run");
    for (const path of ["/api/score/async", "/api/score/batch?metrics=criterion:有礼貌"]) {
      const answer = await ask(path, {
        json: { ...SAMPLE_ZH, metrics: ["criterion:有礼貌"] },
        headers: bearer(key),
      });
      expect(answer.status).toBe(422);
      expect(JSON.stringify(await answer.json())).toContain("saved for the project");
    }
  });

  it.each([
    ["two of one name", { criteria: [CRITERIA[0], CRITERIA[0]] }],
    ["a name with blanks", { criteria: [{ name: "a b", text: "x" }] }],
    ["no text", { criteria: [{ name: "a", text: " " }] }],
    [
      "too many",
      { criteria: Array.from({ length: 11 }, (_, i) => ({ name: `c${i}`, text: "x" })) },
    ],
    ["lines that fall", { thresholds: { faithfulness: [0.9, 0.5, 1] } }],
    ["lines beyond 1", { thresholds: { faithfulness: [0.1, 0.5, 2] } }],
  ])("refuses %s", async (_, json) => {
    const answer = await change("default", json);
    expect(answer.status).toBe(422);
  });

  it("ten of full length fit, and the audit log holds their names, not their texts", async () => {
    await createProject("long");
    const criteria = Array.from({ length: 10 }, (_, i) => ({
      name: `c${i}`,
      text: "长".repeat(2000),
    }));
    expect((await change("long", { criteria })).status).toBe(200);
    const log = await (await ask("/api/audit", { headers: asAdmin("long") })).text();
    expect(log).toContain("c9");
    expect(log).not.toContain("长长");
  });
});

describe("thresholds of a project", () => {
  it("draw the lines of reports made from then on, single, batch and session", async () => {
    await createProject("lines");
    const { key } = await createKey("lines", "run");
    const read = async (runId: string | null) =>
      (await (await ask(`/api/runs/${runId}`, { headers: bearer(key) })).json()) as Report;
    const before = await scoreOne(key, SAMPLE_EN);
    expect((await change("lines", { thresholds: THRESHOLDS })).status).toBe(200);
    const after = await scoreOne(key, SAMPLE_ZH);
    expect((await read(before.run_id)).thresholds).toBeUndefined();
    expect((await read(after.run_id)).thresholds).toEqual(THRESHOLDS);

    const batch = await ask("/api/score/batch", {
      body: JSON.stringify([SAMPLE_ZH, SAMPLE_EN]),
      headers: bearer(key),
    });
    const job = await finished(key, ((await batch.json()) as Job).job_id);
    const { thresholds, advice } = await read(job.run_id);
    expect(thresholds).toEqual(THRESHOLDS);
    expect(advice.filter(({ metric }) => metric === "answer_relevancy")).toEqual([]);
  });

  it("cannot be set by who submits", async () => {
    const answer = await ask("/api/score", {
      json: { ...SAMPLE_ZH, thresholds: THRESHOLDS },
      headers: asAdmin(),
    });
    const { run_id } = (await answer.json()) as Job;
    const run = (await (await ask(`/api/runs/${run_id}`, { headers: asAdmin() })).json()) as Report;
    expect(run.thresholds).toBeUndefined();
  });
});
