import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { PeopleReport, ReviewList } from "../../src/contract/review.ts";
import type { Trend } from "../../src/contract/trend.ts";
import type { Evidence } from "../../src/scoring/evidence.ts";
import { SAMPLE_EN, SAMPLE_ZH, send } from "./http.ts";

async function score(sample: object): Promise<{ run_id: string; scores: Record<string, number> }> {
  const answer = await send("/api/score", { json: { ...sample, judge: "offline" } });
  expect(answer.status).toBe(200);
  return answer.json();
}

/** A run of many samples; the trigger of its table counts it. */
async function insertRun(
  id: string,
  totals: object,
  finishedAt = Date.now(),
  judge = "offline",
): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO runs (project, id, mode, judge, started_at, finished_at, total_samples, valid_samples, invalid_samples,
       metrics, attempt, is_counted, totals)
     VALUES ('default', ?1, 'batch', ?4, 1, ?2, 1, 1, 0, '{}', 1, 1, ?3)`,
  )
    .bind(id, finishedAt, JSON.stringify(totals), judge)
    .run();
}

const trendOf = async (query: string) =>
  (await (await send(`/api/trends?${query}`)).json()) as Trend;

describe("trends", () => {
  beforeEach(async () => {
    await env.DB.batch(
      ["jobs", "samples", "runs", "trends", "trend_tags", "trend_judges"].map((table) =>
        env.DB.prepare(`DELETE FROM ${table}`),
      ),
    );
  });

  it("a day sums its runs, as a whole and by tag, whatever the number of calls", async () => {
    const values: number[] = [];
    for (const [app, sample] of [
      ["a", SAMPLE_ZH],
      ["a", { ...SAMPLE_EN, answer: "The X200 has a warranty of nine years." }],
      ["b", SAMPLE_EN],
    ] as const) {
      const { scores } = await score({ ...sample, tags: { app } });
      values.push(scores.faithfulness ?? Number.NaN);
    }
    const trend = await trendOf("metric=faithfulness&days=7");
    expect(trend.points).toHaveLength(1);
    const mean = values.reduce((sum, value) => sum + value, 0) / 3;
    expect(trend.points[0]?.n).toBe(3);
    expect(trend.points[0]?.mean).toBeCloseTo(mean, 10);
    expect(trend.points[0]?.interval?.[0]).toBeLessThan(mean);
    expect(trend.tags).toEqual(["app=a", "app=b"]);
    const tagged = await trendOf("metric=faithfulness&tag=app%3Da");
    expect(tagged.points[0]).toMatchObject({ n: 2 });
    expect(tagged.whole?.mean).toBeCloseTo(((values[0] ?? 0) + (values[1] ?? 0)) / 2, 10);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM trends").first("n")).toBe(3);
  });

  it("a day on which others judged than before is named, with both", async () => {
    const daysAgo = (days: number) => Date.now() - days * 86_400_000;
    const at = (days: number) => new Date(daysAgo(days)).toISOString().slice(0, 10);
    const judged = [
      [9, "offline@1"],
      [8, "offline@1"],
      [5, "decision:clef-flash"],
      [5, "decision:clef-flash"],
      [4, "offline@1"],
      [4, "decision:clef-flash"],
      [3, "llm:通义"],
    ] as const;
    for (const [n, [days, judge]] of judged.entries()) {
      await insertRun(`run_${n}`, { "": { bleu: [1, 0.5, 0.25] } }, daysAgo(days), judge);
    }
    const { judge_changes } = await trendOf("metric=bleu");
    expect(judge_changes).toEqual([
      { day: at(5), before: ["offline@1"], judges: ["decision:clef-flash"] },
      {
        day: at(4),
        before: ["decision:clef-flash"],
        judges: ["decision:clef-flash", "offline@1"],
      },
      { day: at(3), before: ["decision:clef-flash", "offline@1"], judges: ["llm:通义"] },
    ]);
    expect((await trendOf("metric=bleu&days=5")).judge_changes).toHaveLength(1);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM trend_judges").first("n")).toBe(6);
  });

  it("a report written twice counts once; a rebuilt one replaces; a rescored one does not count", async () => {
    const { run_id } = await score(SAMPLE_EN);
    const before = await trendOf("metric=faithfulness");
    await env.DB.prepare("UPDATE runs SET totals = totals, finished_at = finished_at WHERE id = ?1")
      .bind(run_id)
      .run();
    expect(await trendOf("metric=faithfulness")).toEqual(before);
    await send(`/api/runs/${run_id}/rescore`, { json: { metrics: ["faithfulness", "bleu"] } });
    expect(await trendOf("metric=faithfulness")).toEqual(before);
    expect((await trendOf("metric=bleu")).points).toEqual([]);
  });

  it("a report of several samples that is built anew takes back what it gave, on the day it gave it", async () => {
    await insertRun("run_0", {
      "": { bleu: [3, 1.5, 0.75] },
      "app=客服": { bleu: [1, 0.5, 0.25] },
    });
    const before = await trendOf("metric=bleu");
    expect(before.points).toMatchObject([{ n: 3, mean: 0.5 }]);
    await env.DB.prepare(
      `UPDATE runs SET totals = '{"": {"bleu": [2, 0.5, 0.25]}}', finished_at = finished_at - 86400000`,
    ).run();
    const moved = await trendOf("metric=bleu");
    expect(moved.points).toHaveLength(1);
    expect(moved.points[0]).toMatchObject({ n: 2, mean: 0.25 });
    expect(moved.points[0]?.day).not.toBe(before.points[0]?.day);
    expect((await trendOf("metric=bleu&tag=app%3D客服")).points).toEqual([]);
  });

  it("a run of one sample gives its numbers to its day and to each of its tags, to the last digit", async () => {
    const { scores } = await score({ ...SAMPLE_ZH, tags: { app: "客服", "a=b": '"x"' } });
    const { results } = await env.DB.prepare(
      "SELECT tag, sums FROM trends WHERE project = 'default' ORDER BY tag",
    ).all<{ tag: string; sums: string }>();
    expect(results.map(({ tag }) => tag)).toEqual(["", 'a=b="x"', "app=客服"]);
    const given = Object.entries(scores).flatMap(([metric, value]) =>
      value === null ? [] : [[metric, [1, value, value * value]]],
    );
    for (const { sums } of results) expect(JSON.parse(sums)).toEqual(Object.fromEntries(given));
  });

  it("every number of metrics and tags is one row a tag, and both are bounded", async () => {
    const totals = (run: number) => ({
      "": Object.fromEntries(
        Array.from({ length: 50 }, (_, n) => [`criterion:准则"${run * 50 + n}`, [1, 0.1, 0.01]]),
      ),
      ...Object.fromEntries(
        Array.from({ length: 30 }, (_, n) => [`call=${run * 30 + n}`, { bleu: [1, 0.5, 0.25] }]),
      ),
    });
    for (let run = 0; run < 10; run++) await insertRun(`run_${run}`, totals(run));
    const rows = await env.DB.prepare(
      "SELECT count(*) AS n, max(length(sums)) AS size FROM trends",
    ).first<{ n: number; size: number }>();
    expect(rows?.n).toBeLessThanOrEqual(231);
    expect(rows?.n).toBeGreaterThan(200);
    expect(rows?.size).toBeLessThan(20_000);
    expect((await trendOf(`metric=${encodeURIComponent('criterion:准则"7')}`)).whole).toMatchObject(
      { n: 1 },
    );
    // What is known goes on counting when nothing new is let in any more.
    await insertRun("run_again", totals(0));
    expect((await trendOf(`metric=${encodeURIComponent('criterion:准则"7')}`)).whole).toMatchObject(
      { n: 2 },
    );
    const tagged = await trendOf("metric=bleu&tag=call%3D3");
    expect(tagged.whole).toMatchObject({ n: 2, mean: 0.5 });
    expect(tagged.tags).toHaveLength(100);
    expect(tagged.tags).toContain("call=3");
  });

  it("shows the tags of the time asked for, the latest day's busiest first", async () => {
    const old = { faithfulness: [1, 0.5, 0.25] };
    await insertRun("run_old", { "": old, "app=old": old }, Date.now() - 864_000_000);
    await env.DB.prepare("UPDATE trend_tags SET last_day = date('now', '-10 days')").run();
    for (const [app, times] of [
      ["rare", 1],
      ["客服", 4],
    ] as const) {
      for (let n = 0; n < times; n++)
        await score({ ...SAMPLE_ZH, name: `${app}${n}`, tags: { app } });
    }
    expect((await trendOf("metric=faithfulness&days=30")).tags).toEqual([
      "app=客服",
      "app=rare",
      "app=old",
    ]);
    expect((await trendOf("metric=faithfulness&days=7")).tags).toEqual(["app=客服", "app=rare"]);
  });

  it("what a day was stays when its runs go", async () => {
    const { run_id } = await score(SAMPLE_EN);
    const before = await trendOf("metric=faithfulness");
    const jobId = run_id.replace("run_", "job_");
    expect((await send(`/api/score/jobs/${jobId}`, { method: "DELETE" })).status).toBe(204);
    expect(await trendOf("metric=faithfulness")).toEqual(before);
  });

  it("refuses other metrics and times", async () => {
    for (const query of [
      "",
      "metric=truth",
      "metric=faithfulness&days=0",
      "metric=faithfulness&days=x",
    ]) {
      expect((await send(`/api/trends?${query}`)).status, query).toBe(422);
    }
  });
});

describe("people's judgement", () => {
  it("is kept by person and claim, shown in the report, and taken back", async () => {
    const { run_id } = await score({ ...SAMPLE_EN, id: "w" });
    const path = `/api/runs/${run_id}/samples/w/reviews`;
    const put = async (json: object) => send(path, { method: "PUT", json });
    expect((await put({ claim_id: "a1", opinion: "agree" })).status).toBe(200);
    const changed = await put({ claim_id: "a1", opinion: "disagree", note: " 依据不足 " });
    const { reviews } = (await changed.json()) as ReviewList;
    expect(reviews).toMatchObject([
      { claim_id: "a1", opinion: "disagree", note: "依据不足", mine: true },
    ]);
    await env.DB.prepare("UPDATE reviews SET reviewer = '李雷' WHERE run_id = ?1")
      .bind(run_id)
      .run();
    expect(((await (await send(path)).json()) as ReviewList).reviews).toMatchObject([
      { reviewer: "李雷", mine: false },
    ]);
    await env.DB.prepare("DELETE FROM reviews WHERE run_id = ?1").bind(run_id).run();
    await put({ claim_id: "a1", opinion: "disagree" });
    await put({ opinion: "agree" });
    const report = (await (await send(`/api/runs/${run_id}`)).json()) as { people: PeopleReport };
    expect(report.people.claims).toMatchObject({ n: 1, rate: 0, unsure: 0 });
    expect(report.people.samples).toMatchObject({ n: 1, rate: 1 });
    expect(report.people.corrected).toEqual({});
    await put({ claim_id: "a1", opinion: null });
    await put({ opinion: null });
    const bare = (await (await send(`/api/runs/${run_id}`)).json()) as { people?: PeopleReport };
    expect(bare.people).toBeUndefined();
  });

  it("refuses claims and samples that are not there, and words that are none", async () => {
    const { run_id } = await score({ ...SAMPLE_EN, id: "w2" });
    const put = (sample: string, json: object) =>
      send(`/api/runs/${run_id}/samples/${sample}/reviews`, { method: "PUT", json });
    expect((await put("w2", { claim_id: "a99", opinion: "agree" })).status).toBe(422);
    expect((await put("w2", { opinion: "maybe" })).status).toBe(422);
    expect((await put("none", { opinion: "agree" })).status).toBe(404);
    expect((await send(`/api/runs/${run_id}/samples/none/reviews`)).status).toBe(404);
  });

  it("a review remembers what the judge said, and every claim of the evidence can be reviewed", async () => {
    const { run_id } = await score({ ...SAMPLE_ZH, id: "z" });
    const { evidence } = (await (await send(`/api/runs/${run_id}/samples/z`)).json()) as {
      evidence: Evidence;
    };
    for (const claim of evidence.claims) {
      const answer = await send(`/api/runs/${run_id}/samples/z/reviews`, {
        method: "PUT",
        json: { claim_id: claim.id, opinion: "unsure" },
      });
      expect(answer.status).toBe(200);
    }
    const rows = await env.DB.prepare("SELECT claim_id, judged FROM reviews WHERE run_id = ?1")
      .bind(run_id)
      .all<{ claim_id: string; judged: string | null }>();
    expect(Object.fromEntries(rows.results.map((row) => [row.claim_id, row.judged]))).toEqual(
      Object.fromEntries(evidence.claims.map((claim) => [claim.id, claim.verdict])),
    );
  });
});
