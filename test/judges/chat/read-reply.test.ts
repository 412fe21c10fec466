import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRetryAfter } from "../../../src/judges/chat/endpoint/provider-errors.ts";
import { readVerdict } from "../../../src/judges/chat/questions/verdict-words.ts";
import { readReply } from "./scene.ts";

describe("finding the JSON in a reply", () => {
  test.each<[string, string, unknown]>([
    ["plain", '{"a":1}', { a: 1 }],
    ["fenced", 'Ok:\n```json\n{"a":1}\n```\nDone.', { a: 1 }],
    ["the last object wins", 'The text says {"a":0}. My answer: {"a":1}', { a: 1 }],
    ["numbers in brackets are prose", '{"a":1} as seen in [2.3]', { a: 1 }],
    ["single quotes", "{'a': '支持'}", { a: "支持" }],
    ["Chinese quotes inside", '{"a":"他说“好”"}', { a: "他说“好”" }],
    ["a lone quote in the prose", 'Here is 5" of JSON: {"a":1}', { a: 1 }],
    ["an array", '[{"id":"c1"}]', [{ id: "c1" }]],
    [
      "a missing bracket at the end",
      '{"checks":[{"id":"c1"},{"id":"c2"}',
      { checks: [{ id: "c1" }, { id: "c2" }] },
    ],
  ])("%s", (_, text, value) => {
    expect(readReply(text, false)?.value).toEqual(value);
  });

  test.each(["", "no", "5", '"yes"', "null", '<think>{"a":1}', "{", '{"checks":[{"id":"c1","verd'])(
    "nothing usable in %j",
    (text) => {
      expect(readReply(text, false)).toBeNull();
    },
  );

  test("of a reply that was cut off only whole items are kept", () => {
    const whole =
      '{"checks":[{"id":"c1","evidence":["1.1"]},{"id":"c2","evidence":["1.1","2.1"]}]}';
    for (let end = 1; end < whole.length; end += 1) {
      const read = readReply(whole.slice(0, end), true);
      const checks =
        (read?.value as { checks: { id: string; evidence: string[] }[] } | undefined)?.checks ?? [];
      for (const check of checks) {
        expect(check.evidence).toEqual(check.id === "c1" ? ["1.1"] : ["1.1", "2.1"]);
      }
      if (read) expect(read.isCut).toBe(true);
    }
  });

  test("any text whatever is read without a throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, isTruncated) => {
        readReply(text, isTruncated);
      }),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", ":", "a", "<think>", "</think>"),
        ),
        (parts) => {
          readReply(parts.join(""), false);
        },
      ),
    );
  });

  test("JSON survives any prose around it", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[{}[\]"<]/.test(text)),
        fc.array(fc.record({ id: fc.string(), verdict: fc.string() }), { minLength: 1 }),
        (prose, checks) => {
          const read = readReply(`${prose}\n${JSON.stringify({ checks })}\n${prose}`, false);
          expect(read?.value).toEqual({ checks });
        },
      ),
    );
  });
});

test.each([
  "mostly supported",
  "partially supported",
  "supported?",
  "",
  "1",
  1,
  null,
  undefined,
  {},
  "支持或不支持",
  "部分支持",
])("%j is no verdict", (word) => {
  expect(readVerdict(word)).toBeNull();
});

test("Retry-After: seconds, milliseconds, a date, nonsense", () => {
  const now = Date.UTC(2026, 10, 23, 12, 0, 0);
  const read = (headers: Record<string, string>) => readRetryAfter(new Headers(headers), now);
  expect(read({ "retry-after": "7" })).toBe(7);
  expect(read({ "retry-after-ms": "250", "retry-after": "7" })).toBe(0.25);
  expect(read({ "retry-after": "Mon, 23 Nov 2026 12:00:30 GMT" })).toBe(30);
  expect(read({ "retry-after": "Mon, 23 Nov 2026 11:00:30 GMT" })).toBe(0);
  expect(read({ "retry-after": "soon" })).toBeNull();
  expect(read({ "retry-after": "-4" })).toBeNull();
  expect(read({})).toBeNull();
});
