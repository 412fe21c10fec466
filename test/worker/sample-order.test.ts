import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { SamplePage } from "../../src/contract/report.ts";
import { LEAST_ORDERED } from "../../src/storage/sample-order.ts";
import { SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";

const isSmallTalk = (n: number) => n % 17 === 3;
// Half of the samples of a batch are equal, some have no value for a metric, some were disliked.
const ROWS = Array.from({ length: LEAST_ORDERED + 20 }, (_, n) => ({
  ...(n % 2 === 0 ? SAMPLE_ZH : SAMPLE_EN),
  id: `s-${n}`,
  ...(n % 5 === 0 ? { answer: `完全无关的第 ${n % 7} 句话。` } : {}),
  ...(n % 11 === 0 ? { ground_truth: null } : {}),
  ...(isSmallTalk(n)
    ? { question: n % 2 === 0 ? "你好" : "Thanks!", answer: "不客气！Bye.", ground_truth: null }
    : {}),
  ...(n % 13 === 0 ? { feedback: n % 2 === 0 ? "like" : "dislike" } : {}),
}));

let run = "";

beforeAll(async () => {
  const answer = await send("/api/score/batch", { json: ROWS });
  const { job_id } = (await answer.json()) as { job_id: string };
  run = String((await waitForJob(job_id)).run_id);
}, 240_000);

async function page(query: string): Promise<SamplePage> {
  const answer = await send(`/api/runs/${run}/samples?${query}`);
  expect(answer.status).toBe(200);
  return answer.json();
}

/** A page and ten; sorted, each row counts as a place that is looked up and as a row. */
const PAGE = 60;
const SORTED_PAGE = 110;
const SORTS = [
  "",
  "sort=faithfulness",
  "sort=context_recall",
  "sort=weighted_score",
  "sort=gain",
  "sort=feedback",
  "problems=true&sort=gain",
];

describe("a large batch", () => {
  it.each(
    SORTS.flatMap((sort) => (["asc", "desc"] as const).map((order) => [sort, order] as const)),
  )("by '%s', %s, is in the order the database would give", async (sort, order) => {
    const by = `${sort}&order=${order}`;
    const listed: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const from: SamplePage = await page(`${by}&limit=100${cursor ? `&cursor=${cursor}` : ""}`);
      listed.push(...from.samples.map(({ sample_id }) => sample_id));
      cursor = from.next_cursor;
    }
    expect(new Set(listed).size).toBe(listed.length);
    if (by.startsWith("problems")) {
      expect(listed.length).toBeLessThan(ROWS.length);
      // Nothing was asked there, so nothing is wrong.
      expect(listed.filter((id) => isSmallTalk(Number(id.slice(2))))).toEqual([]);
    } else expect(listed).toHaveLength(ROWS.length);
    const { objects } = await env.ARTIFACTS.list({ prefix: `default/runs/${run}/` });
    const key = objects.find((object) => object.key.endsWith("/order"))?.key ?? "";
    const kept = await (await env.ARTIFACTS.get(key))?.arrayBuffer();
    expect(kept?.byteLength).toBeGreaterThan(0);
    // Without it the database sorts.
    await env.ARTIFACTS.delete(key);
    try {
      const { samples } = await page(`${by}&limit=100`);
      expect(listed.slice(0, 100)).toEqual(samples.map(({ sample_id }) => sample_id));
    } finally {
      await env.ARTIFACTS.put(key, kept ?? new ArrayBuffer(0));
    }
  });

  it("reads its page and not the batch, wherever the page lies", async () => {
    const statements: number[] = [];
    const database = Object.getPrototypeOf(env.DB) as D1Database;
    const { batch } = database;
    database.batch = async function <T>(all: D1PreparedStatement[]) {
      const answers = await batch.call(this, all);
      statements.push(...answers.map(({ meta }) => meta.rows_read));
      return answers as D1Result<T>[];
    };
    try {
      for (const [query, most] of [
        ["limit=50", PAGE],
        ["limit=50&order=desc", PAGE],
        ["limit=50&sort=gain", SORTED_PAGE],
        ["limit=50&sort=faithfulness", SORTED_PAGE],
        // What a report opens with.
        ["limit=50&sort=gain&problems=true", SORTED_PAGE],
      ] as const) {
        statements.length = 0;
        const first = await page(query);
        expect(first.samples).toHaveLength(50);
        await page(`${query}&cursor=${first.next_cursor}`);
        expect(statements.length).toBeGreaterThan(0);
        for (const rows of statements) expect(rows, query).toBeLessThanOrEqual(most);
      }
    } finally {
      database.batch = batch;
    }
  });
});
