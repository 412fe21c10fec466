import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../../../src/judges/cache/judgement-store.ts";
import type { JudgedTable } from "../../../src/scoring/judge.ts";
import { openFakeOpenAi } from "../../fakes/open-fake-openai.ts";
import {
  BRIDGE,
  evidenceOf,
  fill,
  judgeAt,
  judgedIn,
  LIGHTHOUSE,
  otherVerdicts,
  userMessage,
  verdicts,
} from "./scene.ts";

const fake = await openFakeOpenAi();

const chats = () => fake.calls.filter(({ kind }) => kind === "chat");
const judged = (table: JudgedTable) => ({ ...judgedIn(table), notes: null });

describe("all plans fill the same table", () => {
  test.each([
    ["English", LIGHTHOUSE],
    ["Chinese", BRIDGE],
  ])("block, single and per-passage agree (%s)", async (_, sample) => {
    const [block, single, perPassage] = await Promise.all(
      (["block", "single", "per-passage"] as const).map((plan) =>
        fill(judgeAt(fake, { plan }), sample),
      ),
    );
    if (!block || !single || !perPassage) throw new Error("three tables expected");
    expect(judged(single)).toEqual(judged(block));
    expect(judged(perPassage)).toEqual(judged(block));
  });

  test("per passage: one check call a passage, and the notes say what it cannot see", async () => {
    fake.setRounds(2, 5);
    const table = await fill(judgeAt(fake, { plan: "per-passage" }), LIGHTHOUSE);
    expect(chats().filter(({ task }) => task === "check_passages")).toHaveLength(3);
    expect(fake.rounds()).toBe(2);
    expect(table.notes.join(" ")).toMatch(/several portions together is not seen/);
  });

  test("single: one chat call in one round", async () => {
    const table = await fill(judgeAt(fake, { plan: "single", embeddingModel: null }), LIGHTHOUSE);
    expect(chats().map(({ task }) => task)).toEqual(["single_round"]);
    expect(fake.rounds()).toBe(1);
    expect(verdicts(table)).toEqual(["supported", "supported", "unsupported"]);
    expect(otherVerdicts(table)).toEqual(["supported", "unsupported", "unsupported"]);
  });

  test("single: criteria, entities and relevance come with the same call", async () => {
    const table = await fill(judgeAt(fake, { plan: "single" }), LIGHTHOUSE, {
      referenceEntities: true,
      criteria: [{ name: "polite", version: 1, text: "Is it polite?", kind: "yes_no" }],
    });
    expect(table.criteria).toEqual({ polite: { ok: true, value: 1 } });
    expect(table.referenceEntities?.ok).toBe(true);
    expect(table.relevance).toMatchObject({ ok: true, value: { scores: [1, 0, 0] } });
  });

  test("single: the control claims trip there too", async () => {
    fake.setBrain({ check: () => ({ verdict: "supported", evidence: ["1.1"] }) });
    const table = await fill(judgeAt(fake, { plan: "single" }), LIGHTHOUSE);
    expect(table.answerClaims).toEqual({ ok: false, reason: "judge_error" });
    expect(chats()).toHaveLength(2);
  });

  test("single: a verdict that stays bad fails its cell, is not remembered, and the rest stands", async () => {
    const store = createMemoryStore();
    fake.setFault({
      kind: "rewrite",
      rewrite: (reply) =>
        JSON.parse(JSON.stringify(reply).replace(/"other":"supported"/, '"other":"hm"')),
    });
    const table = await fill(judgeAt(fake, { plan: "single", store }), LIGHTHOUSE);
    expect(otherVerdicts(table)).toEqual(["judge_error", "unsupported", "unsupported"]);
    expect(verdicts(table)).toEqual(["supported", "supported", "unsupported"]);
    fake.setFault(null);
    const again = await fill(judgeAt(fake, { plan: "single", store }), LIGHTHOUSE);
    expect(otherVerdicts(again)).toEqual(["supported", "unsupported", "unsupported"]);
  });

  test("single: remembered like the others", async () => {
    const store = createMemoryStore();
    await fill(judgeAt(fake, { plan: "single", store }), LIGHTHOUSE);
    fake.reset();
    await fill(judgeAt(fake, { plan: "single", store }), LIGHTHOUSE);
    expect(fake.calls).toEqual([]);
  });
});

describe("long inputs are cut into several calls", () => {
  const filler = Array.from(
    { length: 80 },
    (_, at) => `Boat number ${at} carries mail to the outer skerries on every second morning.`,
  );

  test("many passages: every call within the budget, evidence numbered as in the whole", async () => {
    const passages = [...filler, ...(LIGHTHOUSE.passages ?? [])];
    const table = await fill(judgeAt(fake, { inputTokens: 600 }), { ...LIGHTHOUSE, passages });
    const checks = chats().filter(({ task }) => task === "check_passages");
    expect(checks.length).toBeGreaterThan(2);
    for (const call of checks) expect(userMessage(call).length).toBeLessThan(600 * 4 + 1_500);
    expect(evidenceOf(table)).toEqual([["81.1"], ["82.1"], []]);
    expect(table.relevance?.ok && table.relevance.value.scores).toHaveLength(83);
  });

  test("a portion that fails leaves the cell failed: the missing part could change the verdict", async () => {
    const passages = [...filler, ...(LIGHTHOUSE.passages ?? [])];
    let struck = false;
    fake.setFault({
      kind: "say",
      task: "check_passages",
      say: (content, { call }) => {
        if (!userMessage(call).includes("Boat number 7 ")) return content;
        struck = true;
        return "no idea";
      },
    });
    const table = await fill(judgeAt(fake, { inputTokens: 600 }), { ...LIGHTHOUSE, passages });
    expect(struck).toBe(true);
    expect(verdicts(table)).toEqual(["judge_error", "judge_error", "judge_error"]);
  });

  test("a long answer is split and compared in portions, claims numbered in reading order", async () => {
    const answer = [LIGHTHOUSE.answer, ...filler].join(" ");
    const reference = [LIGHTHOUSE.reference, ...filler].join(" ");
    const judge = judgeAt(fake, { inputTokens: 1_200 });
    const table = await fill(judge, { ...LIGHTHOUSE, answer, reference });
    const claims = table.answerClaims?.ok ? table.answerClaims.value : [];
    expect(claims.map(({ sentence }) => sentence)).toEqual(
      Array.from({ length: 83 }, (_, at) => at),
    );
    expect(otherVerdicts(table).slice(3)).toEqual(filler.map(() => "supported"));
    expect(verdicts(table).slice(0, 4)).toEqual([
      "supported",
      "supported",
      "unsupported",
      "unsupported",
    ]);
  });

  test("a sample has a limit of calls; what is left fails with budget", async () => {
    const passages = [...filler, ...(LIGHTHOUSE.passages ?? [])];
    const judge = judgeAt(fake, { inputTokens: 600, callsPerSample: 4, slots: 1 });
    const table = await fill(judge, { ...LIGHTHOUSE, passages });
    expect(chats()).toHaveLength(4);
    expect(verdicts(table)).toEqual(["budget", "budget", "budget"]);
    expect(table.notes.join(" ")).toMatch(/limit of 4 calls/);
  });

  test("single falls back to two rounds when it does not fit", async () => {
    const passages = [...filler, ...(LIGHTHOUSE.passages ?? [])];
    await fill(judgeAt(fake, { plan: "single", inputTokens: 600 }), { ...LIGHTHOUSE, passages });
    expect(chats().map(({ task }) => task)).toContain("split_answer");
  });
});
