import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { SamplePoints } from "../../src/contract/sample-points.ts";
import { send } from "./http.ts";

const RUN = "run_points";

/** A finished batch: every third sample has no recall, the rest lie on a line. */
async function insertBatch(n: number): Promise<void> {
  await env.DB.batch([
    env.DB.prepare("DELETE FROM samples WHERE job_id = 'job_points'"),
    env.DB.prepare("DELETE FROM jobs WHERE id = 'job_points'"),
    env.DB.prepare("DELETE FROM runs WHERE id = ?1").bind(RUN),
    env.DB.prepare(
      `INSERT INTO jobs (project, id, kind, status, created_at, updated_at, question, language, judge, run_id, metrics,
         submitted_by, fingerprint, total)
       VALUES ('default', 'job_points', 'batch', 'completed', 1, 1, '问题', 'zh', 'offline', ?1, '[]', 'test', 'f', ?2)`,
    ).bind(RUN, n),
    env.DB.prepare(
      `INSERT INTO runs (project, id, mode, judge, started_at, finished_at, total_samples, valid_samples, invalid_samples,
         metrics, attempt, is_counted)
       VALUES ('default', ?1, 'batch', 'offline', 1, 2, ?2, ?2, 0, '{}', 1, 0)`,
    ).bind(RUN, n),
    env.DB.prepare(
      `INSERT INTO samples (job_id, seq, sample_id, status, question, answer, outcomes)
       WITH RECURSIVE rows(at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM rows WHERE at < ?1 - 1)
       SELECT 'job_points', at, '样本 ' || at, 'completed', '问题', '答案', json_object('faithfulness', json_array(at * 1.0 / ?1, 'o'),
         'context_recall', json_array(iif(at % 3 = 0, NULL, at * 0.5 / ?1), 'o')) FROM rows`,
    ).bind(n),
  ]);
}

async function pointsOf(query: string): Promise<SamplePoints> {
  const answer = await send(`/api/runs/${RUN}/points?${query}`);
  expect(answer.status).toBe(200);
  return answer.json();
}

describe("two metrics of the samples", () => {
  beforeAll(() => insertBatch(30));

  it("gives the samples that have both", async () => {
    const { points, ...rest } = await pointsOf("x=faithfulness&y=context_recall");
    expect(rest).toEqual({ x: "faithfulness", y: "context_recall", total_samples: 30, step: 1 });
    expect(points).toHaveLength(20);
    expect(points[0]).toEqual({ sample_id: "样本 1", x: 1 / 30, y: 0.5 / 30 });
    expect((await pointsOf("x=faithfulness&y=bleu")).points).toEqual([]);
  });

  it("of a large batch it looks at every n-th, and says so", async () => {
    await insertBatch(4500);
    const { points, step } = await pointsOf("x=faithfulness&y=faithfulness");
    expect(step).toBe(3);
    expect(points).toHaveLength(1500);
    expect(points.at(-1)?.sample_id).toBe("样本 4497");
  });

  it("refuses what is no metric and runs that are not there", async () => {
    expect((await send(`/api/runs/${RUN}/points?x=faithfulness&y=truth'`)).status).toBe(422);
    expect((await send(`/api/runs/${RUN}/points?x=faithfulness`)).status).toBe(422);
    const gone = await send("/api/runs/run_none/points?x=faithfulness&y=context_recall");
    expect(gone.status).toBe(404);
  });
});
