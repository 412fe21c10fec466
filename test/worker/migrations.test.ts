import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { SAMPLE_ZH, send } from "./http.ts";

/** The trends of a run count since this migration. */
const TRENDS_SINCE = "0020_trends_reviews.sql";
/** A run names its question since this one, which asked the jobs of those before it. */
const QUESTIONS_SINCE = "0070_question_of_run.sql";
const NOW = Date.now();

const OLD_ID = `${"0".repeat(25)}1`;

/** Rows of the first schema: what every deployment has, whatever it was upgraded from. */
const ROWS = [
  `INSERT INTO jobs (project, id, kind, status, created_at, updated_at, finished_at, question, tags, session_id,
     language, metrics, judge, submitted_by, dedupe_key, fingerprint, total, done, scores, run_id)
   VALUES ('default', 'job_${OLD_ID}', 'single', 'completed', 1, 2, 2, '年假有几天？', '{"app":"客服","env":"prod"}', 's-1',
     'zh', '["faithfulness"]', 'offline', 'open', 'same:1', 'f1', 1, 1, '{"faithfulness":1}', 'run_${OLD_ID}')`,
  `INSERT INTO jobs (project, id, kind, status, created_at, updated_at, wake_at, question, language, metrics, judge,
     submitted_by, fingerprint, total)
   VALUES ('default', 'job_${"0".repeat(25)}2', 'single', 'queued', 3, 3, 9999999999999, 'Waiting', 'en',
     '["faithfulness"]', 'offline', 'open', 'f2', 1)`,
  `INSERT INTO samples (job_id, seq, sample_id, status, attempt, question, scores, outcomes)
   VALUES ('job_${OLD_ID}', 0, '1', 'completed', 1, '年假有几天？', '{"faithfulness":1}', '{}')`,
  `INSERT INTO runs (project, id, mode, judge, started_at, finished_at, total_samples, valid_samples, invalid_samples,
     metrics, metric_means, intervals, coverage, tags, artifacts_key, report)
   VALUES ('default', 'run_${OLD_ID}', 'single', 'offline', 1, ${NOW}, 1, 1, 0, '["faithfulness"]', '{"faithfulness":1}', '{}',
     '{"faithfulness":1}', '{"app":"客服"}', 'k', '{"run":{"run_id":"run_${OLD_ID}"},"totals":{"":{"faithfulness":[3,1.1,0.7],"bleu":[1,0.25,0.0625]},
       "app=客服":{"faithfulness":[2,1,0.5]}}}')`,
];

const migrations = env.TEST_MIGRATIONS;

describe("an upgrade keeps what is stored", () => {
  for (const [at, last] of migrations.slice(0, -1).entries()) {
    it(`from ${last.name}`, async () => {
      await reset();
      await applyD1Migrations(env.DB, migrations.slice(0, at + 1));
      for (const sql of ROWS) await env.DB.prepare(sql).run();
      if (last.name >= QUESTIONS_SINCE) {
        await env.DB.prepare("UPDATE runs SET question = '年假有几天？'").run();
      }
      await applyD1Migrations(env.DB, migrations);

      const read = async (path: string) => (await send(path)).json();
      expect(await read("/api/health")).toMatchObject({ schema: migrations.at(-1)?.name });
      for (const query of [
        "",
        "?status=completed",
        "?session_id=s-1",
        "?q=年假",
        "?tag=app=客服",
      ]) {
        const page = (await read(`/api/score/jobs${query}`)) as { jobs: { job_id: string }[] };
        expect(page.jobs.map((job) => job.job_id)).toContain(`job_${OLD_ID}`);
      }
      expect(await read(`/api/score/jobs/job_${OLD_ID}`)).toMatchObject({
        status: "completed",
        question: "年假有几天？",
        scores: { faithfulness: 1 },
        tags: { app: "客服", env: "prod" },
      });
      expect(await read("/api/runs")).toMatchObject({
        runs: [{ run_id: `run_${OLD_ID}`, question: "年假有几天？" }],
      });
      expect(await read(`/api/runs/run_${OLD_ID}/samples`)).toMatchObject({
        samples: [{ sample_id: "1" }],
      });
      if (last.name >= TRENDS_SINCE) {
        expect(await read("/api/trends?metric=faithfulness")).toMatchObject({
          points: [{ n: 3, mean: 1.1 / 3 }],
          tags: ["app=客服"],
        });
        const tagged = await read(
          `/api/trends?metric=faithfulness&tag=${encodeURIComponent("app=客服")}`,
        );
        expect(tagged).toMatchObject({ whole: { n: 2, mean: 0.5 } });
        expect(await read("/api/trends?metric=bleu")).toMatchObject({
          whole: { n: 1, mean: 0.25 },
        });
      }
      // Old rows can be changed and new ones stand beside them.
      expect((await send("/api/score", { json: SAMPLE_ZH })).status).toBe(200);
      const gone = await send(`/api/score/jobs/job_${OLD_ID}`, { method: "DELETE" });
      expect(gone.status).toBe(204);
    });
  }
});
