import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { SamplePage } from "../../src/contract/report.ts";
import type { RunPage } from "../../src/contract/run.ts";
import { SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";

const OFFLINE = { judge: "offline" };
const WRONG_ZH = { ...SAMPLE_ZH, answer: "入职满一年的员工每年有20天带薪年假。" };
const WRONG_EN = { ...SAMPLE_EN, answer: "The X200 comes with a nine-year warranty." };

async function score(sample: object): Promise<{ run_id: string; job_id: string }> {
  const answer = await send("/api/score", { json: { ...sample, ...OFFLINE } });
  return answer.json();
}

async function rowOf(runId: string) {
  const page = (await (await send("/api/runs?limit=100")).json()) as RunPage;
  const row = page.runs.find((run) => run.run_id === runId);
  if (!row) throw new Error("the run is not in the list");
  return row;
}

describe("a run in the list", () => {
  it.each([
    ["zh", WRONG_ZH],
    ["en", WRONG_EN],
  ])("says what was asked, its first cause and what the last gate said (%s)", async (_, sample) => {
    const { run_id } = await score(sample);
    expect(await rowOf(run_id)).toMatchObject({
      question: sample.question,
      cause_top: "contradicts_context",
      gate: null,
      agreement: null,
    });
    const ask = (rules: object) => send("/api/gate", { json: { run_id, rules } });
    await ask({ faithfulness: ">= 0.8", context_recall: ">= 0" });
    expect((await rowOf(run_id)).gate).toMatchObject({
      verdict: "fail",
      metrics: ["faithfulness"],
      base_run_id: null,
    });
    await ask({ context_recall: ">= 0" });
    expect((await rowOf(run_id)).gate).toMatchObject({
      verdict: "pass",
      metrics: ["context_recall"],
    });
  });

  it("names the first advice in the language of whoever reads the list", async () => {
    const { run_id } = await score(WRONG_ZH);
    const titleIn = async (language: string) => {
      const headers = { "Accept-Language": language };
      const page = (await (await send("/api/runs?limit=100", { headers })).json()) as RunPage;
      return page.runs.find((run) => run.run_id === run_id)?.advice_top;
    };
    expect(await titleIn("zh-CN")).toBe("回答与检索段落相矛盾");
    expect(await titleIn("en")).toBe("The answer contradicts the retrieved passages");
    expect(await titleIn("fr")).toBe("The answer contradicts the retrieved passages");
  });

  it("says how far people agree; all of it goes with the run", async () => {
    const { run_id, job_id } = await score({ ...WRONG_EN, name: "to be reviewed" });
    const path = `/api/runs/${run_id}/samples/1/reviews`;
    const answer = await send(path, {
      method: "PUT",
      json: { claim_id: "a1", opinion: "agree" },
    });
    expect(answer.status).toBe(200);
    await send("/api/gate", { json: { run_id, rules: { faithfulness: ">= 0.8" } } });
    expect((await rowOf(run_id)).agreement).toEqual({ n: 1, rate: 1, kappa: null });
    expect((await send(`/api/score/jobs/${job_id}`, { method: "DELETE" })).status).toBe(204);
    const left = await env.DB.prepare("SELECT count(*) AS n FROM gate_verdicts WHERE run_id = ?1")
      .bind(run_id)
      .first("n");
    expect(left).toBe(0);
  });
});

describe("samples by gain", () => {
  it("come the most gain first, those without a cause last, and page through", async () => {
    const rows = [
      { id: "fine", ...SAMPLE_ZH },
      {
        id: "half",
        ...SAMPLE_EN,
        answer: "The X200 has a warranty of two years. It was built on the moon.",
      },
      { id: "wrong", ...WRONG_ZH },
      { id: "fine-too", ...SAMPLE_EN },
    ];
    const sent = await send("/api/score/batch?judge=offline", { json: rows });
    expect(sent.status).toBe(202);
    const { job_id } = (await sent.json()) as { job_id: string };
    const job = await waitForJob(job_id);
    const list = async (query: string) =>
      (await (await send(`/api/runs/${job.run_id}/samples?${query}`)).json()) as SamplePage;
    const { samples } = await list("sort=gain");
    expect(
      samples
        .map(({ sample_id }) => sample_id)
        .slice(0, 2)
        .sort(),
    ).toEqual(["half", "wrong"]);
    const gains = samples.map(({ gain }) => gain);
    expect(gains[0]).toBeGreaterThan(gains[1] ?? 1);
    expect(gains[1]).toBeGreaterThan(0);
    expect(gains.slice(2)).toEqual([null, null]);
    const [most] = samples;
    expect((most?.weighted_score ?? 0) + (most?.gain ?? 0)).toBeLessThanOrEqual(1 + 1e-9);

    const first = await list("sort=gain&limit=1");
    const next = await list(`sort=gain&limit=1&cursor=${first.next_cursor}`);
    expect([first.samples[0]?.sample_id, next.samples[0]?.sample_id]).toEqual(
      samples.slice(0, 2).map(({ sample_id }) => sample_id),
    );
    expect((await list("sort=gain&above=0.01")).samples).toHaveLength(2);
    const { samples: weak } = await list("sort=gain&problems=true&include=fault");
    expect(weak.map(({ sample_id }) => sample_id).sort()).toEqual(["half", "wrong"]);
    const faultOf = (id: string) => weak.find(({ sample_id }) => sample_id === id)?.fault;
    expect(faultOf("half")).toMatchObject({ verdict: "unsupported", told: null });
    expect(faultOf("half")?.text).toBe("It was built on the moon.");
    const wrong = faultOf("wrong");
    expect(wrong).toMatchObject({ verdict: "contradicted" });
    // What differs, in both texts.
    expect(WRONG_ZH.answer).toContain(wrong?.text.slice(wrong.start, wrong.end));
    expect(WRONG_ZH.contexts.join()).toContain(wrong?.told ?? "nothing was told");
    expect(samples[0]).not.toHaveProperty("fault");
    const lowest = await list("sort=weighted_score");
    expect(lowest.samples[0]?.weighted_score).toBeLessThan(lowest.samples[3]?.weighted_score ?? 0);
    expect((await send(`/api/runs/${job.run_id}/samples?sort=gains`)).status).toBe(422);
  });
});
