import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { RescoreResult } from "../../src/contract/rescore.ts";
import { SAMPLE_EN, SAMPLE_ZH, send } from "./http.ts";

const NAMES = [
  "metadata.json",
  "scores.csv",
  "summary.md",
  "optimization_advice.md",
  "evidence.jsonl",
];

async function score(sample: object): Promise<{ run_id: string; job_id: string }> {
  const answer = await send("/api/score", { json: { ...sample, judge: "offline" } });
  expect(answer.status).toBe(200);
  return answer.json();
}

async function rescore(runId: string, body: object = {}): Promise<[number, RescoreResult]> {
  const answer = await send(`/api/runs/${runId}/rescore`, { json: body });
  return [answer.status, await answer.json()];
}

async function readArtifacts(runId: string): Promise<Record<string, string>> {
  const texts = NAMES.map(async (name) => {
    const answer = await send(`/api/runs/${runId}/artifacts/${name}`);
    return [name, await answer.text()] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

const countCalls = () =>
  env.DB.prepare(
    "SELECT coalesce(sum(json_extract(usage, '$.judge_calls')), 0) AS n FROM jobs",
  ).first("n");

describe("rescore with what the run has", () => {
  it.each([
    ["zh", SAMPLE_ZH],
    ["en", { ...SAMPLE_EN, metrics: ["faithfulness", "bleu", "context_recall"], name: "run a" }],
    ["compat", { ...SAMPLE_EN, compat: "ragas", metrics: ["faithfulness", "answer_relevancy"] }],
  ])("every byte comes out again (%s)", async (_name, sample) => {
    const { run_id } = await score(sample);
    const before = await readArtifacts(run_id);
    const [status, result] = await rescore(run_id);
    expect(status).toBe(200);
    expect(result).toMatchObject({ run_id, action: "checked", samples: 1, differing_samples: [] });
    expect(result.identical).toEqual(Object.fromEntries(NAMES.map((name) => [name, true])));
    expect(await readArtifacts(run_id)).toEqual(before);
    const left = await env.ARTIFACTS.list({ prefix: `default/runs/${run_id}/check-` });
    expect(left.objects).toEqual([]);
  });

  it("finds a changed byte in the stored evidence, and in a table made from it", async () => {
    const { run_id } = await score({ ...SAMPLE_EN, name: "to be tampered with" });
    const key = `default/runs/${run_id}/1/artifacts`;
    const object = await env.ARTIFACTS.get(key);
    const stored = (await object?.text()) ?? "";
    // The object says itself where each file stands in it.
    const { customMetadata = {} } = object ?? {};
    // As long as before, so that every other byte stays where it was.
    const tamper = (from: string, to: string) => {
      expect([to.length, stored.includes(from)]).toEqual([from.length, true]);
      return env.ARTIFACTS.put(key, stored.replace(from, to), { customMetadata });
    };
    await tamper('"abstained":false', '"abstained":true ');
    const [, result] = await rescore(run_id);
    expect(result.differing_samples).toEqual(["1"]);
    await tamper("sample_id,", "sample id,");
    const [, again] = await rescore(run_id);
    expect(again.differing_samples).toEqual([]);
    expect(again.identical).toMatchObject({ "scores.csv": false, "evidence.jsonl": true });
  });
});

describe("rescore with something else", () => {
  let base: { run_id: string; job_id: string };
  let created: RescoreResult;
  beforeAll(async () => {
    base = await score({ ...SAMPLE_EN, id: "warranty", tags: { app: "shop" } });
    const [status, result] = await rescore(base.run_id, {
      metrics: ["faithfulness", "context_recall", "hallucination", "bleu"],
      thresholds: { faithfulness: [0.9, 0.95, 1] },
    });
    expect(status).toBe(201);
    created = result;
  });

  it("makes a new run without asking a judge, which reads like any other", async () => {
    expect(created).toMatchObject({ action: "created", rescored_from: base.run_id, samples: 1 });
    expect(created.run_id).not.toBe(base.run_id);
    const report = await (await send(`/api/runs/${created.run_id}`)).json();
    expect(report).toMatchObject({
      rescored_from: base.run_id,
      thresholds: { faithfulness: [0.9, 0.95, 1] },
      usage: { judge_calls: 0, prompt_tokens: 0 },
      run: { tags: { app: "shop" }, total_samples: 1 },
    });
    const page = await (await send(`/api/runs/${created.run_id}/samples`)).json<{
      samples: { sample_id: string; scores: Record<string, number> }[];
    }>();
    expect(page.samples.map(({ sample_id }) => sample_id)).toEqual(["warranty"]);
    expect(page.samples[0]?.scores.bleu).toBeGreaterThan(0);
    const one = await (await send(`/api/runs/${created.run_id}/samples/warranty`)).json<{
      evidence: { id: string };
    }>();
    expect(one.evidence.id).toBe("warranty");
    expect(await countCalls()).toBe(0);
  });

  it("is itself reproducible to the byte", async () => {
    const [, result] = await rescore(created.run_id);
    expect(result.action).toBe("checked");
    expect(Object.values(result.identical ?? {})).toEqual([true, true, true, true, true]);
  });

  it("names metrics the judge was never asked about", async () => {
    const [, result] = await rescore(base.run_id, {
      metrics: ["faithfulness", "factual_correctness"],
    });
    expect(result.not_judged).toEqual(["factual_correctness"]);
  });

  it.each([
    ["zh", SAMPLE_ZH, "当时没有评判这一项"],
    ["en", SAMPLE_EN, "the judge was never asked"],
  ])(
    "says not_asked of what was never asked, not that a reply failed (%s)",
    async (_name, sample, words) => {
      const asked = await score({ ...sample, metrics: ["faithfulness"] });
      const metrics = ["faithfulness", "factual_correctness", "criterion:语气"];
      const [, result] = await rescore(asked.run_id, { metrics });
      expect(result.not_judged).toEqual(["factual_correctness", "criterion:语气"]);
      const page = await (await send(`/api/runs/${result.run_id}/samples`)).json();
      const outcome = { status: "failed", value: null, reason: "not_asked" };
      expect(page).toMatchObject({
        samples: [
          {
            outcomes: {
              faithfulness: { status: "scored" },
              factual_correctness: outcome,
              "criterion:语气": outcome,
            },
          },
        ],
      });
      const report = await (await send(`/api/runs/${result.run_id}`)).json();
      expect(report).toMatchObject({
        metrics: { factual_correctness: { n: 0, missing: { not_asked: 1 } } },
      });
      const { "summary.md": summary } = await readArtifacts(result.run_id);
      expect(summary).toContain(words);
      // It is known of the new run too: computed again it is the same, and so is what is made of it.
      const [, check] = await rescore(result.run_id);
      expect(check).toMatchObject({ action: "checked", differing_samples: [] });
      expect(Object.values(check.identical ?? {})).toEqual([true, true, true, true, true]);
      const [, third] = await rescore(result.run_id, { metrics: metrics.slice(1) });
      expect(third.not_judged).toEqual(["factual_correctness", "criterion:语气"]);
    },
  );

  it("keeps judge_error of what was asked and could not be judged", async () => {
    const criteria = [{ name: "语气", text: "回答是否礼貌？" }];
    const asked = await score({ ...SAMPLE_ZH, metrics: ["faithfulness"], criteria });
    const [, result] = await rescore(asked.run_id, { metrics: ["criterion:语气"] });
    expect(result.not_judged).toEqual([]);
    const report = await (await send(`/api/runs/${result.run_id}`)).json();
    expect(report).toMatchObject({
      metrics: { "criterion:语气": { missing: { judge_error: 1 } } },
    });
  });

  it("counts in no trend, and its job is deleted with everything it wrote", async () => {
    const [, again] = await rescore(base.run_id, { metrics: ["faithfulness"] });
    const removed = await send(`/api/score/jobs/${again.job_id}`, { method: "DELETE" });
    expect(removed.status).toBe(204);
    expect((await send(`/api/runs/${again.run_id}`)).status).toBe(404);
    const left = await env.ARTIFACTS.list({ prefix: `default/runs/${again.run_id}/` });
    expect(left.objects).toEqual([]);
    expect((await send(`/api/runs/${base.run_id}`)).status).toBe(200);
  });

  it("refuses what is no metric, no line and no run", async () => {
    expect((await rescore(base.run_id, { metrics: ["truth"] }))[0]).toBe(422);
    expect((await rescore(base.run_id, { thresholds: { faithfulness: [0.9, 0.2, 1] } }))[0]).toBe(
      422,
    );
    expect((await rescore("run_nobody"))[0]).toBe(404);
    const empty = await send(`/api/runs/${base.run_id}/rescore`, { method: "POST" });
    expect(empty.status).toBe(200);
  });
});
