import { expect, test } from "vitest";
import { startWith, stepDown } from "../../../src/judges/chat/endpoint/capabilities.ts";
import { chatBody } from "../../../src/judges/chat/endpoint/client.ts";
import { BINDING_ADDRESS } from "../../../src/judges/workers-ai.ts";

const REQUEST = {
  system: "S",
  user: "U",
  schema: { name: "x", schema: { type: "object" } },
  shape: "SHAPE",
  withShape: false,
  replyTokens: 100,
};

test.each<[string, object, boolean]>([
  [
    "https://api.openai.com/v1",
    { response_format: { type: "json_schema" }, max_completion_tokens: 400 },
    false,
  ],
  [
    "https://api.deepseek.com",
    { response_format: { type: "json_object" }, thinking: { type: "disabled" } },
    true,
  ],
  [
    "https://dashscope.aliyuncs.com/compatible-mode/v1",
    { enable_thinking: false, max_tokens: 100 },
    false,
  ],
  ["https://open.bigmodel.cn/api/paas/v4", { response_format: { type: "json_object" } }, true],
  [
    BINDING_ADDRESS,
    { chat_template_kwargs: { enable_thinking: false }, max_completion_tokens: 400 },
    true,
  ],
  [
    "https://api.cloudflare.com/client/v4/accounts/a/ai/v1",
    { chat_template_kwargs: { enable_thinking: false } },
    true,
  ],
  ["http://localhost:11434/v1", { response_format: { type: "json_schema" } }, true],
  ["http://127.0.0.1:8080/v1", { response_format: { type: "json_schema" } }, true],
  [
    "https://somebody.example/v1",
    { response_format: { type: "json_schema" }, max_tokens: 100 },
    false,
  ],
])("%s is asked as it honours", (baseURL, expected, showsShape) => {
  const body = chatBody("m", REQUEST, startWith(baseURL, null));
  expect(body).toMatchObject(expected);
  expect(JSON.stringify(body.messages).includes("SHAPE")).toBe(showsShape);
});

test("a switch a host has dropped is given up, and Qwen's is given when it is asked for", () => {
  const deepseek = startWith("https://api.deepseek.com", null);
  expect(stepDown(deepseek, "thinking", "unknown field thinking")?.thinking).toBe("unsaid");
  const unknown = startWith("https://somebody.example/v1", null);
  expect(stepDown(unknown, "thinking", "enable_thinking must be false")?.thinking).toBe(
    "enable_thinking",
  );
});
