import { describe, expect, it } from "vitest";
import { SAMPLE_EN, SAMPLE_ZH, send } from "./http.ts";

interface JobPage {
  jobs: { job_id: string; question: string; created_at: string; tags: Record<string, string> }[];
  next_cursor: string | null;
  has_more: boolean;
}

async function submit(json: unknown): Promise<string> {
  return ((await (await send("/api/score", { json })).json()) as { job_id: string }).job_id;
}

async function list(query: string): Promise<JobPage> {
  const answer = await send(`/api/score/jobs?${query}`);
  expect(answer.status, query).toBe(200);
  return (await answer.json()) as JobPage;
}

describe("GET /api/score/jobs", () => {
  it("pages newest first, each job once, with Link and cursor", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push(await submit({ ...SAMPLE_EN, name: `n${n}` }));
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await list(`limit=2${cursor ? `&cursor=${cursor}` : ""}`);
      seen.push(...page.jobs.map((job) => job.job_id));
      expect(page.has_more).toBe(page.next_cursor !== null);
      cursor = page.next_cursor ?? "";
    } while (cursor);
    expect(seen).toEqual([...ids].reverse());
  });

  it("filters by status, tag, session and text; a cursor of other filters is refused", async () => {
    await submit({ ...SAMPLE_ZH, tags: { app: "客服", env: "prod" }, session_id: "s-1" });
    expect((await list("tag=app=客服")).jobs).toHaveLength(1);
    expect((await list("tag=app")).jobs).toHaveLength(1);
    expect((await list("tag=app=other")).jobs).toHaveLength(0);
    expect((await list("session_id=s-1")).jobs).toHaveLength(1);
    expect((await list("q=年假")).jobs).toHaveLength(1);
    expect((await list("q=WARRANTY&limit=100")).jobs).toHaveLength(5);
    expect((await list("q=%25")).jobs).toHaveLength(0);
    expect((await list("status=completed&limit=100")).jobs).toHaveLength(6);
    expect((await list("status=failed")).jobs).toHaveLength(0);
    expect((await list("from=2999-01-01")).jobs).toHaveLength(0);
    expect((await list("to=2999-01-01&limit=100")).jobs).toHaveLength(6);
    const { next_cursor } = await list("limit=1");
    expect((await send(`/api/score/jobs?limit=1&status=failed&cursor=${next_cursor}`)).status).toBe(
      400,
    );
    expect((await send("/api/score/jobs?cursor=nonsense")).status).toBe(400);
    expect((await send("/api/score/jobs?limit=0")).status).toBe(422);
    expect((await send("/api/score/jobs?status=odd")).status).toBe(422);
  });

  it("answers 304 to an unchanged job", async () => {
    const id = await submit(SAMPLE_EN);
    const etag = (await send(`/api/score/jobs/${id}`)).headers.get("ETag") ?? "";
    expect(etag).not.toBe("");
    expect(
      (await send(`/api/score/jobs/${id}`, { headers: { "If-None-Match": etag } })).status,
    ).toBe(304);
  });
});

describe("GET /api/runs", () => {
  it("pages newest first", async () => {
    const first = (await (await send("/api/runs?limit=2")).json()) as {
      runs: { run_id: string }[];
      next_cursor: string;
    };
    expect(first.runs).toHaveLength(2);
    const next = (await (await send(`/api/runs?limit=100&cursor=${first.next_cursor}`)).json()) as {
      runs: { run_id: string }[];
    };
    const ids = [...first.runs, ...next.runs].map((run) => run.run_id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("lists the samples of a run, sorted and filtered", async () => {
    const { runs } = (await (await send("/api/runs?limit=1")).json()) as {
      runs: { run_id: string }[];
    };
    const path = `/api/runs/${runs[0]?.run_id}/samples`;
    const page = (await (await send(`${path}?sort=faithfulness&order=desc`)).json()) as {
      samples: { sample_id: string }[];
    };
    expect(page.samples.map((sample) => sample.sample_id)).toEqual(["1"]);
    const none = (await (await send(`${path}?sort=faithfulness&above=1.5`)).json()) as {
      samples: unknown[];
    };
    expect(none.samples).toEqual([]);
    expect((await send(`${path}?sort=odd`)).status).toBe(422);
  });
});

describe("GET /api/health and /api/metrics", () => {
  it("tell version, schema, judge and every metric", async () => {
    expect(await (await send("/api/health")).json()).toMatchObject({
      status: "ok",
      judge: { name: "offline" },
      problems: [],
    });
    const { metrics } = (await (await send("/api/metrics")).json()) as {
      metrics: { name: string }[];
    };
    expect(metrics.map((metric) => metric.name)).toContain("faithfulness");
  });
});

describe("GET /api/runs", () => {
  const runs = async (query: string) => {
    const answer = await send(`/api/runs?${query}`);
    expect(answer.status, query).toBe(200);
    return ((await answer.json()) as { runs: { judge: string }[] }).runs;
  };

  it("filters by tag, session, judge and time", async () => {
    await submit({ ...SAMPLE_ZH, name: "标签", tags: { app: "运行筛选", env: "prod" } });
    await submit({ ...SAMPLE_EN, name: "session", session_id: "runs-of-a-session" });
    expect(await runs(`tag=${encodeURIComponent("app=运行筛选")}`)).toHaveLength(1);
    expect(await runs("tag=app=no-such")).toEqual([]);
    const judge = String((await runs("limit=1"))[0]?.judge);
    const ofJudge = await runs(`${new URLSearchParams({ judge, limit: "100" })}`);
    expect(ofJudge.length).toBeGreaterThan(1);
    expect(await runs("judge=offline&limit=100")).toEqual(await runs("limit=100"));
    expect(await runs("judge=llm")).toEqual([]);
    expect(await runs("judge=gpt-none")).toEqual([]);
    expect(await runs("to=2020-01-01")).toEqual([]);
    expect((await runs("from=2020-01-01")).length).toBeGreaterThan(1);
    expect((await send("/api/runs?from=yesterday")).status).toBe(422);
  });
});
