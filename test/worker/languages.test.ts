import { beforeEach, describe, expect, it } from "vitest";
import type { BadRow, Job } from "../../src/contract/job.ts";
import type { Problem } from "../../src/contract/service.ts";
import { SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";
import { emptyTables } from "./job-world.ts";

beforeEach(emptyTables);

const HAN = /\p{Script=Han}/u;
/** What a client sends, and the language it is answered in; null: as everybody was always answered. */
const READERS = [
  [undefined, null],
  ["*", null],
  ["de-DE, *;q=0.5", null],
  ["en", "en"],
  ["en-GB,en;q=0.9,zh;q=0.1", "en"],
  ["zh", "zh"],
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
  ["de, en;q=0.2, zh-Hant-TW;q=0.7", "zh"],
  ["zh;q=0, en", "en"],
] as const;
const headersOf = (language: string | undefined): Record<string, string> =>
  language === undefined ? {} : { "Accept-Language": language };

describe("the language of an answer", () => {
  it.each(READERS)("a problem for %j", async (asked, language) => {
    const answer = await send("/api/score/async", {
      json: { question: "", answer: "a", metrics: ["nope"], tags: { k: 7 }, judge: "x" },
      headers: headersOf(asked),
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get("Vary")).toBe("Accept-Language");
    const { code, title, detail, errors = [] } = (await answer.json()) as Problem;
    expect(code).toBe("invalid_request");
    const texts = [title, detail, ...errors.map((error) => error.detail)];
    expect(errors.length).toBeGreaterThan(2);
    for (const text of texts) {
      if (language === "zh") expect(text).toMatch(HAN);
      else expect(text).not.toMatch(HAN);
    }
    if (language === null) {
      expect(title).toBe("The request is not valid");
      expect(detail).toMatch(/^".*" is no known metric\. Known: .*\. \(and \d more\)$/);
    }
  });

  it("a job: its warnings, and a tag of its own for each language", async () => {
    const sent = { ...SAMPLE_EN, contexts: "", ground_thruth: "twenty" };
    const accepted = await send("/api/score/async", { json: sent, headers: headersOf("zh-CN") });
    const { job_id, warnings } = (await accepted.json()) as Job & { job_id: string };
    expect(warnings.map(({ code }) => code).sort()).toEqual(["contexts_empty", "unknown_field"]);
    for (const { message, fix } of warnings) expect(`${message}${fix}`).toMatch(HAN);
    await waitForJob(job_id);
    const path = `/api/score/jobs/${job_id}`;
    const read = async (asked?: string, etag?: string | null) => {
      const headers = { ...headersOf(asked), ...(etag ? { "If-None-Match": etag } : {}) };
      const answer = await send(path, { headers });
      const job = answer.status === 304 ? null : ((await answer.json()) as Job);
      return { status: answer.status, etag: answer.headers.get("ETag"), job };
    };
    const [plain, english, chinese] = [await read(), await read("en-US"), await read("zh")];
    expect(new Set([plain.etag, english.etag, chinese.etag]).size).toBe(3);
    expect(plain.etag).toMatch(/^W\/"[0-9a-z]+-completed-1-0"$/);
    expect(plain.job?.warnings).toEqual(english.job?.warnings);
    expect(plain.job?.warnings.find(({ code }) => code === "contexts_empty")).toEqual({
      code: "contexts_empty",
      message: "`contexts` is empty, so metrics that need contexts are skipped.",
      fix: "If retrieval ran and found nothing, send [] to say so (in a Dify form: [] directly before the variable); otherwise check the variable's node.",
    });
    expect(chinese.job?.warnings.find(({ code }) => code === "unknown_field")?.message).toBe(
      '没有读取，因为无法识别这些字段名："ground_thruth"。',
    );
    expect(chinese.job).toEqual({ ...plain.job, warnings: chinese.job?.warnings });
    expect((await read("zh", chinese.etag)).status).toBe(304);
    expect((await read("en", chinese.etag)).status).toBe(200);
    const listed = await send("/api/score/jobs", { headers: headersOf("zh") });
    expect(await listed.json()).toMatchObject({ jobs: [{ warnings: chinese.job?.warnings }] });
  });

  it("rows that could not be read, and why a batch has failed", async () => {
    const upload = async (body: string) => {
      const accepted = await send("/api/score/batch", {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-ndjson" },
      });
      const { job_id } = (await accepted.json()) as { job_id: string };
      await waitForJob(job_id);
      return `/api/score/jobs/${job_id}`;
    };
    const path = await upload(`${JSON.stringify(SAMPLE_ZH)}\n{broken\n{"answer":"a"}`);
    const reasons = async (asked?: string) => {
      const answer = await send(`${path}/bad-rows`, { headers: headersOf(asked) });
      return ((await answer.json()) as { bad_rows: BadRow[] }).bad_rows;
    };
    expect(await reasons()).toEqual([
      { line: 2, reason: "The row is not valid JSON." },
      {
        line: 3,
        reason: "`question` is missing or empty (also accepted as query or user_input).",
      },
    ]);
    expect(await reasons("zh-CN")).toEqual([
      { line: 2, reason: "这一行不是有效的 JSON。" },
      { line: 3, reason: "`question` 缺失或为空（也可写作 query 或 user_input）。" },
    ]);
    const csv = await send(`${path}/bad-rows?format=csv`, { headers: headersOf("zh") });
    expect(await csv.text()).toContain("这一行不是有效的 JSON。");

    const broken = await upload('{"answer":"a"}');
    const errorIn = async (asked?: string) =>
      ((await (await send(broken, { headers: headersOf(asked) })).json()) as Job).error;
    expect(await errorIn()).toEqual({
      code: "invalid_request",
      message:
        "None of the 1 rows can be scored. Line 1: `question` is missing or empty (also accepted as query or user_input).",
    });
    expect(await errorIn("zh")).toEqual({
      code: "invalid_request",
      message: "1 行都无法评分。第 1 行：`question` 缺失或为空（也可写作 query 或 user_input）。",
    });
  });

  it("an address that is not there names the right one in both languages, until one is asked for", async () => {
    const detail = async (asked?: string) => {
      const answer = await send("/score/jobs", { headers: headersOf(asked) });
      expect(answer.status).toBe(404);
      return ((await answer.json()) as Problem).detail;
    };
    expect(await detail()).toMatch(/The right address is .* · 此处没有接口/);
    expect(await detail("en")).not.toMatch(HAN);
    expect(await detail("zh")).not.toContain("right address");
  });
});
