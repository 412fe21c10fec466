import { beforeAll, describe, expect, it } from "vitest";
import type { GateResult } from "../../src/contract/gate.ts";
import type { Report } from "../../src/contract/report.ts";
import { SAMPLE_EN, SAMPLE_ZH, send } from "./http.ts";

async function ask(
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<[number, GateResult, Response]> {
  const answer = await send("/api/gate", { json: body, headers });
  return [answer.status, (await answer.clone().json()) as GateResult, answer];
}

const OFFLINE = { judge: "offline" };
const WRONG_ZH = { ...SAMPLE_ZH, answer: "入职满一年的员工每年有20天带薪年假。" };

describe("one answer", () => {
  it.each([
    ["zh", { ...SAMPLE_ZH, answer: SAMPLE_ZH.contexts[0] }],
    ["en", SAMPLE_EN],
  ])("a faithful answer passes (%s)", async (_language, sample) => {
    const [status, result] = await ask({
      ...sample,
      ...OFFLINE,
      rules: { faithfulness: ">= 0.6", context_recall: ">= 0.5" },
    });
    expect(status).toBe(200);
    expect(result).toMatchObject({ verdict: "pass", base_run_id: null });
    expect(result.rules.map(({ metric, verdict }) => [metric, verdict])).toEqual([
      ["faithfulness", "pass"],
      ["context_recall", "pass"],
    ]);
    expect(result.report_url).toBe(`https://touchstone.test/runs/${result.run_id}`);
    expect((await send(`/api/runs/${result.run_id}`)).status).toBe(200);
    // Only what the rules need is scored.
    expect(Object.keys(result.scores)).toEqual(["faithfulness", "context_recall"]);
  });

  it("what would pass by a number of low confidence alone is open, and says so", async () => {
    // Said in other words, of which the judge is not sure.
    const answer = "请病假时要把医院开的证明交上来。";
    const contexts = ["病假需要提交医院证明。事假须提前一天申请。"];
    const rules = { faithfulness: ">= 0.3" };
    const [, result] = await ask(
      { ...SAMPLE_ZH, answer, contexts, ...OFFLINE, rules },
      { "Accept-Language": "zh" },
    );
    expect(result.scores.faithfulness).toBeGreaterThan(0.3);
    expect(result.verdict).toBe("inconclusive");
    expect(result.reasons[0]).toContain("把握低");
    const row = await send(`/api/runs/${result.run_id}`);
    const { run } = (await row.json()) as Report;
    expect(run.sure.faithfulness).toEqual({ n: 0, low: 1, mean: null, interval: null });
  });

  it("a wrong number fails, with the reason in words", async () => {
    const [, result] = await ask({ ...WRONG_ZH, ...OFFLINE, rules: { faithfulness: ">= 0.8" } });
    expect(result.verdict).toBe("fail");
    expect(result.reasons[0]).toMatch(/faithfulness is 0.* does not hold/);
  });

  it("a metric without a value proves nothing", async () => {
    const { ground_truth: _gone, ...rest } = SAMPLE_EN;
    const [status, result] = await ask({
      ...rest,
      ...OFFLINE,
      rules: { context_recall: ">= 0.8" },
    });
    expect(status).toBe(200);
    expect(result).toMatchObject({ verdict: "inconclusive", rules: [{ value: null }] });
  });

  it("with Prefer: wait the queue scores and the answer waits for it", async () => {
    const [status, result, answer] = await ask(
      { ...SAMPLE_EN, ...OFFLINE, rules: { faithfulness: ">= 0.6" } },
      { Prefer: "wait=20" },
    );
    expect(answer.headers.get("preference-applied")).toBe("wait=20");
    expect([200, 202]).toContain(status);
    if (status === 200) expect(result.verdict).toBe("pass");
    else expect(result).toMatchObject({ verdict: "inconclusive", run_id: null });
    const again = await ask(
      { job_id: result.job_id, rules: { faithfulness: ">= 0.6" } },
      { Prefer: "wait=20" },
    );
    expect(again[1].job_id).toBe(result.job_id);
  });

  it("takes the forms Dify sends", async () => {
    const form = new URLSearchParams({
      question: SAMPLE_ZH.question,
      answer: SAMPLE_ZH.answer,
      contexts: JSON.stringify(SAMPLE_ZH.contexts),
      judge: "offline",
      rules: "faithfulness>=0.6，answer_relevancy >= 0",
    });
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await send("/api/gate", { body: form.toString(), headers });
    expect(answer.status).toBe(200);
    const result = (await answer.json()) as GateResult;
    expect(result.rules.map(({ metric, rule }) => `${metric} ${rule}`)).toEqual([
      "faithfulness >=0.6",
      "answer_relevancy >= 0",
    ]);
  });
});

describe("a run", () => {
  let runId = "";
  beforeAll(async () => {
    const answer = await send("/api/score", { json: { ...SAMPLE_EN, ...OFFLINE } });
    runId = ((await answer.json()) as { run_id: string }).run_id;
  });

  it("is judged by its report; a base run with too few samples leaves it open", async () => {
    const [, passed] = await ask({ run_id: runId, rules: '{"faithfulness": ">= 0.6"}' });
    expect(passed).toMatchObject({ verdict: "pass", run_id: runId, job_id: null });
    const [, result] = await ask({
      run_id: runId,
      base_run_id: runId,
      rules: { faithfulness: "not worse than base" },
    });
    expect(result.verdict).toBe("inconclusive");
    expect(result.reasons[0]).toContain("six are needed");
  });

  it("says every mistake at once", async () => {
    const answer = await send("/api/gate", {
      json: {
        run_id: runId,
        rules: { faithfulness: "high", truth: ">= 1", context_recall: ">= base" },
      },
    });
    expect(answer.status).toBe(422);
    const problem = (await answer.json()) as { errors: { pointer: string }[] };
    expect(problem.errors.map(({ pointer }) => pointer)).toEqual([
      "#/rules/faithfulness",
      "#/rules/truth",
      "#/base_run_id",
    ]);
    expect((await ask({ run_id: runId }))[0]).toBe(422);
    expect((await ask({ run_id: "run_none", rules: { faithfulness: ">= 0" } }))[0]).toBe(404);
    expect((await ask({ job_id: "job_none", rules: { faithfulness: ">= 0" } }))[0]).toBe(404);
    expect((await ask({ rules: { faithfulness: ">= 0" } }))[0]).toBe(422);
  });
});
