import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../../../src/judges/cache/judgement-store.ts";
import type { ChatJudgeSettings } from "../../../src/judges/chat/chat-judge.ts";
import {
  createCapabilityMemory,
  startWith,
} from "../../../src/judges/chat/endpoint/capabilities.ts";
import { chatBody } from "../../../src/judges/chat/endpoint/client.ts";
import { effortFor } from "../../../src/judges/chat/settings.ts";
import { JudgeUnavailable } from "../../../src/scoring/judge.ts";
import { openFakeOpenAi } from "../../fakes/open-fake-openai.ts";
import type { Fault } from "../../fakes/openai-faults.ts";
import { BRIDGE, fill, judgeAt, LIGHTHOUSE, verdicts } from "./scene.ts";

const fake = await openFakeOpenAi();

const GOOD = ["supported", "supported", "unsupported"];

type Body = Record<string, unknown>;
const rolesOf = (body: Body) =>
  (body.messages as { role: string; content: string }[]).map(({ role }) => role);

/** Refuses, with these words, every body that `refuses`. */
function refusing(refuses: (body: Body) => boolean, error: Body | string, status = 400): Fault {
  const body = typeof error === "string" ? { error: { message: error, code: null } } : { error };
  return {
    kind: "answer",
    answer: ({ call }) => (call.kind === "chat" && refuses(call.body) ? { status, body } : null),
  };
}

const CASES: [string, Fault, (body: Body) => boolean, Partial<ChatJudgeSettings>][] = [
  [
    "Qwen's thinking without a stream",
    refusing((body) => body.enable_thinking !== false, {
      message: "parameter.enable_thinking must be set to false for non-streaming calls",
      type: "invalid_request_error",
      code: "invalid_parameter_error",
    }),
    (body) => body.enable_thinking === false && "response_format" in body,
    {},
  ],
  [
    "JSON mode beside thinking",
    refusing(
      (body) => body.enable_thinking !== false,
      "Json mode response is not supported when enable_thinking is true",
    ),
    (body) => body.enable_thinking === false && "response_format" in body,
    {},
  ],
  [
    "a model without a system role",
    refusing((body) => rolesOf(body).includes("system"), "System role not supported"),
    (body) => rolesOf(body).join() === "user",
    {},
  ],
  [
    "the same from a template engine, as 500",
    refusing(
      (body) => rolesOf(body).includes("system"),
      "Jinja Exception: System role not supported",
      500,
    ),
    (body) => rolesOf(body).join() === "user",
    {},
  ],
  [
    "the same, as a success",
    refusing(
      (body) => rolesOf(body).includes("system"),
      "Developer instruction is not enabled for models/gemma-3-27b-it",
      200,
    ),
    (body) => rolesOf(body).join() === "user",
    {},
  ],
  [
    "an effort the host does not know",
    refusing(
      (body) => "reasoning_effort" in body,
      "Unrecognized request argument: reasoning_effort",
    ),
    (body) => !("reasoning_effort" in body) && "response_format" in body,
    { effort: "none" },
  ],
  [
    "`none` where the least is another word",
    refusing((body) => body.reasoning_effort === "none", {
      message:
        "Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'minimal', 'low', 'medium', and 'high'.",
      param: "reasoning_effort",
      code: "unsupported_value",
    }),
    (body) => body.reasoning_effort === "minimal",
    { effort: "none" },
  ],
  [
    "a temperature beside an effort, which both are named",
    refusing((body) => "temperature" in body, {
      message:
        "Unsupported parameter: 'temperature' is not supported with this model at this reasoning_effort.",
      param: "temperature",
      code: "unsupported_parameter",
    }),
    (body) => !("temperature" in body) && body.reasoning_effort === "none",
    { effort: "none" },
  ],
  [
    "an effort, and it does not say so",
    refusing((body) => "reasoning_effort" in body, "Invalid request", 422),
    (body) => !("reasoning_effort" in body) && "response_format" in body,
    { effort: "low" },
  ],
];

describe("what an endpoint refuses is left out, and that is remembered", () => {
  test.each(CASES)("%s", async (_, fault, isAdapted, more) => {
    fake.setFault(fault);
    const capabilities = createCapabilityMemory();
    const table = await fill(judgeAt(fake, { capabilities, ...more }), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(GOOD);
    fake.reset();
    expect(verdicts(await fill(judgeAt(fake, { capabilities, ...more }), BRIDGE))).toEqual(GOOD);
    const chats = fake.calls.filter(({ kind }) => kind === "chat");
    expect(chats).toHaveLength(4);
    expect(chats.every(({ body }) => isAdapted(body))).toBe(true);
  });

  test("instructions in the user's message are the same, and stand before the texts", async () => {
    fake.setFault(
      refusing((body) => rolesOf(body).includes("system"), "System role not supported"),
    );
    await fill(judgeAt(fake), LIGHTHOUSE);
    const own = fake.calls.find(({ body }) => rolesOf(body).length === 2);
    const folded = fake.calls.findLast(
      ({ body, task }) => task === own?.task && rolesOf(body).length === 1,
    );
    const textOf = (body: Body = {}) =>
      (body.messages as { content: string }[] | undefined)?.[0]?.content ?? "?";
    expect(textOf(own?.body).length).toBeGreaterThan(100);
    expect(textOf(folded?.body).startsWith(textOf(own?.body))).toBe(true);
  });

  test("what cannot be adapted to reaches the person in the endpoint's words, and ends", async () => {
    fake.setFault(
      refusing(() => true, "The value of the enable_thinking parameter is restricted to True."),
    );
    const error = await fill(judgeAt(fake), LIGHTHOUSE).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(JudgeUnavailable);
    expect(error).toMatchObject({ isRetryable: false, trouble: "request_refused" });
    expect(String(error)).toContain("“The value of the enable_thinking parameter is restricted");
    expect(fake.calls.filter(({ task }) => task === "split_answer").length).toBeLessThan(4);
  });
});

describe("the default model", () => {
  test("is asked not to reason, unless the settings say otherwise", () => {
    expect(effortFor("gpt-6-luna", null)).toBe("none");
    expect(effortFor("openai/gpt-6-luna", null)).toBe("none");
    expect(effortFor("gpt-6-luna-2026-09-01", null)).toBe("none");
    expect(effortFor("gpt-6-luna", "default")).toBeNull();
    expect(effortFor("gpt-6-luna", "high")).toBe("high");
    expect(effortFor("qwen-plus", null)).toBeNull();
    expect(effortFor("qwen-plus", "low")).toBe("low");
  });

  const REQUEST = {
    system: "s",
    user: "u",
    schema: { name: "n", schema: {} },
    shape: "{}",
    withShape: false,
    replyTokens: 100,
  };
  const bodyFor = (url: string, effort: "none" | "high" | null) =>
    chatBody("gpt-6-luna", REQUEST, startWith(url, effort));

  test("at OpenAI is sent nothing that it refuses, from the first call on", () => {
    expect(bodyFor("https://api.openai.com/v1", "none")).toMatchObject({
      reasoning_effort: "none",
      temperature: 0,
      max_completion_tokens: expect.any(Number),
    });
    expect(bodyFor("https://api.openai.com/v1", "none")).not.toHaveProperty("max_tokens");
    // Models that reason refuse a temperature.
    expect(bodyFor("https://api.openai.com/v1", "high")).not.toHaveProperty("temperature");
    expect(bodyFor("http://localhost:11434/v1", null)).toMatchObject({ max_tokens: 100 });
    expect(bodyFor("http://localhost:11434/v1", null)).not.toHaveProperty("reasoning_effort");
  });
});

test("another effort is another judge: nothing is taken from its memory, and without one old judgements count", async () => {
  const store = createMemoryStore();
  await fill(judgeAt(fake, { store }), LIGHTHOUSE);
  fake.reset();
  await fill(judgeAt(fake, { store, effort: null }), LIGHTHOUSE);
  expect(fake.calls).toHaveLength(0);
  await fill(judgeAt(fake, { store, effort: "high" }), LIGHTHOUSE);
  expect(fake.calls.length).toBeGreaterThan(0);
});
