import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PulledMessage, pullDifyMessages } from "../../src/intake/dify-pull.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";

const KEY = "app-secret";
const DAY = 86_400;
const NOW = 1_795_000_000;

interface FakeMessage {
  id: string;
  conversation_id: string;
  query: string;
  answer: string;
  created_at: number;
  retriever_resources: { content: string; position: number }[];
}

/** Two users; one with a conversation of 250 messages, newest last, as Dify lists them. */
const MESSAGES: FakeMessage[] = [
  ...Array.from({ length: 250 }, (_, n) =>
    message(`a${n}`, "c1", `Question ${n}?`, NOW - (250 - n) * 60),
  ),
  message("b0", "c2", "年假几天？", NOW - 100),
  message("b1", "c2", "很久以前的问题", NOW - 40 * DAY),
];
const CONVERSATIONS = {
  alice: [{ id: "c1", updated_at: NOW }],
  小明: [
    { id: "c2", updated_at: NOW },
    { id: "c-old", updated_at: NOW - 90 * DAY },
  ],
};

function message(id: string, conversation: string, query: string, at: number): FakeMessage {
  return {
    id,
    conversation_id: conversation,
    query,
    answer: `<think>hm</think>Answer to ${query}`,
    created_at: at,
    retriever_resources: [{ content: `Chunk for ${query}`, position: 1 }],
  };
}

let server: Server;
let base: URL;
const seen: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    seen.push(url.pathname);
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    };
    if (url.pathname.startsWith("/redirect")) {
      response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end();
      return;
    }
    if (request.headers.authorization !== `Bearer ${KEY}`) {
      return send(401, { message: `bad key ${request.headers.authorization}` });
    }
    const query = (name: string) => url.searchParams.get(name) ?? "";
    if (url.pathname === "/v1/conversations") {
      const all = CONVERSATIONS[query("user") as keyof typeof CONVERSATIONS] ?? [];
      return send(200, { data: all, has_more: false });
    }
    if (url.pathname === "/v1/messages") {
      const all = MESSAGES.filter((m) => m.conversation_id === query("conversation_id"));
      const before = query("first_id")
        ? all.findIndex((m) => m.id === query("first_id"))
        : all.length;
      const data = all.slice(Math.max(0, before - 100), before);
      return send(200, { data, has_more: before - 100 > 0 });
    }
    if (url.pathname === "/v1/apps/annotations") {
      return send(200, { data: [{ question: "年假几天？", answer: "十天。" }], has_more: false });
    }
    send(404, {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
});
afterAll(() => server.close());

async function pull(overrides: object = {}): Promise<PulledMessage[]> {
  const pulled: PulledMessage[] = [];
  const request = {
    baseUrl: base,
    appKey: KEY,
    users: ["alice", "小明"],
    sinceSeconds: NOW - 30 * DAY,
    ...overrides,
  };
  for await (const message of pullDifyMessages(request, fetch)) pulled.push(message);
  return pulled;
}

describe("reading a Dify app", () => {
  it("gives every message since the date once, over all pages, and nothing older", async () => {
    const pulled = await pull();
    expect(pulled).toHaveLength(251);
    expect(new Set(pulled.map((message) => message.id)).size).toBe(251);
    expect(pulled.map((message) => message.id)).not.toContain("b1");
  });

  it("takes annotations as ground truth where the question is the same", async () => {
    const [message] = await pull({ users: ["小明"] });
    expect(message).toMatchObject({ id: "b0", ground_truth: "十天。" });
  });

  it("gives what intake can read", async () => {
    const [message] = await pull({ users: ["小明"] });
    const { request } = readScoreRequest(message);
    expect(request).toMatchObject({
      id: "b0",
      question: "年假几天？",
      answer: "Answer to 年假几天？",
      contexts: ["Chunk for 年假几天？"],
      ground_truth: "十天。",
    });
  });

  it("says what to do about a refused key, and never repeats it", async () => {
    const failure = pull({ appKey: "app-wrong" });
    await expect(failure).rejects.toMatchObject({ code: "invalid_request" });
    await expect(failure).rejects.toThrow(/app key/);
    await expect(failure).rejects.not.toThrow(/app-wrong/);
  });

  it("follows no redirect and is not fooled by another server", async () => {
    await expect(pull({ baseUrl: new URL("/redirect", base) })).rejects.toThrow(/redirect/);
    await expect(pull({ baseUrl: new URL("/nothing", base) })).rejects.toThrow(/404/);
    expect(seen.some((path) => path === "/")).toBe(false);
  });
});
