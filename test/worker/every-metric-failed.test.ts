import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createOfflineJudge } from "../../src/judges/offline/offline-judge.ts";
import type { Judge, JudgedTable, JudgeUsage, ReplyTrouble } from "../../src/scoring/judge.ts";
import { retryJob } from "../../src/storage/moves/retry-job.ts";
import { said } from "../../src/words/said.ts";
import { say, sayWarning } from "../../src/words/say.ts";
import { SAMPLE_EN, SAMPLE_ZH } from "./http.ts";
import {
  accept,
  acceptRows,
  artifactsOf,
  count,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  type World,
} from "./job-world.ts";

beforeEach(emptyTables);

const PAID: JudgeUsage = {
  judge_calls: 3,
  cached_calls: 0,
  prompt_tokens: 300,
  completion_tokens: 40,
};
const UNTOLD: JudgeUsage = {
  judge_calls: 2,
  cached_calls: 0,
  prompt_tokens: null,
  completion_tokens: null,
  estimated_tokens: 500,
};
const UNUSABLE: ReplyTrouble = {
  code: "judge_reply_unusable",
  message: said("told", {
    text: "splitting the answer into claims: no usable reply for 2 of 2 after asking again.",
  }),
};

/** A table in which nothing could be judged. */
function spoilt(table: JudgedTable, reason: "judge_error" | "judge_refused"): JudgedTable {
  const failed = { ok: false, reason } as const;
  return {
    ...table,
    method: "llm",
    answerClaims: failed,
    referenceClaims: failed,
    abstained: failed,
    relevance: failed,
    answerRelevancy: failed,
    similarity: failed,
  };
}

/** A model that says something usable for the samples that `isGood` picks, and for all once it is `cured`. */
function createModel(isGood: (question: string) => boolean, trouble: ReplyTrouble, usage = PAID) {
  const inner = createOfflineJudge();
  const state = { isCured: false };
  const judge: Judge = {
    name: "llm:fake",
    async fill(sample, needs, signal) {
      const table = await inner.fill(sample, needs, signal);
      if (state.isCured || isGood(sample.question)) return { ...table, method: "llm", usage };
      const reason = trouble.code === "judge_refused" ? "judge_refused" : "judge_error";
      return {
        ...spoilt(table, reason),
        usage,
        troubles: [trouble],
        notes: [say(trouble.message, null)],
      };
    },
  };
  return { judge, state };
}

function worldWith(judge: Judge): World {
  const world = createWorld({
    settings: { webhookSecret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G" },
    outside: { fetch: async () => new Response(null, { status: 204 }) },
  });
  world.judge.current = judge;
  world.judge.kind = "llm";
  return world;
}

const JUDGED = ["faithfulness", "context_recall", "answer_correctness"];
const tokensToday = () =>
  count("SELECT coalesce(sum(used), 0) AS n FROM quota_use WHERE unit = 'judge_tokens'");
const eventsOf = async () =>
  (await env.DB.prepare("SELECT event FROM deliveries").all<{ event: string }>()).results;

describe("a job in which every metric failed", () => {
  it.each([
    ["English", SAMPLE_EN],
    ["中文", SAMPLE_ZH],
  ])("has failed, with the reason, the warning and what it cost (%s)", async (_, sample) => {
    const { judge } = createModel(() => false, UNUSABLE);
    const world = worldWith(judge);
    const job = await accept(world, {
      ...sample,
      metrics: JUDGED,
      callback_url: "https://hooks.example.com/",
    });
    await drain(world);
    const ended = await jobOf(job.id);
    expect(ended).toMatchObject({
      status: "failed",
      attempts: 1,
      done: 0,
      failed: 1,
      runId: null,
      error: {
        code: "judge_error",
        message: expect.objectContaining({
          code: "nothing_scored",
          params: expect.objectContaining({
            reasons: said("and_then", { sentence: [UNUSABLE.message] }),
          }),
        }),
      },
      usage: PAID,
      weightedScore: null,
    });
    expect(ended.outcomes.faithfulness).toMatchObject({ status: "failed", reason: "judge_error" });
    expect(ended.warnings.map((warning) => sayWarning(warning, null))).toEqual([
      {
        code: UNUSABLE.code,
        message: say(UNUSABLE.message, null),
        fix: expect.stringMatching(/JUDGE_MODEL/),
      },
    ]);
    expect(await count("SELECT count(*) AS n FROM runs")).toBe(0);
    expect(await tokensToday()).toBe(340);
    expect(await eventsOf()).toEqual([{ event: "job.failed" }]);
    expect(world.logs.map(({ event }) => event)).toContain("job.failed");
  });

  it("can be retried, and then says nothing of the first time", async () => {
    const { judge, state } = createModel(() => false, UNUSABLE);
    const world = worldWith(judge);
    const job = await accept(world, { ...SAMPLE_ZH, metrics: JUDGED });
    await drain(world);
    state.isCured = true;
    await retryJob(env.DB, "default", job.id, { now: world.clock.now, wakeAt: world.clock.now });
    await world.context.wake([
      { message: { kind: "score", project: "default", id: job.id, from: 0, to: 0 } },
    ]);
    await drain(world);
    const ended = await jobOf(job.id);
    expect(ended).toMatchObject({
      status: "completed",
      done: 1,
      failed: 0,
      error: null,
      warnings: [],
    });
    expect(Object.values(await artifactsOf(ended.runId ?? ""))).not.toContain("missing");
    // Both tries were paid for.
    expect(await tokensToday()).toBe(680);
  });

  it("a refusal is named as one", async () => {
    const refused: ReplyTrouble = {
      code: "judge_refused",
      message: said("told", {
        text: "splitting the answer into claims: the judge refused (content filter).",
      }),
    };
    const world = worldWith(createModel(() => false, refused).judge);
    const job = await accept(world, { ...SAMPLE_EN, metrics: JUDGED });
    await drain(world);
    expect(await jobOf(job.id)).toMatchObject({
      status: "failed",
      error: { code: "judge_refused" },
      warnings: [{ code: "judge_refused" }],
    });
  });

  it("one metric that has a value is enough to complete, and the trouble is in the warnings", async () => {
    const world = worldWith(createModel(() => false, UNUSABLE).judge);
    const job = await accept(world, { ...SAMPLE_EN, metrics: [...JUDGED, "rouge_l"] });
    await drain(world);
    const ended = await jobOf(job.id);
    expect(ended).toMatchObject({ status: "completed", error: null });
    expect(ended.outcomes.rouge_l?.value).toEqual(expect.any(Number));
    expect(ended.warnings.map(({ code }) => code)).toEqual(["judge_reply_unusable"]);
  });

  it("a call of a session that failed so stays out of the session's report", async () => {
    const world = worldWith(createModel((question) => question.includes("X200"), UNUSABLE).judge);
    const good = await accept(world, { ...SAMPLE_EN, metrics: JUDGED, session_id: "s" });
    const bad = await accept(world, { ...SAMPLE_ZH, metrics: JUDGED, session_id: "s" });
    await drain(world);
    expect(await jobOf(good.id)).toMatchObject({ status: "completed" });
    expect(await jobOf(bad.id)).toMatchObject({ status: "failed", runId: null });
    expect(await count("SELECT total_samples AS n FROM runs")).toBe(1);
  });
});

describe("a batch", () => {
  const rows = (n: number) =>
    Array.from({ length: n }, (_, at) => ({
      ...(at % 2 === 0 ? SAMPLE_EN : SAMPLE_ZH),
      question: `${at % 2 === 0 ? "good" : "坏"} ${at}`,
      metrics: JUDGED,
    }));

  it("in which every metric of every sample failed has failed", async () => {
    const world = worldWith(createModel(() => false, UNUSABLE).judge);
    const job = await acceptRows(world, rows(4));
    await drain(world);
    expect(await jobOf(job.id)).toMatchObject({
      status: "failed",
      done: 0,
      failed: 4,
      error: {
        code: "judge_error",
        message: expect.objectContaining({
          code: "nothing_scored",
          params: expect.objectContaining({
            reasons: said("and_then", { sentence: [UNUSABLE.message] }),
          }),
        }),
      },
      warnings: [{ code: "judge_reply_unusable" }],
    });
  });

  it("counts such samples as failed, keeps what was seen of them, and scores them again on retry", async () => {
    const { judge, state } = createModel((question) => question.includes("good"), UNUSABLE, UNTOLD);
    const world = worldWith(judge);
    const job = await acceptRows(world, rows(6));
    await drain(world);
    const first = await jobOf(job.id);
    expect(first).toMatchObject({ status: "completed", done: 3, failed: 3, total: 6 });
    expect(first.warnings.map(({ code }) => code)).toEqual(["judge_reply_unusable"]);
    expect(first.usage).toEqual({
      judge_calls: 12,
      cached_calls: 0,
      prompt_tokens: null,
      completion_tokens: null,
      estimated_tokens: 3000,
    });
    expect(await tokensToday()).toBe(3000);
    const artifacts = await artifactsOf(first.runId ?? "");
    expect(artifacts["evidence.jsonl"]?.trim().split("\n")).toHaveLength(6);
    const { usage } = JSON.parse(artifacts["metadata.json"] ?? "{}") as { usage: JudgeUsage };
    expect(usage).toMatchObject({ prompt_tokens: null, estimated_tokens: 3000 });
    expect(artifacts["summary.md"]).toMatch(/unknown|未知/);
    state.isCured = true;
    await retryJob(env.DB, "default", job.id, { now: world.clock.now, wakeAt: world.clock.now });
    await world.context.wake([
      { message: { kind: "chunk", project: "default", id: job.id, n: 0 } },
    ]);
    await drain(world);
    expect(await jobOf(job.id)).toMatchObject({ status: "completed", done: 6, failed: 0 });
  });
});

it("tokens that are told and tokens that are not add up to what is charged", async () => {
  const told = createModel(() => true, UNUSABLE).judge;
  const untold = createModel(() => true, UNUSABLE, UNTOLD).judge;
  const world = worldWith({
    name: "llm:fake",
    fill: (sample, ...more) =>
      (sample.question.includes("good") ? told : untold).fill(sample, ...more),
  });
  const job = await acceptRows(world, [
    { ...SAMPLE_EN, question: "good" },
    { ...SAMPLE_ZH, question: "坏" },
  ]);
  await drain(world);
  expect((await jobOf(job.id)).usage).toMatchObject({
    prompt_tokens: null,
    completion_tokens: null,
    estimated_tokens: 840,
  });
  expect(await tokensToday()).toBe(840);
});
