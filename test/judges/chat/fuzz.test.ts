import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cutSample } from "../../../src/scoring/cut-text.ts";
import type { JudgedTable } from "../../../src/scoring/judge.ts";
import { type FakeOpenAi, startFakeOpenAi } from "../../fakes/openai-server.ts";
import { BRIDGE, fill, judgeAt, LIGHTHOUSE, refsOutside, verdicts } from "./scene.ts";

let fake: FakeOpenAi;
beforeAll(async () => {
  fake = await startFakeOpenAi();
});
afterAll(() => fake.close());

/** A change to the text of a reply, somewhere. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom("cut", "drop", "double", "insert", "swap"),
  length: fc.integer({ min: 1, max: 40 }),
  text: fc.constantFrom(
    '"',
    "}",
    "]",
    "{",
    ",",
    "\\",
    "\n",
    "1.1",
    "支持",
    "null",
    "<think>",
    "```",
  ),
});

function damaged(
  text: string,
  change: typeof damage extends fc.Arbitrary<infer T> ? T : never,
): string {
  const at = Math.floor(change.at * text.length);
  const head = text.slice(0, at);
  const tail = text.slice(at);
  switch (change.kind) {
    case "cut":
      return head;
    case "drop":
      return head + tail.slice(change.length);
    case "double":
      return head + tail.slice(0, change.length) + tail;
    case "insert":
      return head + change.text + tail;
    default:
      return tail + head;
  }
}

function numbersOf(table: JudgedTable): number[] {
  const numbers: number[] = [];
  JSON.stringify(table, (_, value) => {
    if (typeof value === "number") numbers.push(value);
    return value;
  });
  return numbers;
}

describe("whatever a reply looks like", () => {
  test.each([
    ["English", LIGHTHOUSE],
    ["Chinese", BRIDGE],
  ])("no throw, no invented support, no evidence that is not there (%s)", async (_, sample) => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (changes) => {
        fake.setFault({
          kind: "say",
          task: "check_passages",
          say: (content) => changes.reduce(damaged, content),
        });
        const table = await fill(judgeAt(fake), sample);
        const [first, second, third] = verdicts(table);
        expect(["supported", "judge_error"]).toContain(first);
        expect(["supported", "judge_error"]).toContain(second);
        expect(["unsupported", "judge_error"]).toContain(third);
        expect(refsOutside(table, cutSample(sample))).toEqual([]);
        expect(numbersOf(table).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("any JSON at all in any call leaves a table without a throw", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        fake.setFault({ kind: "say", say: () => JSON.stringify(value) });
        const table = await fill(judgeAt(fake), LIGHTHOUSE);
        expect(table.answerClaims).toEqual({ ok: false, reason: "judge_error" });
      }),
      { numRuns: 40 },
    );
  });
});
