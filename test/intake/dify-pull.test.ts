import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { createDifyClient, type DifyOutside } from "../../src/intake/dify/client.ts";
import type { MessageRow } from "../../src/intake/dify/message-row.ts";
import {
  type DifyPull,
  type PullNotes,
  pullDifyMessages,
} from "../../src/intake/dify/pull-messages.ts";
import { readScoreRequest } from "../../src/intake/score-request.ts";
import { type Destination, operatorDestination } from "../../src/net/destination.ts";
import { said } from "../../src/words/said.ts";
import { say } from "../../src/words/say.ts";
import {
  type FakeApp,
  type FakeDify,
  type FakeMessage,
  startFakeDify,
} from "../fakes/dify-server.ts";

const KEY = "app-secret";
const DAY = 86_400;
const NOW = 1_795_000_000;

function message(id: string, query: string, at: number, more: object = {}): FakeMessage {
  return {
    id,
    query,
    answer: `<think>hm</think>Answer to ${query}`,
    created_at: at,
    retriever_resources: [{ content: `Chunk for ${query}`, position: 1 }],
    ...more,
  };
}

/** Two users; one with a conversation of 250 messages, newest last, as Dify lists them. */
const APP: FakeApp = {
  key: KEY,
  users: {
    alice: [
      {
        id: "c1",
        updated_at: NOW,
        messages: Array.from({ length: 250 }, (_, n) =>
          message(`a${n}`, `Question ${n}?`, NOW - (250 - n) * 60),
        ),
      },
    ],
    小明: [
      {
        id: "c2",
        updated_at: NOW,
        messages: [
          message("b1", "很久以前的问题", NOW - 40 * DAY),
          message("b0", "年假几天？", NOW - 100),
        ],
      },
      { id: "c-old", updated_at: NOW - 90 * DAY, messages: [] },
    ],
    多样: [
      {
        id: "c3",
        updated_at: NOW,
        messages: [
          message("none", "查不到的？", NOW - 9, { retriever_resources: [] }),
          message("broken", "Broken?", NOW - 8, {
            status: "error",
            error: "model overloaded",
            answer: "",
          }),
          message("liked", "Liked?", NOW - 7, { feedback: { rating: "like" } }),
          message("disliked", "不喜欢？", NOW - 6, { feedback: { rating: "dislike" } }),
          message("agent", "Agent?", NOW - 5, {
            retriever_resources: [{ content: "年假十天。", position: 1 }],
            agent_thoughts: [
              { tool: "dataset_1", observation: '{"dataset_1": "年假十天。\\n病假另计。"}' },
              {
                tool: "weather;time",
                observation: '{"weather": "Sunny in Oslo.", "time": "It is noon.", "empty": ""}',
              },
              { tool: "", observation: "", thought: "So the answer is ten." },
              { tool: "old", observation: "Plain text of an older Dify." },
            ],
          }),
        ],
      },
    ],
  },
  annotations: [
    ...Array.from({ length: 130 }, (_, n) => ({ question: `other ${n}`, answer: "x" })),
    { question: "年假几天？", answer: "十天。" },
  ],
};

let dify: FakeDify;
let place: Destination;
let pauses: number[];
let notes: PullNotes;

beforeEach(async () => {
  dify = await startFakeDify(APP);
  place = operatorDestination(`${dify.origin}/v1`);
  pauses = [];
  notes = { failed: 0, unknownRetrieval: 0, usersRead: 0, hasMoreAnnotations: false };
});
afterEach(() => dify.close());

const outside = (more: Partial<DifyOutside> = {}): DifyOutside => ({
  fetch: (url, init) => fetch(url, init),
  resolve: async () => ["93.184.216.34"],
  pause: async (milliseconds) => {
    pauses.push(milliseconds);
  },
  now: () => 0,
  ...more,
});

/** What was read before it ended, and how it ended. */
async function pullSome(
  overrides: Partial<DifyPull & { place: Destination; key: string; outside: DifyOutside }> = {},
): Promise<{ pulled: MessageRow[]; error: unknown }> {
  const pulled: MessageRow[] = [];
  const client = createDifyClient(
    overrides.place ?? place,
    overrides.key ?? KEY,
    overrides.outside ?? outside(),
  );
  const request = { users: ["alice", "小明"], sinceSeconds: NOW - 30 * DAY, ...overrides };
  try {
    for await (const row of pullDifyMessages(client.readPage, request, notes)) pulled.push(row);
  } catch (error) {
    return { pulled, error };
  }
  return { pulled, error: null };
}

async function pull(overrides: Parameters<typeof pullSome>[0] = {}): Promise<MessageRow[]> {
  const { pulled, error } = await pullSome(overrides);
  if (error !== null) throw error;
  return pulled;
}

describe("reading a Dify app", () => {
  it("gives every message since the date once, over all pages, and nothing older", async () => {
    const pulled = await pull();
    expect(pulled).toHaveLength(251);
    expect(new Set(pulled.map(({ id }) => id)).size).toBe(251);
    expect(pulled.map(({ id }) => id)).not.toContain("b1");
    expect(notes).toMatchObject({ failed: 0, unknownRetrieval: 0, usersRead: 2 });
  });

  it("takes annotations as ground truth where the question is the same, from any page", async () => {
    const [row] = await pull({ users: ["小明"] });
    expect(row).toMatchObject({ id: "b0", ground_truth: "十天。" });
  });

  it("gives what intake can read, with the conversation as its session", async () => {
    const [row] = await pull({ users: ["小明"] });
    const { request, warnings } = readScoreRequest(row);
    expect(request).toMatchObject({
      id: "b0",
      session_id: "c2",
      question: "年假几天？",
      answer: "Answer to 年假几天？",
      contexts: ["Chunk for 年假几天？"],
      ground_truth: "十天。",
    });
    expect(warnings).toEqual([]);
  });

  it("says what to do about a refused key, and never repeats it", async () => {
    const failure = pull({ key: "app-wrong" });
    await expect(failure).rejects.toMatchObject({ code: "invalid_request" });
    const told = await failure.catch((error: unknown) =>
      error instanceof AppError ? say(error.said, null) : "",
    );
    expect(told).toContain("app key");
    expect(told).not.toContain("app-wrong");
    expect(pauses).toEqual([]);
  });
});

describe("what Dify tells of a message", () => {
  const byId = async () =>
    new Map((await pull({ users: ["多样"] })).map((row) => [row.id, row] as const));

  it("an empty list of retrieved chunks is not known, not nothing", async () => {
    const row = (await byId()).get("none");
    expect(row?.contexts).toBeNull();
    expect(readScoreRequest(row).request.contexts).toBeNull();
    expect(notes.unknownRetrieval).toBe(1);
  });

  it("a message that ended in an error is counted and not scored", async () => {
    expect((await byId()).has("broken")).toBe(false);
    expect(notes.failed).toBe(1);
  });

  it("likes and dislikes come along", async () => {
    const rows = await byId();
    const ratings = ["liked", "disliked", "none"].map((id) => rows.get(id)?.feedback);
    expect(ratings).toEqual(["like", "dislike", null]);
  });

  it("what the tools of an agent answered are contexts, the knowledge of it once", async () => {
    const row = (await byId()).get("agent");
    expect(readScoreRequest(row).request.contexts).toEqual([
      "年假十天。",
      "Sunny in Oslo.",
      "It is noon.",
      "Plain text of an older Dify.",
    ]);
  });
});

describe("a Dify that does not answer at once", () => {
  const refuseAfter = (
    count: number,
    answer: (response: Parameters<NonNullable<FakeDify["interrupt"]>>[1]) => void,
  ) => {
    let asked = 0;
    dify.interrupt = (_url, response) => {
      asked += 1;
      if (asked <= count) return false;
      answer(response);
      return true;
    };
  };

  it("is waited for as long as it asks, and asked again", async () => {
    let refusals = 3;
    dify.interrupt = (url, response) => {
      if (!url.pathname.endsWith("/messages") || refusals === 0) return false;
      refusals -= 1;
      const headers = { "Retry-After": "7", "Content-Type": "application/json" };
      response.writeHead(429, headers).end('{"code":"too_many_requests"}');
      return true;
    };
    expect(await pull()).toHaveLength(251);
    expect(pauses).toEqual([7000, 7000, 7000]);
  });

  it("without a time, with growing pauses and up to a bound; what was read is given before", async () => {
    refuseAfter(4, (response) => response.writeHead(429).end());
    const { pulled, error } = await pullSome();
    expect(pulled.length).toBeGreaterThanOrEqual(100);
    expect(error).toMatchObject({ code: "rate_limited" });
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000]);
  });

  it("is not waited for when it asks for more than a person would wait", async () => {
    refuseAfter(0, (response) => response.writeHead(429, { "Retry-After": "3600" }).end());
    const { pulled, error } = await pullSome();
    expect(pulled).toEqual([]);
    expect(error).toMatchObject({ code: "rate_limited", retryAfterSeconds: 3600 });
    expect(pauses).toEqual([]);
  });

  it("nor when the limit of its plan is used up", async () => {
    refuseAfter(0, (response) =>
      response
        .writeHead(429, { "Content-Type": "application/json" })
        .end('{"code":"rate_limit_error"}'),
    );
    const { error } = await pullSome();
    expect(error).toMatchObject({ code: "rate_limited", said: { code: "rate_limited.dify_plan" } });
    expect(pauses).toEqual([]);
  });

  it("is asked again after a fault, also when the annotations are read", async () => {
    let faults = 2;
    dify.interrupt = (_url, response) => {
      if (faults === 0) return false;
      faults -= 1;
      if (faults === 0) response.destroy();
      else response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad gateway</h1>");
      return true;
    };
    const [row] = await pull({ users: ["小明"] });
    expect(row?.ground_truth).toBe("十天。");
    expect(pauses).toEqual([1000, 2000]);
  });
});

describe("answers of a size or kind nobody asked for", () => {
  it("a page that is too large is asked for in smaller ones, and nothing is lost", async () => {
    dify.interrupt = (url, response) => {
      if (Number(url.searchParams.get("limit")) <= 20) return false;
      response.writeHead(200, { "Content-Type": "application/json" });
      const more = () => {
        while (!response.destroyed && response.write(" ".repeat(1 << 20)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
      return true;
    };
    const pulled = await pull();
    expect(pulled).toHaveLength(251);
    expect(pulled.at(-1)?.ground_truth).toBe("十天。");
  });

  it("one item that is too large is a refusal", async () => {
    dify.interrupt = (_url, response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": 400 << 20 });
      response.flushHeaders();
      return true;
    };
    expect((await pullSome()).error).toMatchObject({
      code: "invalid_request",
      said: { code: "invalid_request.dify_item_large", params: { limit: "8 MB" } },
    });
  });

  it.each([
    ["text/html", "<html>"],
    ["application/json", "{"],
    ["application/json", "[".repeat(100_000)],
    ["application/json", "null"],
    ["application/json", '{"data":[{"id":1}]}'],
  ])("%s, case %#, is not Dify's service API", async (type, body) => {
    dify.interrupt = (url, response) => {
      if (url.pathname.endsWith("annotations")) return false;
      response.writeHead(200, { "Content-Type": type }).end(body);
      return true;
    };
    await expect(pull()).rejects.toMatchObject({
      said: said("invalid_request.no_dify"),
    });
  });
});

describe("nobody but the named origin is asked", () => {
  it("no redirect is followed, and a strange path is the same server's", async () => {
    const other = await startFakeDify(APP);
    try {
      dify.interrupt = (url, response) => {
        if (!url.pathname.startsWith("/redirect")) return false;
        response.writeHead(307, { Location: `${other.origin}${url.pathname}` }).end();
        return true;
      };
      const at = (path: string) => operatorDestination(`${dify.origin}${path}`);
      await expect(pull({ place: at("/redirect") })).rejects.toMatchObject({
        said: { code: "invalid_request.dify_redirect" },
      });
      await expect(pull({ place: at("/nothing/here") })).resolves.toHaveLength(251);
      const host = new URL(other.origin).host;
      for (const path of [`//${host}/v1`, `/\\${host}/v1`, `/..//${host}/v1`, `/@${host}/v1`]) {
        expect(await pull({ place: at(path) }), path).toHaveLength(251);
      }
      expect(other.seen).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it("a name is looked up again while an import lasts", async () => {
    const asked: string[] = [];
    let now = 0;
    const answers = [["93.184.216.34"], ["127.0.0.1"]];
    const { pulled, error } = await pullSome({
      place: { ...place, name: "dify.example.com" },
      outside: outside({
        now: () => now,
        resolve: async (name) => {
          asked.push(name);
          return answers.shift() ?? [];
        },
        fetch: (url, init) => {
          if (url.includes("/messages")) now += 11_000;
          return fetch(url, init);
        },
      }),
    });
    expect(asked).toEqual(["dify.example.com", "dify.example.com"]);
    expect(pulled).toHaveLength(100);
    expect(error).toMatchObject({ said: { params: { problem: { code: "name_private" } } } });
  });
});
