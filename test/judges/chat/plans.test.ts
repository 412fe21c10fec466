import { describe, expect, test } from "vitest";
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
  ])("block and per-passage agree (%s)", async (_, sample) => {
    const block = await fill(judgeAt(fake, { plan: "block" }), sample);
    const perPassage = await fill(judgeAt(fake, { plan: "per-passage" }), sample);
    expect(judged(perPassage)).toEqual(judged(block));
  });

  test("per passage: one check call a passage, and the notes say what it cannot see", async () => {
    fake.setRounds(2, 5);
    const table = await fill(judgeAt(fake, { plan: "per-passage" }), LIGHTHOUSE);
    expect(chats().filter(({ task }) => task === "check_passages")).toHaveLength(3);
    expect(fake.rounds()).toBe(2);
    expect(table.notes.join(" ")).toMatch(/several portions together is not seen/);
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
});
