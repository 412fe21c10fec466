import { describe, expect, test } from "vitest";
import { readTroubleInside } from "../../../src/judges/chat/endpoint/provider-errors.ts";
import { JudgeUnavailable } from "../../../src/scoring/judge.ts";
import { openFakeOpenAi } from "../../fakes/open-fake-openai.ts";
import { BRIDGE, fill, judgeAt, LIGHTHOUSE, verdicts } from "./scene.ts";

const fake = await openFakeOpenAi();

async function failureOf(status: number, body: unknown): Promise<JudgeUnavailable> {
  fake.setFault({ kind: "answer", answer: () => ({ status, body }) });
  const error = await fill(judgeAt(fake), LIGHTHOUSE).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(JudgeUnavailable);
  return error as JudgeUnavailable;
}

const PAGE = (title: string, text: string) =>
  `<!doctype html><html><head><title>${title}</title><style>p{color:red}</style></head><body><p>${text}</p></body></html>`;

/** Bodies as gateways and providers send them with status 200. */
const AWAY: [string, unknown, RegExp][] = [
  [
    "choices null and a gateway's code",
    { id: "x", choices: null, error: { message: "Provider returned error", code: 502 } },
    /Provider returned error/,
  ],
  [
    "what the provider said, inside what the gateway says",
    {
      error: {
        message: "Provider returned error",
        code: 429,
        metadata: { raw: '{"error":{"message":"qwen3 is temporarily rate-limited upstream"}}' },
      },
    },
    /Provider returned error: qwen3 is temporarily rate-limited upstream/,
  ],
  [
    "an error in a choice",
    {
      choices: [
        {
          finish_reason: "error",
          message: { role: "assistant", content: "" },
          error: { code: 503, message: "Upstream went away" },
        },
      ],
    },
    /Upstream went away/,
  ],
  [
    "a status in words",
    { base_resp: { status_code: 1002, status_msg: "rate limit, try again later" } },
    /rate limit, try again later/,
  ],
  [
    "a Chinese sentence",
    { error: { code: "1302", message: "您的账户已达到速率限制，请稍后重试" } },
    /请稍后重试/,
  ],
  ["an error without any code", { error: "something odd happened" }, /something odd happened/],
  ["nothing at all", { id: "x", choices: null }, /without a reply/],
  ["an empty object", {}, /without a reply/],
  ["a proxy's page", PAGE("502 Bad Gateway", "nginx"), /502.*502 Bad Gateway nginx/],
  ["a page that says nothing", PAGE("酒店网络", "请登录"), /web page.*酒店网络 请登录/],
];

describe("an outage that comes as a success", () => {
  test.each(AWAY)("%s: retried later, with the provider's words", async (_, body, words) => {
    const error = await failureOf(200, body);
    expect(error.isRetryable).toBe(true);
    expect(error.message).toMatch(words);
    expect(error.message).not.toMatch(/[<>{}]/);
  });

  test.each(AWAY)("%s once: one quick retry, and the sample is scored", async (_, body) => {
    const answer = () => ({ status: 200, body });
    fake.setFault({ kind: "answer", answer, times: 1, task: "check_passages" });
    const table = await fill(judgeAt(fake), BRIDGE);
    expect(verdicts(table)).toEqual(["supported", "supported", "unsupported"]);
  });

  test("embeddings too", async () => {
    const body = { data: null, error: { message: "embedding pool is overloaded", code: 503 } };
    fake.setFault({
      kind: "answer",
      answer: ({ call }) => (call.kind === "embeddings" ? { status: 200, body } : null),
    });
    const error = await fill(judgeAt(fake), LIGHTHOUSE).catch((e: unknown) => e);
    expect(error).toMatchObject({ isRetryable: true, trouble: "busy" });
    expect(String(error)).toContain("embedding pool is overloaded");
  });
});

/** The same body means the same, whichever status it comes with. */
const FOR_A_PERSON: [string, number, unknown, string, RegExp][] = [
  [
    "a wrong key",
    401,
    {
      error: { message: "Authentication Fails, Your api key is invalid", code: "invalid_request" },
    },
    "key_refused",
    /Authentication Fails/,
  ],
  [
    "a wrong key, as 百炼 says it",
    401,
    { code: "InvalidApiKey", message: "Invalid API-key provided.", request_id: "1" },
    "key_refused",
    /Invalid API-key provided/,
  ],
  [
    "a wrong key in Chinese",
    401,
    { error: { code: "1000", message: "身份验证失败" } },
    "key_refused",
    /身份验证失败/,
  ],
  [
    "no such model",
    404,
    { error: { message: "Model Not Exist", type: "invalid_request_error", code: null } },
    "unknown_model",
    /Model Not Exist/,
  ],
  [
    "no such model, with vLLM's numbers",
    404,
    {
      object: "error",
      message: "The model `qwen9` does not exist.",
      type: "NotFoundError",
      code: 404,
    },
    "unknown_model",
    /does not exist/,
  ],
  [
    "an empty account",
    402,
    { error: { message: "Insufficient Balance", type: "unknown_error" } },
    "no_credit",
    /Insufficient Balance/,
  ],
  [
    "欠费",
    429,
    { error: { code: "1113", message: "您的账户已欠费，请充值后重试。" } },
    "no_credit",
    /欠费/,
  ],
];

describe("what a person must cure", () => {
  test.each(FOR_A_PERSON)("%s", async (_, status, body, trouble, words) => {
    for (const sent of [status, 200]) {
      const error = await failureOf(sent, body);
      expect(error).toMatchObject({ isRetryable: false, trouble });
      expect(error.message).toMatch(words);
      expect(error.message).toContain("OPENAI_API_KEY");
      expect(fake.calls.filter(({ task }) => task === "split_answer")).toHaveLength(1);
      fake.reset();
    }
  });

  test("a model a 400 speaks of is not asked six times", async () => {
    const error = await failureOf(400, {
      error: {
        message: "Model Not Exist",
        type: "invalid_request_error",
        param: null,
        code: "invalid_request_error",
      },
    });
    expect(error).toMatchObject({ isRetryable: false, trouble: "unknown_model" });
    expect(error.message).toContain("Model Not Exist");
    expect(fake.calls.filter(({ task }) => task === "split_answer")).toHaveLength(1);
  });

  test.each([
    [4006, "you have used up your daily free allocation of 10,000 neurons"],
    [3036, "account limited"],
  ])(
    "a spent allowance of the day (%s) is waited for until the next, not asked again",
    async (code, message) => {
      for (const sent of [429, 200]) {
        const error = await failureOf(sent, {
          success: false,
          result: null,
          errors: [{ code, message }],
        });
        expect(error).toMatchObject({ isRetryable: true, trouble: "allowance_spent" });
        const nextDay = Math.ceil((Date.now() + 1) / 86_400_000) * 86_400_000;
        const back = Date.now() + (error.retryAfterSeconds ?? 0) * 1000;
        expect(back).toBeGreaterThanOrEqual(nextDay);
        expect(back).toBeLessThan(nextDay + 600_000);
        expect(error.message).toMatch(/allowance of the day/);
        expect(fake.calls.filter(({ task }) => task === "split_answer")).toHaveLength(1);
        fake.reset();
      }
    },
  );

  test("a code that is a number of tokens is no empty account", () => {
    const message = "This model's maximum context length is 4006 tokens";
    expect(readTroubleInside({ error: { message, code: 400 } })).toEqual({ kind: "too_long" });
  });
});

test("a reply sent as text, or under `result`, is a reply", async () => {
  for (const wrap of [
    (honest: unknown) => JSON.stringify(honest),
    (honest: unknown) => ({ success: true, errors: [], result: honest }),
  ]) {
    fake.setFault({
      kind: "answer",
      answer: ({ honest }) => ({ status: 200, body: wrap(honest) }),
    });
    expect(verdicts(await fill(judgeAt(fake), LIGHTHOUSE))).toEqual([
      "supported",
      "supported",
      "unsupported",
    ]);
  }
});

describe("words of the provider in what only some cells fail by", () => {
  test("a content filter", async () => {
    fake.setFault({
      kind: "answer",
      task: "check_passages",
      answer: () => ({
        status: 400,
        body: { code: "DataInspectionFailed", message: "输入内容可能不合规 data inspection" },
      }),
    });
    const table = await fill(judgeAt(fake), LIGHTHOUSE);
    expect(verdicts(table)).toEqual(["judge_refused", "judge_refused", "judge_refused"]);
    expect(table.notes.join(" ")).toContain("It says: “输入内容可能不合规 data inspection”");
    expect(table.troubles?.map(({ code }) => code)).toEqual(["judge_refused"]);
  });

  test("an embedding model that takes fewer texts", async () => {
    fake.setFault({
      kind: "answer",
      answer: ({ call }) =>
        call.kind === "embeddings"
          ? { status: 400, body: { error: { message: "batch size is invalid, at most 1" } } }
          : null,
    });
    const table = await fill(judgeAt(fake), BRIDGE);
    expect(table.notes.join(" ")).toContain("It says: “batch size is invalid, at most 1”");
    expect(table.troubles?.map(({ code }) => code)).toEqual(["embeddings_unusable"]);
  });
});
