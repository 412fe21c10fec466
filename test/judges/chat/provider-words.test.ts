import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readErrorBody } from "../../../src/judges/chat/endpoint/error-body.ts";
import { cleanWords } from "../../../src/judges/chat/endpoint/provider-words.ts";

const clean = (said: string, sent: string[] = []) =>
  cleanWords(said, { apiKey: "my own key 密钥", sent });

describe("a provider's words, fit for people", () => {
  test.each<[string, string, string | null]>([
    ["a sentence stays", "Model Not Exist", "Model Not Exist"],
    ["a Chinese sentence stays", "模型不存在，请检查模型代码。", "模型不存在，请检查模型代码。"],
    [
      "model names stay",
      "The model `@cf/qwen/qwen3-30b-a3b-fp8` is gone",
      "The model `@cf/qwen/qwen3-30b-a3b-fp8` is gone",
    ],
    ["no key", "Incorrect API key provided: sk-proj-abc***xyz.", "Incorrect API key provided: …"],
    ["not ours", "the key my own key 密钥 is unknown", "the key … is unknown"],
    ["no bearer", "header was Bearer abcdef123456", "header was …"],
    ["no long token", "token 9f86d081884c7d659a2feaa0c55ad015 expired", "token … expired"],
    ["no key in an address", "see https://x.test/?api_key=hidden1&a=1", "see https://x.test/…&a=1"],
    ["one line, nothing unseen", "a\u0000b\n\tc\u202ed\u200be", "a b c d e"],
    ["no markup", "<b onclick=x>502</b> <script>alert(1)</script>Bad", "502 Bad"],
    ["a tag that never ends", "2 < 3 and <img src=x", "2 3 and img src=x"],
    ["nothing", " \u0000…", null],
  ])("%s", (_, said, words) => {
    expect(clean(said)).toBe(words);
  });

  test("cut at 240 signs, never inside one", () => {
    const words = clean("错误😀".repeat(200)) ?? "";
    expect(Array.from(words)).toHaveLength(241);
    expect(words).toMatch(/…$/);
    expect(words).not.toMatch(/\p{Cs}/u);
  });

  test("what we sent is not carried on", () => {
    const answer = "患者李某某的身份证号码是一串数字，住在青石桥旁边。";
    const said = `Invalid content: "${answer}" was refused`;
    expect(clean(said, [`前文${answer}后文`])).toBe('Invalid content: "…" was refused');
  });

  test("whatever it is: one line, no angle brackets, no key, and it ends", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (text) => {
        const words = clean(`${text} sk-secret12345 ${text}`) ?? "";
        expect(words).not.toMatch(/[<>\p{Cc}]|sk-secret/u);
        expect(Array.from(words).length).toBeLessThanOrEqual(241);
      }),
    );
  });
});

test("any JSON is read without a throw", () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => void readErrorBody(body)));
});
