import { beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";

/** Every list of the API, once there is something in it; the run has three samples. */
const LISTS = [
  "/api/score/jobs",
  "/api/score/jobs?tag=app=客服&status=completed",
  "/api/score/sessions/s-页",
  "/api/runs",
  "/api/runs?judge=offline",
  "/api/runs/{run}/samples",
  "/api/runs/{run}/samples?sort=faithfulness",
  "/api/keys",
  "/api/audit",
] as const;

let run = "";

beforeAll(async () => {
  for (const sample of [SAMPLE_EN, SAMPLE_ZH, SAMPLE_EN]) {
    const json = { ...sample, session_id: "s-页", tags: { app: "客服" } };
    await send("/api/score", { json });
  }
  const rows = [SAMPLE_EN, SAMPLE_ZH, SAMPLE_ZH].map((row, at) => ({ ...row, id: `行${at}` }));
  const batch = await send("/api/score/batch", { json: rows });
  const { job_id } = (await batch.json()) as { job_id: string };
  run = String((await waitForJob(job_id)).run_id);
  await send("/api/keys", { json: { name: "甲", role: "read" } });
  await send("/api/keys", { json: { name: "b", role: "read" } });
});

const at = (list: string, query: string) =>
  `${list.replace("{run}", run)}${list.includes("?") ? "&" : "?"}${query}`;

function decode(cursor: string): Record<string, unknown> {
  const binary = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))));
}

function encode(cursor: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(cursor));
  return encodeURIComponent(btoa(String.fromCharCode(...bytes)));
}

/** What may stand where a place in a list is expected, and is none. */
const NO_PLACES = [
  "",
  "abc",
  "-1",
  "-0",
  "1.5",
  "1e400",
  "NaN",
  "Infinity",
  " 1",
  "0x10",
  "9".repeat(19),
  "9".repeat(100),
  "job_",
  "run_~",
  "key_';--",
  "aud_\u0000",
  "工作_1",
  "ses_01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "job_01ARZ3NDEKTSV4RRFFQ69G5FA\n",
  "\ud800",
  0,
  -1,
  1.5,
  null,
  true,
  [],
  ["job_1"],
  {},
  { id: "job_1" },
];

describe("a cursor somebody made", () => {
  it.each(LISTS)("is refused with 400 on %s, whatever stands inside", async (list) => {
    const first = await send(at(list, "limit=1"));
    const { next_cursor } = (await first.json()) as { next_cursor: string | null };
    const honest = decode(next_cursor ?? "");
    expect((await send(at(list, `limit=1&cursor=${encode(honest)}`))).status).toBe(200);
    const forged = [
      ...NO_PLACES.map((before) => ({ ...honest, before })),
      ...[0, 2, "1", null].map((v) => ({ ...honest, v })),
      ...["", "[]", null, 7].map((filter) => ({ ...honest, filter })),
      ...[[], null, 1, "x", {}],
    ];
    for (const cursor of forged) {
      const answer = await send(at(list, `limit=1&cursor=${encode(cursor)}`));
      const body = await answer.text();
      expect(answer.status, `${JSON.stringify(cursor)}: ${body}`).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ code: "invalid_cursor" });
    }
  });

  it.each(LISTS)("is refused with 400 on %s when it is another list's", async (list) => {
    for (const other of LISTS.filter((path) => path !== list)) {
      const page = await send(at(other, "limit=1"));
      const { next_cursor } = (await page.json()) as { next_cursor: string };
      const answer = await send(at(list, `cursor=${next_cursor}`));
      expect(answer.status, `${other} on ${list}`).toBe(400);
    }
  });
});

describe("a parameter that says nothing the list knows", () => {
  it.each([
    ["/api/runs/{run}/samples?below=1", "below", "sort"],
    ["/api/runs/{run}/samples?above=0", "above", "metric"],
    ["/api/runs/{run}/samples?below=x&metric=faithfulness", "below", "number"],
    ["/api/runs/{run}/samples?below=Infinity&metric=faithfulness", "below", "number"],
    ["/api/runs/{run}/samples?order=up", "order", "asc, desc"],
    ["/api/runs/{run}/samples?cause=检索缺失", "cause", "missing_in_retrieval"],
    ["/api/runs/{run}/samples?sort=constructor", "sort", "gain"],
    ["/api/runs/{run}/samples?metric=criterion:&below=1", "metric", "GET /api/metrics"],
    ["/api/score/jobs?status=done", "status", "queued, running, completed, failed, cancelled"],
    ["/api/score/jobs?from=yesterday", "from", "2026-01-31"],
    ["/api/score/jobs?to=2026-13-01", "to", "2026-01-31"],
    ["/api/score/jobs?tag==x", "tag", "name=value"],
    [`/api/score/jobs?session_id=${"s".repeat(201)}`, "session_id", "200"],
    ["/api/runs?from=1", "from", "2026-01-31"],
    ["/api/runs?tag==", "tag", "name=value"],
    [`/api/runs?judge=${"j".repeat(201)}`, "judge", "200"],
    ["/api/trends?metric=faithfulness&tag=app", "tag", "name=value"],
    ["/api/trends?metric=", "metric", "GET /api/metrics"],
    ["/api/trends?metric=faithfulness&days=1.5", "days", "1 to 400"],
    ["/api/runs/{run}/points?x=faithfulness&y=nothing", "y", "GET /api/metrics"],
    ["/api/runs/compare?base=run_1", "other", "id of a run"],
    ["/api/runs/{run}/report.html?download=maybe", "download", "1"],
    ["/api/runs/{run}/artifacts/summary.md?download=maybe", "download", "1"],
    ["/api/keys?limit=ten", "limit", "1 to 100"],
    ["/api/audit?limit=-1", "limit", "1 to 100"],
    ["/api/score/sessions/s-页?limit=0", "limit", "1 to 100"],
  ])("%s is refused with 422, which names what is allowed", async (list, parameter, allowed) => {
    const answer = await send(list.replace("{run}", run));
    const problem = (await answer.json()) as {
      detail: string;
      errors: { pointer: string; detail: string }[];
    };
    expect(answer.status, JSON.stringify(problem)).toBe(422);
    expect(problem.errors.map(({ pointer }) => pointer)).toEqual([`#/${parameter}`]);
    expect(problem.errors[0]?.detail).toContain(allowed);
    expect(problem.detail).toContain(allowed);
  });

  it.each([
    ["below=1&metric=faithfulness", 3],
    ["below=1&sort=faithfulness", 3],
    ["above=0&metric=weighted_score", 3],
    ["metric=faithfulness", 3],
    ["order=desc", 3],
    ["q=年假", 2],
    ["sort=&order=&cause=&below=&q=", 3],
  ])("samples?%s is answered", async (query, count) => {
    const answer = await send(`/api/runs/${run}/samples?${query}`);
    expect(await answer.json()).toMatchObject({ samples: { length: count } });
  });

  it("order alone is that of submission, either way", async () => {
    const ids = async (query: string) => {
      const answer = await send(`/api/runs/${run}/samples${query}`);
      const { samples } = (await answer.json()) as { samples: { sample_id: string }[] };
      return samples.map(({ sample_id }) => sample_id);
    };
    expect(await ids("")).toEqual(["行0", "行1", "行2"]);
    expect(await ids("?order=desc")).toEqual(["行2", "行1", "行0"]);
  });

  it("a time may be a day, a moment, or before there were jobs", async () => {
    for (const from of ["2026-01-31", "2026-01-31T08:00:00Z", "2026-01-31T08:00", "1900-01-01"]) {
      for (const list of ["/api/score/jobs", "/api/runs"]) {
        expect((await send(`${list}?from=${from}`)).status, from).toBe(200);
      }
    }
  });
});
