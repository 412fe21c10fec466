import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";

const WRANGLER = resolve("node_modules/wrangler/bin/wrangler.js");
const directory = mkdtempSync(join(tmpdir(), "touchstone-export-"));
afterAll(() => rmSync(directory, { recursive: true, maxRetries: 5 }));

async function d1(...args: string[]): Promise<string> {
  const call = [WRANGLER, "d1", ...args, "--local"];
  const env = { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false" };
  const { stdout } = await promisify(execFile)(process.execPath, call, { cwd: directory, env });
  return stdout;
}

const ROWS = `INSERT INTO jobs (project, id, kind, status, created_at, updated_at, question, tags, language, metrics, judge,
    submitted_by, fingerprint, total)
  VALUES ('default', 'job_1', 'single', 'completed', 1, 1, '年假''几天？', '{"app":"客服"}', 'zh', '[]', 'offline', 'open', 'f', 1);
INSERT INTO runs (project, id, mode, judge, started_at, finished_at, total_samples, valid_samples, invalid_samples, metrics,
    tags, attempt, is_counted)
  VALUES ('default', 'run_1', 'single', 'offline', 1, 1, 1, 1, 0, '{"faithfulness":[0.5]}', '{"app":"客服"}', 1, 1);`;

const COUNTS = `SELECT (SELECT count(*) FROM d1_migrations) AS migrations, (SELECT question FROM jobs) AS question,
  (SELECT group_concat(label) FROM job_tags) AS tags, (SELECT group_concat(sums) FROM trends) AS trends,
  (SELECT count(*) FROM sqlite_master WHERE type IN ('index', 'trigger', 'view')) AS parts`;

describe("a copy of the database", () => {
  it("is the same when it is read into an empty one: rows, triggers, and nothing counted twice", async () => {
    for (const path of ["wrangler.toml", "migrations"]) {
      cpSync(path, join(directory, path), { recursive: true });
    }
    writeFileSync(join(directory, "migrations", "9999_rows.sql"), ROWS);
    await d1("migrations", "apply", "DB");
    await d1("export", "touchstone", "--output", "copy.sql");
    await d1("execute", "touchstone", "--persist-to", "restored", "--file", "copy.sql");
    const ask = ["execute", "touchstone", "--json", "--command", COUNTS];
    const printed = await Promise.all([d1(...ask), d1(...ask, "--persist-to", "restored")]);
    const [kept, restored] = printed.map(
      (text) => (JSON.parse(text) as { results: Record<string, unknown>[] }[])[0]?.results,
    );
    expect(kept).toMatchObject([{ question: "年假'几天？", tags: '["app","客服"]' }]);
    expect(String(kept?.[0]?.trends)).toContain('{"faithfulness":[1,0.5,0.25]}');
    expect(restored).toEqual(kept);
  });
});
