import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ScoreRequest } from "../../src/contract/score-request.ts";
import { AppError } from "../../src/errors.ts";
import { FIELD_NAMES } from "../../src/intake/field-names.ts";
import { readBody } from "../../src/intake/read-body.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { sayWarning } from "../../src/words/say.ts";
import { pythonRepr } from "./simulate-dify.ts";

const NAMES = [
  ...Object.values(FIELD_NAMES).flat(),
  "__proto__",
  "document_id",
  "metadata",
  "summary",
];

/** Pieces whose mixture looks like what clients send. */
const PIECES = [
  "[",
  "]",
  "{",
  "}",
  "(",
  ")",
  "'",
  '"',
  "\\",
  ",",
  ":",
  "=",
  "<",
  ">",
  " ",
  "\n",
  "None",
  "null",
  "[]",
  "{'metadata': {'_source': 'knowledge'",
  "'content': '",
  '"content": "',
  "'summary': None}",
  "}, {",
  "|||| ",
  "<think>",
  "</think>",
  "<details><summary>Thinking</summary>",
  "<|channel|>final<|message|>",
  "array([",
  "Document(page_content=",
  "nan",
  "...",
  '{"results":[',
  "llm.text",
  '","ground_truth":"',
  "问题",
  "a",
  "1",
  "\ud800",
  "b'",
  "\\x",
  "&",
  "%",
] as const;
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((parts) => parts.join(""));
const anything = fc.anything({
  key: fc.constantFrom(...NAMES, "content", "result"),
  maxDepth: 4,
  maxKeys: 4,
  values: [soup, fc.string({ unit: "binary" }), fc.double(), fc.boolean(), fc.constant(null)],
});
const body = fc.oneof(
  fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), soup), fc.oneof(soup, anything), {
    maxKeys: 8,
  }),
  anything,
);

/** Runs the reading; whatever it does, it either gives a request the schema accepts or refuses with a code. */
function readOrRefuse(fields: unknown): void {
  try {
    const { request, warnings, contextsReceived, contextsParsed } = readScoreRequest(fields);
    // Plain comparisons: ten thousands of `expect` take longer than what they look at.
    ok(ScoreRequest.safeParse(request).success);
    deepEqual(JSON.parse(JSON.stringify(request)), request);
    ok(contextsParsed <= contextsReceived);
    for (const reader of [null, "en", "zh"] as const) {
      for (const { code, message, fix } of warnings.map((one) => sayWarning(one, reader))) {
        ok(code && message && fix);
      }
    }
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return;
    throw error;
  }
}

describe("whatever arrives", () => {
  // Most of it is refused by an exception, again and again: to note where each came from takes longer than to read.
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  test("is read or refused with a code", () => {
    fc.assert(fc.property(body, readOrRefuse), { numRuns: 40_000 });
  });

  test("is read or refused when question and answer are right", () => {
    const withText = fc.record({
      question: fc.constant("q"),
      answer: soup,
      contexts: fc.oneof(soup, anything),
    });
    fc.assert(fc.property(withText, readOrRefuse), { numRuns: 40_000 });
  });

  test("as Python text of anything", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(soup, fc.dictionary(fc.constantFrom("content", "metadata", "x"), soup))),
        (list) => {
          readOrRefuse({ question: "q", answer: "a", contexts: pythonRepr(list) });
          readOrRefuse({ question: "q", answer: "a", contexts: pythonRepr(list).slice(0, -3) });
        },
      ),
      { numRuns: 15_000 },
    );
  });

  test("as bytes of any content type", async () => {
    const type = fc.constantFrom(
      "application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=a",
      "text/plain",
      "image/png",
      "",
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      soup.map((text) => new TextEncoder().encode(text)),
      soup.map((text) => new TextEncoder().encode(`question=q&answer=${text}&contexts=${text}`)),
    );
    await fc.assert(
      fc.asyncProperty(type, bytes, async (contentType, sent) => {
        const request = new Request("https://touchstone.test/", {
          method: "POST",
          body: new Uint8Array(sent),
          headers: { "content-type": contentType },
        });
        const fields = await readBody(request).catch((error: unknown) => {
          if (error instanceof AppError && error.status < 500) return null;
          throw error;
        });
        if (fields !== null) readOrRefuse(fields);
      }),
      { numRuns: 5000 },
    );
  });
});

describe("time grows with the length only", () => {
  const SMALL = 32_768;
  const GROWTH = 8;

  test.each(
    [
      "[",
      "]",
      "{",
      "'",
      '"',
      "\\",
      "\\'",
      "'a' ",
      "[],",
      "<think>",
      "</think>",
      "`<think>\n",
      "'content': ",
      "'content': '",
      "'content': 'x', 'summary': \"",
      "{'metadata': ",
      '"ground_truth":"',
      " |||| ",
      " ",
      "a,",
      "<a 'x'>,",
      "b'\\xff',",
      "UUID('a'),",
      "nan,",
      "\ud800",
      "{1:",
      "array([",
      "array(['a'], dtype=object) ",
      "Document(page_content='a', ",
      "f(a=",
      "'a' 'b' ... ",
      '{"results":[',
      '{"data":{"content":"a","items":[{"text":"b"}]}},',
      "NaN,",
      "<details><summary>Thinking...</summary>",
      "</details>",
      "<thinking>",
      "◁think▷",
      "<|channel|>analysis<|message|>",
      "analysisA",
      "None ",
    ].map((unit) => [unit]),
  )("%j over and over", (unit) => {
    for (const start of ["", "[", "[{'", "<think>"]) {
      const costOf = (length: number) => {
        const text = start + unit.repeat(Math.ceil(length / unit.length));
        const glue = `None}, {'content': 'a', ${text}`;
        return cpuMs(() => {
          readOrRefuse({ question: "q", answer: text, contexts: text, metrics: text, tags: text });
          readOrRefuse({
            question: "q",
            answer: "a",
            contexts: [{ metadata: {}, content: "c", summary: glue }],
          });
        });
      };
      // Quadratic work would grow 64-fold; the floor keeps the clock's grain out of it.
      const small = Math.max(costOf(SMALL), 4);
      expect(costOf(SMALL * GROWTH)).toBeLessThan(small * GROWTH * 4);
    }
  });
});

/** Processor time, so that other work on the machine does not count; the best of three. */
function cpuMs(work: () => void): number {
  const runs = [0, 1, 2].map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}
