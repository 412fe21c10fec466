import { describe, expect, test } from "vitest";
import { createCapabilityMemory } from "../../../src/judges/chat/endpoint/capabilities.ts";
import { JudgeUnavailable } from "../../../src/scoring/judge.ts";
import { openFakeOpenAi } from "../../fakes/open-fake-openai.ts";
import type { Fault } from "../../fakes/openai-faults.ts";
import { fill, judgeAt, LIGHTHOUSE, userMessage, verdicts } from "./scene.ts";

const fake = await openFakeOpenAi();

const GOOD = ["supported", "supported", "unsupported"];

async function failureOf(fault: Fault, timeoutMs = 60_000): Promise<JudgeUnavailable> {
  fake.setFault(fault);
  const error = await fill(judgeAt(fake, { timeoutMs }), LIGHTHOUSE).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(JudgeUnavailable);
  return error as JudgeUnavailable;
}

describe("the provider is away", () => {
  test.each<[string, Fault]>([
    ["429 without Retry-After", { kind: "status_429" }],
    ["429 with Retry-After", { kind: "status_429", retryAfter: 0 }],
    ["500", { kind: "status_500" }],
    ["503", { kind: "status_503", retryAfter: 0 }],
    ["a connection reset", { kind: "reset" }],
    ["a page of HTML cut off as JSON", { kind: "invalid_json" }],
  ])("%s once: one quick retry, and the sample is scored", async (_, fault) => {
    fake.setFault({ ...fault, task: "check_passages", times: 1 });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(GOOD);
    expect(fake.calls.filter(({ task }) => task === "check_passages")).toHaveLength(2);
  });

  test.each<[string, Fault]>([
    ["429", { kind: "status_429", retryAfter: 1 }],
    ["500", { kind: "status_500" }],
    ["503", { kind: "status_503" }],
    ["a connection reset", { kind: "reset" }],
  ])("%s twice: the queue has to wait, no table is made up", async (_, fault) => {
    const error = await failureOf({ ...fault, task: "split_answer" });
    expect(error.isRetryable).toBe(true);
    expect(error.message).toMatch(/fake-judge is not available/);
    expect(error.retryAfterSeconds).toBe(fault.retryAfter ?? null);
  });

  test("a long Retry-After is not waited for but handed on", async () => {
    const startedAt = Date.now();
    const error = await failureOf({ kind: "status_429", retryAfter: 37 });
    expect(error.retryAfterSeconds).toBe(37);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect(fake.calls.length).toBeLessThanOrEqual(2);
  });

  test.each<[string, Fault]>([
    ["hangs", { kind: "hang" }],
    ["trickles a byte now and then", { kind: "trickle" }],
  ])("a call that %s ends with the timeout", async (_, fault) => {
    const error = await failureOf({ ...fault, task: "split_reference" }, 250);
    expect(error.isRetryable).toBe(true);
    expect(error.message).toMatch(/did not answer within 0\.25 s/);
  });

  test("calls already paid for are remembered for the next try", async () => {
    const { createMemoryStore } = await import("../../../src/judges/cache/judgement-store.ts");
    const store = createMemoryStore();
    fake.setFault({ kind: "status_500", task: "cross_check" });
    await fill(judgeAt(fake, { store }), LIGHTHOUSE).catch(() => null);
    fake.setFault(null);
    fake.reset();
    await fill(judgeAt(fake, { store }), LIGHTHOUSE);
    expect(fake.calls.map(({ task }) => task)).toEqual(["cross_check"]);
  });

  test.each<[string, Fault]>([
    ["a wrong key", { kind: "status_401" }],
    ["an empty account", { kind: "quota" }],
  ])("%s is for a person to cure, not for a retry", async (_, fault) => {
    const error = await failureOf(fault);
    expect(error.isRetryable).toBe(false);
    expect(error.message).toMatch(/OPENAI_API_KEY/);
    expect(error.message).not.toContain("sk-test");
  });
});

describe("replies that are no verdicts", () => {
  test.each<[string, Fault]>([
    ["not JSON", { kind: "say", say: () => "I think most of them are fine." }],
    ["no choices", { kind: "empty_choices" }],
    ["an empty message", { kind: "null_content" }],
    ["an empty list", { kind: "rewrite", rewrite: () => ({ checks: [] }) }],
    ["only an open bracket", { kind: "say", say: () => '{"checks": [' }],
  ])("%s: asked once more, then the cells are failed", async (_, fault) => {
    fake.setFault({ ...fault, task: "check_passages" });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(["judge_error", "judge_error", "judge_error"]);
    expect(table.relevance).toEqual({ ok: false, reason: "judge_error" });
    expect(fake.calls.filter(({ task }) => task === "check_passages")).toHaveLength(2);
    expect(table.notes.join(" ")).toMatch(/checking claims against the passages/);
  });

  test.each<[string, Fault]>([
    ["not JSON", { kind: "say", say: () => "Sure!" }],
    ["no choices", { kind: "empty_choices" }],
  ])("%s once: the second reply counts", async (_, fault) => {
    fake.setFault({ ...fault, task: "split_answer", times: 1 });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(GOOD);
  });

  test("a split that fails leaves its side failed and the other side judged", async () => {
    fake.setFault({ kind: "say", say: () => "no", task: "split_answer" });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(table.answerClaims).toEqual({ ok: false, reason: "judge_error" });
    expect(table.abstained).toEqual({ ok: false, reason: "judge_error" });
    expect(verdicts(table, "reference")).toEqual(["supported", "unsupported"]);
  });

  test.each<[string, (content: string) => string]>([
    ["in a Markdown fence", (content) => `Here you are:\n\`\`\`json\n${content}\n\`\`\``],
    ["with trailing prose", (content) => `${content}\n\nI hope this helps! [1]`],
    ["after thoughts", (content) => `<think>{"checks": [] } hmm "c1</think>\n${content}`],
    ["after thoughts whose start is lost", (content) => `they say {"a": 1</think>${content}`],
    ["with trailing commas and comments", (content) => content.replace(/\}\]/g, "},] // done\n")],
    ["as a JSON string", (content) => JSON.stringify(content)],
    ["after a quoted example", (content) => `For example {"checks": []}. So:\n${content}`],
  ])("JSON %s is read", async (_, say) => {
    fake.setFault({ kind: "say", say });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(GOOD);
    expect(table.usage.judge_calls).toBe(5);
  });

  test("a reply cut off at the length limit keeps whole items and is continued", async () => {
    fake.setFault({ kind: "length", times: 3, task: "split_answer" });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(GOOD);
    expect(fake.calls.length).toBeGreaterThan(5);
    const continued = fake.calls.filter(({ task }) => task === "split_answer").at(1);
    const user = userMessage(continued);
    expect(user).not.toBe("");
    expect(user.split("\n").at(-1)).not.toMatch(/\bs1\b/);
  });

  test("a reply that is always cut off fails, it is never taken for complete", async () => {
    fake.setFault({
      kind: "say",
      task: "check_passages",
      say: () => '{"checks": [{"id": "c1", "verdict": "supp',
    });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(["judge_error", "judge_error", "judge_error"]);
  });

  test.each<[string, Fault]>([
    ["finish_reason content_filter", { kind: "content_filter" }],
    ["a 400 that names the content filter", { kind: "content_filter_400" }],
  ])("%s is a refusal", async (_, fault) => {
    fake.setFault({ ...fault, task: "check_passages" });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(["judge_refused", "judge_refused", "judge_refused"]);
    expect(table.notes.join(" ")).toMatch(/refused/);
  });
});

describe("what a model supports is learnt from its refusals and remembered", () => {
  test.each<[string, Fault, (body: Record<string, unknown>) => boolean]>([
    [
      "max_tokens",
      { kind: "refuse_max_tokens" },
      (body) => "max_completion_tokens" in body && !("max_tokens" in body),
    ],
    ["temperature", { kind: "refuse_temperature" }, (body) => !("temperature" in body)],
    [
      "the JSON schema",
      { kind: "refuse_schema" },
      (body) => JSON.stringify(body.response_format).includes("json_object"),
    ],
    ["response_format", { kind: "refuse_response_format" }, (body) => !("response_format" in body)],
    [
      "something it does not name",
      { kind: "refuse_vaguely" },
      (body) => !("response_format" in body),
    ],
  ])("%s refused", async (_, fault, isAdapted) => {
    fake.setFault(fault);
    const capabilities = createCapabilityMemory();
    const table = await fill(judgeAt(fake, { capabilities }), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(GOOD);
    fake.reset();
    const judge = judgeAt(fake, { capabilities });
    await fill(judge, { ...LIGHTHOUSE, question: "How tall is the Norrholm lighthouse?" });
    const chats = fake.calls.filter(({ kind }) => kind === "chat");
    expect(chats).toHaveLength(4);
    expect(chats.every(({ body }) => isAdapted(body))).toBe(true);
  });

  test("an endpoint that takes the schema and ignores it is told the shape in words", async () => {
    fake.setFault({
      kind: "say",
      say: (content, { call }) =>
        JSON.stringify(call.body.messages).includes("JSON") ? content : "all fine",
    });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(GOOD);
  });

  test("a context that is too small gets the passages in portions", async () => {
    const filler = Array.from(
      { length: 60 },
      (_, at) =>
        `Ferry number ${at} leaves the pier at noon, weather allowing, and comes back in the evening.`,
    );
    const passages = [
      ...(LIGHTHOUSE.passages ?? []),
      filler.slice(0, 30).join(" "),
      filler.slice(30).join(" "),
    ];
    fake.setFault({ kind: "too_long", task: "check_passages" });
    const table = await fill(judgeAt(fake), { ...LIGHTHOUSE, passages });
    fake.setFault(null);
    expect(verdicts(table)).toEqual(GOOD);
    expect(fake.calls.filter(({ task }) => task === "check_passages").length).toBeGreaterThan(2);
  });
});

describe("embeddings", () => {
  test("an endpoint without them: similarity failed with the reason, relevancy by its other way", async () => {
    fake.setFault({ kind: "no_embeddings" });
    const judge = judgeAt(fake);
    const table = await fill(judge, LIGHTHOUSE);
    expect(table.similarity).toEqual({ ok: false, reason: "judge_error" });
    expect(table.questionSimilarities).toBeNull();
    expect(table.notes.join(" ")).toMatch(/EMBEDDING_MODEL/);
    expect(verdicts(table)).toEqual(GOOD);
    fake.reset();
    await fill(judge, LIGHTHOUSE);
    expect(fake.calls.filter(({ kind }) => kind === "embeddings")).toEqual([]);
  });

  test.each<[string, Fault]>([
    ["vectors of changing dimension", { kind: "changing_dimension" }],
    ["zero vectors", { kind: "zero_vector" }],
  ])("%s are never compared", async (_, fault) => {
    fake.setFault(fault);
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(table.similarity).toEqual({ ok: false, reason: "judge_error" });
    expect(table.questionSimilarities).toEqual({ ok: false, reason: "judge_error" });
  });
});
