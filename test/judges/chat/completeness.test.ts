import { describe, expect, test } from "vitest";
import { openFakeOpenAi } from "../../fakes/open-fake-openai.ts";
import type { SeenCall } from "../../fakes/openai-call.ts";
import {
  BRIDGE,
  evidenceOf,
  fill,
  judgeAt,
  LIGHTHOUSE,
  otherVerdicts,
  userMessage,
  verdicts,
} from "./scene.ts";

interface Check {
  id: string;
  verdict: string;
  evidence?: unknown;
  jointly?: unknown;
}

const fake = await openFakeOpenAi();

const GOOD = ["supported", "supported", "unsupported"];

/** Label of the claim with these words in a check call, and the checks of the reply. */
function labelOf(call: SeenCall, words: string): string {
  const user = userMessage(call);
  const lines = user.split("\n").filter((line) => /^\[c\d+\]/.test(line) && line.includes(words));
  return /^\[(c\d+)\]/.exec(lines.at(-1) ?? "")?.[1] ?? "";
}

/** Rewrites the check of the invented claim (no control has its words) in the first `times` replies. */
function spoil(
  spoilOne: (check: Check, all: Check[]) => Check[],
  times?: number,
  words = "novels",
) {
  fake.setFault({
    kind: "rewrite",
    task: "check_passages",
    ...(times === undefined ? {} : { times }),
    rewrite: (reply, { call }) => {
      const { checks, ...rest } = reply as { checks: Check[] };
      const label = labelOf(call, words);
      return {
        ...rest,
        checks: checks.flatMap((check) => (check.id === label ? spoilOne(check, checks) : [check])),
      };
    },
  });
}

const checkCalls = () => fake.calls.filter(({ task }) => task === "check_passages");
const askedIn = (call: SeenCall | undefined) => {
  const user = userMessage(call);
  return user.split("\n").filter((line) => /^\[c\d+\]/.test(line));
};

describe("every claim is answered exactly once", () => {
  const cases: [string, (check: Check, all: Check[]) => Check[]][] = [
    ["a missing id", () => []],
    ["a doubled id", (check) => [check, { ...check, verdict: "supported", evidence: ["1.1"] }]],
    ["a wrong verdict word", (check) => [{ ...check, verdict: "mostly" }]],
    ["a wrong verdict word in Chinese", (check) => [{ ...check, verdict: "部分支持" }]],
    [
      "a sentence number that does not exist",
      (check) => [{ ...check, verdict: "supported", evidence: ["9.9"] }],
    ],
    ["a passage as evidence", (check) => [{ ...check, verdict: "supported", evidence: ["2"] }]],
    [
      "a number instead of a sentence number",
      (check) => [{ ...check, verdict: "supported", evidence: [2] }],
    ],
    ["support without evidence", (check) => [{ ...check, verdict: "supported", evidence: [] }]],
    [
      "a quote as evidence",
      (check) => [{ ...check, verdict: "supported", evidence: ["The keeper wrote novels."] }],
    ],
    [
      "support from two passages without saying whether jointly",
      (check) => [{ id: check.id, verdict: "supported", evidence: ["1.1", "2.1"] }],
    ],
  ];

  test.each(cases)("%s: asked once more, alone", async (_, spoilOne) => {
    spoil(spoilOne, 1);
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(GOOD);
    expect(checkCalls()).toHaveLength(2);
    // The open claim and two fresh control claims, nothing else.
    expect(askedIn(checkCalls().at(1))).toHaveLength(3);
  });

  test.each(cases)("%s again: that cell is failed, the others stand", async (_, spoilOne) => {
    spoil(spoilOne);
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(["supported", "supported", "judge_error"]);
    expect(checkCalls()).toHaveLength(2);
    expect(table.notes.join(" ")).toMatch(/no usable reply for 1 of/);
  });

  test("ids nobody asked for change nothing", async () => {
    spoil((check) => [
      check,
      { id: "c99", verdict: "supported", evidence: ["1.1"] },
      { id: "constructor", verdict: "supported" },
    ]);
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(GOOD);
    expect(checkCalls()).toHaveLength(1);
  });
});

describe("verdict words", () => {
  const WORDS: [string, string][] = [
    ["SUPPORTED", "supported"],
    ["yes", "supported"],
    ["s", "supported"],
    ["支持", "supported"],
    ["有依据", "supported"],
    ["contradiction", "contradicted"],
    ["矛盾", "contradicted"],
    ["相矛盾。", "contradicted"],
    ["not_supported", "unsupported"],
    ["no", "unsupported"],
    ["不支持", "unsupported"],
    ["未提及", "unsupported"],
  ];
  test.each(WORDS)("%s means %s", async (word, meant) => {
    spoil((check) => [{ ...check, verdict: word, evidence: ["1.1"], jointly: false }]);
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table).at(2)).toBe(meant);
    expect(checkCalls()).toHaveLength(1);
  });

  test("work in the comparison of answer and reference too", async () => {
    fake.setBrain({
      compare: (claim, text) =>
        text.some((line) => line.text.includes(claim.text.replace(/。$/, ""))) ? "支持" : "未提及",
    });
    const table = await fill(judgeAt(fake), BRIDGE);
    expect(otherVerdicts(table)).toEqual(["supported", "unsupported", "unsupported"]);
  });
});

describe("every sentence is split exactly once", () => {
  interface Split {
    id: string;
    claims: unknown;
  }
  const cases: [string, (split: Split) => Split[]][] = [
    ["missing", () => []],
    ["doubled", (split) => [split, split]],
    ["without a list of claims", (split) => [{ ...split, claims: "none" }]],
    ["with an empty claim", (split) => [{ ...split, claims: [{ text: " ", on_topic: true }] }]],
    ["without an on-topic flag", (split) => [{ ...split, claims: [{ text: "A keeper wrote." }] }]],
  ];
  const spoilSplit = (spoilOne: (split: Split) => Split[], times?: number) =>
    fake.setFault({
      kind: "rewrite",
      task: "split_answer",
      ...(times === undefined ? {} : { times }),
      rewrite: (reply) => {
        const { sentences, ...rest } = reply as { sentences: Split[] };
        return {
          ...rest,
          sentences: sentences.flatMap((split) => (split.id === "s3" ? spoilOne(split) : [split])),
        };
      },
    });

  test.each(cases)("a sentence %s is asked again, alone", async (_, spoilOne) => {
    spoilSplit(spoilOne, 1);
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(GOOD);
    const second = fake.calls.filter(({ task }) => task === "split_answer").at(1);
    const user = userMessage(second);
    expect(user.split("\n").at(-1)).toMatch(/: s3$/);
  });

  test.each(cases)(
    "a sentence %s twice fails the split: shares of unknown wholes are no numbers",
    async (_, spoilOne) => {
      spoilSplit(spoilOne);
      const table = await fill(judgeAt(fake), LIGHTHOUSE);
      expect(table.answerClaims).toEqual({ ok: false, reason: "judge_error" });
    },
  );
});

describe("relevance of passages", () => {
  test.each<[string, (rated: { passage: number; score: unknown }[]) => unknown]>([
    ["a passage is missing", (rated) => rated.slice(1)],
    ["a passage stands there twice", (rated) => [...rated, { passage: 1, score: 0 }]],
    ["a score is off the scale", (rated) => rated.map((item) => ({ ...item, score: 7 }))],
  ])("fails when %s even after asking again", async (_, change) => {
    fake.setFault({
      kind: "rewrite",
      task: "check_passages",
      rewrite: (reply) => {
        const all = reply as { relevance?: { passage: number; score: unknown }[] };
        return all.relevance ? { ...all, relevance: change(all.relevance) } : all;
      },
    });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(table.relevance).toEqual({ ok: false, reason: "judge_error" });
    expect(verdicts(table)).toEqual(GOOD);
    expect(evidenceOf(table)).toEqual([["1.1"], ["2.1"], []]);
  });
});
