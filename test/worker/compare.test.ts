import { beforeAll, describe, expect, it } from "vitest";
import type { Comparison } from "../../src/contract/comparison.ts";
import { SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";

const WRONG = [
  { ...SAMPLE_ZH, id: "leave", answer: "入职满一年的员工每年有20天带薪年假。" },
  { ...SAMPLE_EN, id: "warranty", answer: "The X200 comes with a nine-year warranty." },
];
const RIGHT = [
  { ...SAMPLE_ZH, id: "leave" },
  { ...SAMPLE_EN, id: "warranty" },
];

/** Two calls of one session and the report over them. */
async function runOf(session: string, samples: readonly object[]): Promise<string> {
  const answer = await send("/api/score/batch", {
    json: samples.map((sample) => ({ ...sample, judge: "offline" })),
    headers: { "Idempotency-Key": session },
  });
  expect(answer.status).toBe(202);
  const { job_id } = (await answer.json()) as { job_id: string };
  const job = await waitForJob(job_id);
  expect(job.status).toBe("completed");
  return String(job.run_id);
}

const compare = async (base: string, other: string) =>
  (await (await send(`/api/runs/compare?base=${base}&other=${other}`)).json()) as Comparison;

describe("GET /api/runs/compare", () => {
  let base = "";
  let other = "";
  beforeAll(async () => {
    base = await runOf("before", WRONG);
    other = await runOf("after", RIGHT);
  });

  it("pairs by id and says what improved, in numbers and claims", async () => {
    const result = await compare(base, other);
    expect(result).toMatchObject({ paired: 2, only_base: 0, only_other: 0 });
    const { faithfulness } = result.metrics;
    expect(faithfulness).toMatchObject({
      n: 2,
      verdict: "too_few_samples",
      improved: 2,
      regressed: 0,
    });
    expect(faithfulness?.difference).toBeGreaterThan(0);
    expect(faithfulness?.improved_samples.map((row) => row.base_sample_id).sort()).toEqual([
      "leave",
      "warranty",
    ]);
    expect(result.pairs.map(({ base }) => base.sample_id).sort()).toEqual(["leave", "warranty"]);
    const [pair] = result.pairs.filter((one) => one.base.sample_id === "warranty");
    expect(pair).toMatchObject({
      question: SAMPLE_EN.question,
      base: { answer: expect.stringContaining("nine-year"), cause: "contradicts_context" },
      other: {
        sample_id: "warranty",
        answer: expect.stringContaining(SAMPLE_EN.answer.slice(0, 30)),
      },
    });
    expect(pair?.change).toBeGreaterThan(0);
    expect(result.causes.contradicts_context).toEqual({ base: 2, other: 0 });
    expect(result.advice.length).toBeGreaterThan(0);
    expect(result.advice[0]?.status).toBe("unknown");
  });

  it("names what became worse first, and reads no evidence where nobody asks for claims", async () => {
    const path = `/api/runs/compare?base=${other}&other=${base}`;
    const result = (await (await send(`${path}&claims=no`)).json()) as Comparison;
    expect(result.flipped_claims).toEqual({ checked_pairs: 0, total: 0, claims: [] });
    const changes = result.pairs.map(({ change }) => change ?? 0);
    expect(changes).toEqual([...changes].sort((a, b) => a - b));
    expect(changes[0]).toBeLessThan(0);
    expect((await compare(other, base)).flipped_claims.checked_pairs).toBe(2);
    expect((await send(`${path}&claims=perhaps`)).status).toBe(422);
  });

  it("a run compared with itself differs in nothing", async () => {
    const result = await compare(base, base);
    expect(result.settings).toEqual([]);
    expect(result.flipped_claims).toMatchObject({ checked_pairs: 2, total: 0 });
    for (const metric of Object.values(result.metrics)) {
      expect(metric.difference ?? 0).toBe(0);
      expect(metric.improved + metric.regressed).toBe(0);
    }
  });

  it("shows settings that differ and claims that flipped", async () => {
    const rescored = await send(`/api/runs/${base}/rescore`, {
      json: { metrics: ["faithfulness"] },
    });
    const { run_id } = (await rescored.json()) as { run_id: string };
    const result = await compare(base, run_id);
    expect(result.settings.map(({ name }) => name)).toEqual(["metrics"]);
    const swapped = WRONG.map((sample) => ({
      ...sample,
      contexts: ["每年有20天带薪年假。", "The X200 comes with a nine-year warranty."],
    }));
    const flipped = await compare(base, await runOf("swapped", swapped));
    expect(flipped.flipped_claims.total).toBeGreaterThan(0);
    expect(flipped.flipped_claims.claims[0]).toMatchObject({
      of: expect.any(String),
      to: expect.any(String),
    });
  });

  it("refuses what is missing or unknown", async () => {
    expect((await send(`/api/runs/compare?base=${base}`)).status).toBe(422);
    expect((await send(`/api/runs/compare?base=${base}&other=run_none`)).status).toBe(404);
  });
});
