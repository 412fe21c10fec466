import { env } from "cloudflare:workers";
import { afterAll, describe, expect, it } from "vitest";
import { redactText } from "../../src/intake/redact.ts";
import { ask, bearer, createKey, createProject, scoreOne, waitForQuiet } from "./access-world.ts";

afterAll(waitForQuiet);

const ALL = ["email", "phone", "cn_id", "card"] as const;

describe("personal data before judging", () => {
  it.each([
    ["写信给 zhang.san+hr@example.com.cn 吧", "写信给 [EMAIL 1] 吧"],
    ["Mail A@B.io or a@b.io, not c@d.org.", "Mail [EMAIL 1] or [EMAIL 1], not [EMAIL 2]."],
    ["全角：ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ。", "全角：[EMAIL 1]。"],
    ["电话13800138000，或 +86 138-0013-8000。", "电话[PHONE 1]，或 [PHONE 1]。"],
    ["全角１３８００１３８０００", "全角[PHONE 1]"],
    ["座机 010-62345678", "座机 [PHONE 1]"],
    ["Call +1 (212) 555-0100 or 212-555-0199.", "Call [PHONE 1] or [PHONE 2]."],
    ["身份证11010519491231002X号", "身份证[ID 1]号"],
    ["Card 4111 1111 1111 1111 was charged.", "Card [CARD 1] was charged."],
  ])("%s", (text, clean) => {
    expect(redactText(text, ALL)).toBe(clean);
  });

  it.each([
    "The X200 costs 1,299.00 and was sold 12345678 times since 2023-01-15.",
    "订单号 4111111111111112 共 3.14159265358979 元，版本 1.2.3。",
    "x@y and @handle and a.b.c are no addresses; 192.168.10.14 is a host.",
    "2026-11-23T08:00:00Z, 10/12/2025, 3600 seconds, 250mg.",
  ])("leaves what is none: %s", (text) => {
    expect(redactText(text, ALL)).toBe(text);
  });

  it("takes only the kinds it is asked for", () => {
    expect(redactText("a@b.io 13800138000", ["phone"])).toBe("a@b.io [PHONE 1]");
  });

  it.each([
    "a".repeat(500_000),
    "1".repeat(500_000),
    "1 ".repeat(250_000),
    "a.".repeat(250_000),
    "a@".repeat(250_000),
    "+1(".repeat(160_000),
    "(0".repeat(250_000),
    "１".repeat(500_000),
  ])("ends soon on half a megabyte of %.3s", (text) => {
    expect(redactText(text, ALL).length).toBeGreaterThan(0);
  });

  it("reaches neither database, bucket nor report", async () => {
    await createProject("redacts", { redact: [...ALL] });
    const { key } = await createKey("redacts", "run");
    const { run_id, job_id } = await scoreOne(key, {
      question: "谁的电话是13800138000？",
      answer: "是李雷，邮箱 lilei@example.com。",
      contexts: ["李雷：13800138000，lilei@example.com", "韩梅梅：13900139000"],
      ground_truth: "李雷 (lilei@example.com)",
    });
    const evidence = await (
      await ask(`/api/runs/${run_id}/artifacts/evidence.jsonl`, { headers: bearer(key) })
    ).text();
    expect(evidence).toContain("[PHONE 1]");
    expect(evidence).toContain("[PHONE 2]");
    const job = await (await ask(`/api/score/jobs/${job_id}`, { headers: bearer(key) })).text();
    expect(job).toContain('"code":"redacted"');
    const everything = await everythingStored("redacts");
    for (const secret of ["13800138000", "13900139000", "lilei@example.com"]) {
      expect(everything).not.toContain(secret);
    }
  });
});

describe("store_text: false", () => {
  it("keeps scores, verdicts and advice, and no text anywhere once the job has ended", async () => {
    await createProject("secret", { store_text: false });
    const { key } = await createKey("secret", "run");
    const large = "保密段落：服务器密码每季度更换一次。".repeat(8_000);
    const texts = {
      question: "独一无二的问题甲？",
      answer: "独一无二的回答乙。它说明一切。",
      contexts: ["独一无二的段落丙，它说明一切。", large],
      ground_truth: "独一无二的标准丁。",
    };
    const { run_id, job_id } = await scoreOne(key, texts);
    const report = (await (await ask(`/api/runs/${run_id}`, { headers: bearer(key) })).json()) as {
      metrics: Record<string, { mean: number | null }>;
    };
    expect(report.metrics.faithfulness?.mean).toEqual(expect.any(Number));
    const sample = (await (
      await ask(`/api/runs/${run_id}/samples/1`, { headers: bearer(key) })
    ).json()) as {
      evidence: {
        answer: { text: string; sentences: { start: number; end: number }[] };
        claims: { verdict: string }[];
      };
    };
    expect(sample.evidence.answer.text).toBe("·".repeat(texts.answer.length));
    expect(sample.evidence.answer.sentences).toHaveLength(2);
    expect(sample.evidence.claims.length).toBeGreaterThan(0);
    const everything = await everythingStored("secret", job_id);
    for (const text of ["独一无二", "说明一切", "保密段落"]) expect(everything).not.toContain(text);
  });

  it("scores the same as a project that keeps its texts", async () => {
    const sample = {
      question: "入职满一年有几天年假？",
      answer: "入职满一年的员工每年有15天带薪年假。",
      contexts: ["员工入职满一年后，每年享有10天带薪年假。", "病假需要提交医院证明。"],
      ground_truth: "每年10天带薪年假。",
    };
    await createProject("keeps");
    const scores = await Promise.all(
      ["secret", "keeps"].map(async (project) => {
        const { key } = await createKey(project, "run");
        const answer = await ask("/api/score", { json: sample, headers: bearer(key) });
        return ((await answer.json()) as { scores: unknown }).scores;
      }),
    );
    expect(scores[0]).toEqual(scores[1]);
  });
});

/** All rows and objects of a project as one text. */
async function everythingStored(project: string, jobId?: string): Promise<string> {
  const tables = ["jobs", "runs", "audit_log"].map((table) =>
    env.DB.prepare(`SELECT * FROM ${table} WHERE project = ?1`).bind(project).all(),
  );
  const samples = env.DB.prepare(
    "SELECT s.* FROM samples AS s JOIN jobs AS j ON j.id = s.job_id WHERE j.project = ?1 AND (?2 IS NULL OR j.id = ?2)",
  )
    .bind(project, jobId ?? null)
    .all();
  const rows = JSON.stringify(
    (await Promise.all([...tables, samples])).map(({ results }) => results),
  );
  const { objects } = await env.ARTIFACTS.list({ prefix: `${project}/` });
  const bodies = await Promise.all(
    objects.map(async ({ key }) => (await env.ARTIFACTS.get(key))?.text() ?? ""),
  );
  const judgements = await env.DB.prepare("SELECT body FROM judgements").all();
  return rows + bodies.join("\n") + JSON.stringify(judgements.results);
}
