import { describe, expect, it } from "vitest";
import { numberMarks } from "../../src/intake/redact.ts";
import { assembleRun, lookAgainAt } from "../../src/traces/assemble.ts";
import type { Observation } from "../../src/traces/observation.ts";
import { readSpan } from "../../src/traces/read-span.ts";
import { redactObservation } from "../../src/traces/redact-observation.ts";
import { placeOfRun, shareTaken } from "../../src/traces/sampling.ts";
import type { Span } from "../../src/traces/span.ts";

function observation(more: Partial<Observation>): Observation {
  return {
    dialect: "openinference",
    kind: "chain",
    spanId: "r",
    parentId: null,
    name: "run",
    startMs: 0,
    endMs: 10,
    hasFailed: false,
    app: null,
    ...more,
  };
}

function span(name: string, attributes: Record<string, unknown>, more: Partial<Span> = {}): Span {
  return {
    traceId: "a".repeat(32),
    spanId: "b".repeat(16),
    parentId: null,
    name,
    startMs: 0,
    endMs: 1,
    hasFailed: false,
    attributes: new Map(Object.entries(attributes)),
    events: [],
    resource: new Map(),
    scope: "",
    ...more,
  };
}

describe("a run is complete", () => {
  const times = { firstAt: 100_000, lastAt: 101_000 };
  it.each([
    ["ten seconds after the last span when its root is there", [observation({})], 111_000],
    [
      "twenty when a chat app may still send what it found",
      [observation({ isAwaitingRetrieval: true })],
      121_000,
    ],
    ["a minute when no root has come", [observation({ parentId: "p", kind: "llm" })], 161_000],
  ] as const)("%s", (_, spans, at) => {
    expect(lookAgainAt(spans, times, at - 1)).toBe(at);
    expect(lookAgainAt(spans, times, at)).toBeNull();
  });

  it("after ten minutes, however much still comes", () => {
    const busy = { firstAt: 0, lastAt: 599_999 };
    expect(lookAgainAt([observation({})], busy, 600_000)).toBeNull();
  });
});

describe("a run", () => {
  it("whose root failed, says nothing or says half is not scored, and why is known", () => {
    const whole = { question: "年假几天？", answer: "五天。" };
    const reasonOf = (more: Partial<Observation>) => assembleRun("t", [observation(more)])?.reason;
    expect(reasonOf(whole)).toBeNull();
    expect(reasonOf({ ...whole, hasFailed: true })).toBe("failed");
    expect(reasonOf({})).toBe("no_content");
    expect(reasonOf({ question: "Days?" })).toBe("no_answer");
    expect(reasonOf({ answer: "Five." })).toBe("no_question");
    expect(reasonOf({ kind: "retriever", contexts: ["x"] })).toBe("not_understood");
  });

  it("has the passages of the reranker, not also those it was given", () => {
    const run = assembleRun("t", [
      observation({ question: "q", answer: "a" }),
      observation({
        spanId: "1",
        parentId: "r",
        kind: "retriever",
        contexts: ["b", "a", "c"],
        startMs: 1,
      }),
      observation({
        spanId: "2",
        parentId: "r",
        kind: "reranker",
        contexts: ["a", "b"],
        startMs: 2,
      }),
    ]);
    expect(run?.sample?.contexts).toEqual(["a", "b"]);
  });

  it("counts a retriever inside a retriever once, and two beside each other in the order of time", () => {
    const found = (spanId: string, parentId: string, startMs: number, contexts: string[]) =>
      observation({ spanId, parentId, kind: "retriever", contexts, startMs });
    const run = assembleRun("t", [
      observation({ question: "q", answer: "a" }),
      found("3", "r", 5, ["second"]),
      found("1", "r", 1, ["first"]),
      found("2", "1", 2, ["first"]),
    ]);
    expect(run?.sample?.contexts).toEqual(["first", "second"]);
  });

  it("that found nothing has no passages, and one that did not look has none to speak of", () => {
    const root = observation({ question: "q", answer: "a" });
    const empty = observation({ spanId: "1", parentId: "r", kind: "retriever", contexts: [] });
    expect(assembleRun("t", [root, empty])?.sample?.contexts).toEqual([]);
    expect(assembleRun("t", [root])?.sample?.contexts).toBeNull();
  });

  it("under a root that nobody sends is the one that Dify would name so", () => {
    const run = assembleRun("t", [
      observation({
        spanId: "1",
        parentId: "x",
        name: "tool",
        startMs: 0,
        question: "no",
        answer: "no",
      }),
      observation({
        spanId: "2",
        parentId: "y",
        name: "message",
        startMs: 5,
        question: "问",
        answer: "答",
      }),
    ]);
    expect(run?.sample).toMatchObject({ question: "问", answer: "答" });
  });
});

describe("a span", () => {
  it("of ours, of nobody we know or of a test is told apart", () => {
    const chat = { "gen_ai.operation.name": "chat" };
    expect(readSpan(span("chat", chat, { scope: "touchstone" }), null)).toBe("own");
    expect(readSpan(span("GET /", { "http.route": "/" }), null)).toBe("foreign");
    expect(readSpan(span("api_check", { test: "true" }), null)).toBe("test");
    expect(readSpan(span("x", { "openinference.span.kind": "EMBEDDING" }), null)).toBe("nothing");
  });

  it("is read by the rule of its project before any dialect", () => {
    const rule = {
      question: "$.attributes['my.request'].q",
      answer: "$.attributes['my.reply']",
      contexts: "$.attributes['my.hits'][*].body",
    };
    const read = readSpan(
      span("handle", {
        "openinference.span.kind": "CHAIN",
        "my.request": '{"q": "年假几天？"}',
        "my.reply": "五天。",
        "my.hits": [{ body: "员工每年有五天年假。" }, { body: "Five days." }],
      }),
      rule,
    );
    expect(read).toMatchObject({
      dialect: "rule",
      question: "年假几天？",
      answer: "五天。",
      contexts: ["员工每年有五天年假。", "Five days."],
    });
  });

  it("whose JSON a limit has cut is read as far as it goes, and says so", () => {
    const cut = '{"answer": "年假五天，须提前';
    const read = readSpan(
      span("chatflow_1", {
        "openinference.span.kind": "CHAIN",
        "dify.span.id": "m1",
        "input.value": '"年假几天？"',
        "input.mime_type": "application/json",
        "output.value": cut,
        "output.mime_type": "application/json",
      }),
      null,
    );
    expect(read).toMatchObject({
      question: "年假几天？",
      answer: "年假五天，须提前",
      warnings: [{ code: "trace_cut" }],
    });
  });
});

describe("personal data", () => {
  it("goes from each span as it comes, and is one number in all of them", () => {
    const mail = "wang@example.com";
    const spans = [
      observation({
        question: `给 ${mail} 还是 li@example.com？`,
        answer: `写给 ${mail.toUpperCase()}。`,
      }),
      observation({
        spanId: "1",
        parentId: "r",
        kind: "retriever",
        contexts: [`负责人 ${mail}，电话 13812345678`],
      }),
    ].map((one) => redactObservation(one, ["email", "phone"], "trace"));
    expect(JSON.stringify(spans)).not.toMatch(/example|1381234/);
    const { question = "", answer = "", contexts } = assembleRun("t", spans)?.sample ?? {};
    const { texts, warnings } = numberMarks([question, answer, ...(contexts ?? [])]);
    expect(texts).toEqual([
      "给 [EMAIL 1] 还是 [EMAIL 2]？",
      "写给 [EMAIL 1]。",
      "负责人 [EMAIL 1]，电话 [PHONE 1]",
    ]);
    expect(warnings).toMatchObject([{ code: "redacted", params: { total: 3 } }]);
  });
});

describe("sampling", () => {
  const places = Array.from({ length: 10_000 }, (_, at) => placeOfRun("default", `运行-${at}`));

  it("takes of 10,000 runs the share that was asked for, within its 99 % interval, and always the same ones", () => {
    for (const rate of [0.01, 0.1, 0.5]) {
      const taken = places.filter((place) => place < rate).length;
      expect(Math.abs(taken - 10_000 * rate)).toBeLessThan(
        2.576 * Math.sqrt(10_000 * rate * (1 - rate)),
      );
    }
    expect(Array.from({ length: 50 }, (_, at) => placeOfRun("default", `运行-${at}`))).toEqual(
      places.slice(0, 50),
    );
    expect(placeOfRun("other", "运行-0")).not.toBe(places[0]);
  });

  it("spends a day's budget never beyond, and to the evening on a day like the one before", () => {
    for (const [eligibleBefore, atLeast] of [
      [null, 150],
      [10_000, 105],
    ] as const) {
      let taken = 0;
      let lastAt = 0;
      places.forEach((place, at) => {
        if (place < shareTaken({ rate: 1, budget: 200 }, { taken, eligibleBefore })) {
          taken++;
          lastAt = at;
        }
      });
      expect(taken).toBeLessThanOrEqual(200);
      expect(taken).toBeGreaterThan(atLeast);
      if (eligibleBefore !== null) expect(lastAt).toBeGreaterThan(9000);
    }
  });

  it("takes every run while there are few", () => {
    const day = { taken: 130, eligibleBefore: 180 };
    // A third of the budget on a first day, two thirds of it on one like the day before.
    expect(shareTaken({ rate: 1, budget: 200 }, { taken: 66, eligibleBefore: null })).toBe(1);
    expect(shareTaken({ rate: 1, budget: 200 }, { ...day, eligibleBefore: 130 })).toBe(1);
    expect(shareTaken({ rate: 0.25, budget: null }, day)).toBe(0.25);
  });
});
