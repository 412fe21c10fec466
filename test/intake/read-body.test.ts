import { describe, expect, test } from "vitest";
import { LIMITS } from "../../src/contract/limits.ts";
import { readBody } from "../../src/intake/read-body.ts";
import { multipartRequest } from "./simulate-dify.ts";

type Body = string | Uint8Array<ArrayBuffer>;

const URL_ = "https://touchstone.test/api/score/async";

function post(body: Body, type?: string, headers: Record<string, string> = {}): Request {
  const request = new Request(URL_, { method: "POST", body, headers });
  if (type !== undefined) request.headers.set("content-type", type);
  else request.headers.delete("content-type");
  return request;
}

/** Bytes, because a string brings a content type of its own. */
function encode(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

const JSON_TEXT = '{"question":"问","answer":"答"}';
const FIELDS = { question: "问", answer: "答" };

describe("reading a body by its content type", () => {
  test.each([
    "application/json",
    "application/json; charset=utf-8",
    "application/vnd.api+json",
    "text/plain",
    "Text/Plain;charset=UTF-8",
    "application/octet-stream",
    "",
    undefined,
  ])("JSON labelled %s", async (type) => {
    expect(await readBody(post(encode(JSON_TEXT), type))).toEqual(FIELDS);
  });

  test("JSON with a byte order mark", async () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...encode(JSON_TEXT)]);
    expect(await readBody(post(bytes, "application/json"))).toEqual(FIELDS);
  });

  test("JSON in another charset, when it says so", async () => {
    // 问 and 答 in GBK.
    const gbk = [0xce, 0xca].map((byte) => String.fromCharCode(byte)).join("");
    const bytes = Uint8Array.from(`{"question":"${gbk}"}`, (c) => c.charCodeAt(0));
    expect(await readBody(post(bytes, "application/json; charset=gbk"))).toEqual({
      question: "问",
    });
  });

  test("a form, where a repeated or bracketed field is a list", async () => {
    const body = "question=a%2Bb+c&contexts=x&contexts=y&metrics%5B%5D=bleu&__proto__=p";
    const fields = await readBody(post(body, "application/x-www-form-urlencoded"));
    expect(Object.entries(fields as object)).toEqual([
      ["question", "a+b c"],
      ["contexts", ["x", "y"]],
      ["metrics", ["bleu"]],
      ["__proto__", "p"],
    ]);
  });

  test("JSON that curl labelled a form", async () => {
    const fields = await readBody(post(JSON_TEXT, "application/x-www-form-urlencoded"));
    expect(fields).toEqual(FIELDS);
  });

  test("multipart with a file", async () => {
    const request = multipartRequest([
      ["question", "问\n题"],
      ["contexts", '["一","二"]', "contexts.json"],
    ]);
    expect(await readBody(request)).toEqual({ question: "问\n题", contexts: '["一","二"]' });
  });
});

describe("a body that cannot be read is refused with a code", () => {
  const invalid = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
  test.each<[string, Body, string | undefined, string]>([
    ["empty", "", "application/json", "body_unreadable"],
    ["broken JSON", "{", "application/json", "body_unreadable"],
    ["broken JSON as text", "question: a", "text/plain", "body_unreadable"],
    ["too deep", "[".repeat(100), "application/json", "body_unreadable"],
    ["invalid UTF-8", invalid, "application/json", "body_unreadable"],
    [
      "invalid UTF-8 in a form",
      "question=%ce%ca",
      "application/x-www-form-urlencoded",
      "body_unreadable",
    ],
    ["multipart without boundary", "x", "multipart/form-data", "body_unreadable"],
    [
      "multipart with the wrong boundary",
      "x",
      "multipart/form-data; boundary=y",
      "body_unreadable",
    ],
    ["no type and no JSON", encode("a=b"), undefined, "unsupported_media_type"],
    ["XML", "<a/>", "application/xml", "unsupported_media_type"],
    ["unknown charset", "{}", "application/json; charset=klingon", "unsupported_media_type"],
    ["too large", "x".repeat(LIMITS.bodyBytes + 1), "application/json", "body_too_large"],
  ])("%s", async (_, body, type, code) => {
    await expect(readBody(post(body, type))).rejects.toMatchObject({ name: "AppError", code });
  });

  test("compressed", async () => {
    const request = post(JSON_TEXT, "application/json", { "content-encoding": "gzip" });
    await expect(readBody(request)).rejects.toMatchObject({ code: "unsupported_media_type" });
  });

  test("a U+FFFD the sender really wrote stays", async () => {
    const body = new URLSearchParams({ question: "\uFFFD" }).toString();
    const fields = await readBody(post(body, "application/x-www-form-urlencoded"));
    expect(fields).toEqual({ question: "\uFFFD" });
  });

  test("an endless stream is stopped at the limit", async () => {
    let sent = 0;
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
      cancel() {
        isCancelled = true;
      },
    });
    const init = { method: "POST", body: endless, duplex: "half" } as RequestInit;
    await expect(readBody(new Request(URL_, init))).rejects.toMatchObject({
      code: "body_too_large",
      status: 413,
    });
    expect(isCancelled).toBe(true);
    expect(sent).toBeLessThan(LIMITS.bodyBytes + 10 * 65_536);
  });
});
