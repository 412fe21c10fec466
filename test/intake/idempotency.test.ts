import { describe, expect, test } from "vitest";
import { fingerprint, readIdempotencyKey } from "../../src/intake/idempotency.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";

const print = (body: unknown) => fingerprint(readScoreRequest(body).request);

describe("the fingerprint of a request", () => {
  test("is 128 bits as Base64url and the same for the same payload, however it was written", async () => {
    const one = await print({
      question: "问",
      answer: "a",
      tags: { b: "2", a: "1" },
      contexts: ["x"],
    });
    const other = await print({
      contexts: '["x"]',
      tags: "a=1,b=2",
      response: "a",
      query: "问",
      name: "",
    });
    expect(one).toMatch(/^[\w-]{22}$/);
    expect(other).toBe(one);
  });

  test("changes with every field", async () => {
    const base = { question: "q", answer: "a" };
    const changed = [
      base,
      { ...base, question: "q2" },
      { ...base, contexts: [] },
      { ...base, contexts: ["a", "b"] },
      { ...base, contexts: ["b", "a"] },
      { ...base, ground_truth: "g" },
      { ...base, tags: { a: "1" } },
      { ...base, metrics: "bleu" },
    ];
    expect(new Set(await Promise.all(changed.map(print))).size).toBe(changed.length);
  });
});

describe("the Idempotency-Key header", () => {
  test.each([
    [null, null],
    ["", null],
    ['""', null],
    ["run-1", "run-1"],
    [' "run-1" ', "run-1"],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ["sys.workflow_run_id", null],
    ["{{#sys.workflow_run_id#}}", null],
    ["None", null],
    ["x".repeat(255), "x".repeat(255)],
  ])("%j", (header, key) => {
    expect(readIdempotencyKey(header)).toBe(key);
  });

  test.each(["x".repeat(256), "键", "a\tb"])("%j is refused", (header) => {
    expect(() => readIdempotencyKey(header)).toThrow(
      expect.objectContaining({ code: "invalid_request" }),
    );
  });
});
