import { readFileSync } from "node:fs";
import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { SpanKeeper } from "../../src/traces/keep-spans.ts";
import { readJson } from "../../src/traces/otlp/read-json.ts";
import { withOtlpBody } from "../../src/traces/otlp/read-otlp-body.ts";
import { readProtobuf } from "../../src/traces/otlp/read-protobuf.ts";
import { OTLP_LIMITS, OtlpError, type Span } from "../../src/traces/span.ts";
import { encodeJson, encodeProtobuf, type SentBatch } from "../fakes/otlp-spans.ts";
import { makeConversations, SENDERS, seeded } from "../fakes/trace-senders.ts";

const real = ["root", "retriever"].map((name) => readFileSync(`test/fixtures/otlp/${name}.bin`));

async function keep(bytes: Uint8Array) {
  const keeper = new SpanKeeper(null);
  await readProtobuf(bytes, (span) => keeper.take(span));
  return keeper.finish();
}

/** What a reading comes to: an answer, or a refusal that is ours. */
async function refusalOf(reading: () => unknown): Promise<string | null> {
  try {
    await reading();
    return null;
  } catch (error) {
    if (error instanceof OtlpError) return error.reason;
    throw error;
  }
}

describe("bytes of the Python SDK", () => {
  it("are read as they were meant", async () => {
    const [root, retriever] = await Promise.all(real.map(keep));
    expect([...(root?.traces.values() ?? [])].flat()).toMatchObject([
      { dialect: "dify", kind: "chain", parentId: null },
    ]);
    expect([...(retriever?.traces.values() ?? [])].flat()).toMatchObject([
      { dialect: "dify", kind: "retriever" },
    ]);
  });
});

describe("bytes that broke on their way", () => {
  const talks = makeConversations(6);
  const bodies = [
    ...real,
    ...Object.values(SENDERS).flatMap((send) =>
      talks.slice(0, 3).flatMap((talk) => send(talk, seeded(3)).map(encodeProtobuf)),
    ),
  ];

  it("20,000 truncations and byte flips are read or refused, and never anything else", async () => {
    const random = seeded(99);
    const outcomes = { read: 0, refused: 0 };
    for (let round = 0; round < 20_000; round++) {
      const body = bodies[round % bodies.length] ?? new Uint8Array();
      const at = Math.floor(random() * body.byteLength);
      const broken = round % 2 === 0 ? body.slice(0, at) : new Uint8Array(body);
      for (let flip = 0; round % 2 === 1 && flip <= round % 3; flip++) {
        broken[Math.floor(random() * broken.byteLength)] = Math.floor(random() * 256);
      }
      const refusal = await refusalOf(() => keep(broken));
      outcomes[refusal === null ? "read" : "refused"]++;
      // A body that ends too soon is never taken for a whole one, unless it ends between two whole batches.
      if (round % 2 === 0 && at > 0) expect(refusal).not.toBeNull();
    }
    expect(outcomes.read).toBeGreaterThan(1000);
    expect(outcomes.refused).toBeGreaterThan(1000);
  });

  it("JSON cut anywhere is refused", async () => {
    const [talk] = makeConversations(1);
    const [batches] = talk ? (SENDERS.openinference?.(talk, seeded(1)) ?? []) : [];
    const text = encodeJson(batches ?? []);
    for (let at = 1; at < text.length; at += 7) {
      const bytes = new TextEncoder().encode(text.slice(0, at));
      expect(await refusalOf(() => readJson(bytes, () => undefined))).toBe("malformed");
    }
  });
});

describe("requests that are too much", () => {
  const span = { traceId: "a".repeat(32), spanId: "b".repeat(16), name: "x", start: 1, end: 2 };
  const batch = (attributes: Record<string, unknown>): SentBatch[] => [
    { resource: {}, scope: "s", spans: [{ ...span, attributes }] },
  ];

  it("ten thousand attributes are read, and what no dialect knows is not kept", async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key.${at}`, "值"]));
    const body = encodeProtobuf(batch({ ...many, "openinference.span.kind": "CHAIN" }));
    const { traces } = await keep(body);
    const [observation] = [...traces.values()].flat();
    expect(JSON.stringify(observation).length).toBeLessThan(400);
  });

  it("values beyond the allowance, spans beyond it and deep nesting are refused", async () => {
    const flat = Array.from({ length: OTLP_LIMITS.values + 1 }, () => true);
    expect(await refusalOf(() => keep(encodeProtobuf(batch({ list: flat }))))).toBe("too_much");
    const spans = Array.from({ length: OTLP_LIMITS.spans + 1 }, () => ({
      ...span,
      attributes: {},
    }));
    const crowd = encodeProtobuf([{ resource: {}, scope: "", spans }]);
    expect(await refusalOf(() => keep(crowd))).toBe("too_much");
    let deep: unknown = "end";
    for (let level = 0; level < 200; level++) deep = level % 2 === 0 ? [deep] : { inner: deep };
    expect(await refusalOf(() => keep(encodeProtobuf(batch({ deep }))))).toBe("too_much");
    const json = new TextEncoder().encode(encodeJson(batch({ deep })));
    expect(await refusalOf(() => readJson(json, () => undefined))).toBe("too_much");
    const brackets = new TextEncoder().encode("[".repeat(1_000_000));
    expect(await refusalOf(() => readJson(brackets, () => undefined))).toBe("too_much");
    const commas = new TextEncoder().encode(`{"a":[${"[],".repeat(2_000_000)}[]]}`);
    expect(await refusalOf(() => readJson(commas, () => undefined))).toBe("too_much");
  });

  it("spans whose ids are none are left out and the others kept", async () => {
    const spans: Span[] = [];
    const sent = ["0".repeat(16), "c".repeat(16), "d".repeat(14)].map((spanId) => ({
      ...span,
      spanId,
      attributes: {},
    }));
    const taken = await readProtobuf(
      encodeProtobuf([{ resource: {}, scope: "", spans: sent }]),
      (one) => spans.push(one),
    );
    expect(taken).toEqual({ spans: 3, invalid: 2 });
    expect(spans.map(({ spanId }) => spanId)).toEqual(["c".repeat(16)]);
  });
});

describe("packed bodies", () => {
  const packed = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
  const post = (body: string | Uint8Array<ArrayBuffer>, encoding?: string) =>
    new Request("http://localhost/v1/traces", {
      method: "POST",
      body,
      ...(encoding === undefined ? {} : { headers: { "Content-Encoding": encoding } }),
    });
  const length = (request: Request) => withOtlpBody(request, async (bytes) => bytes.byteLength);

  it("gzip, deflate and plain bytes come out the same", async () => {
    const plain = new TextEncoder().encode("年假".repeat(1000));
    expect(await length(post(plain))).toBe(plain.byteLength);
    expect(await length(post(packed(plain), "gzip"))).toBe(plain.byteLength);
    expect(await length(post(new Uint8Array(deflateSync(plain)), "deflate"))).toBe(
      plain.byteLength,
    );
    expect(await length(new Request("http://localhost/", { method: "POST" }))).toBe(0);
  });

  it("a bomb, 64 MiB and broken packing are refused, and what was held is given back", async () => {
    const bomb = packed(new Uint8Array(200 * 1024 * 1024));
    const large = new Uint8Array(64 * 1024 * 1024);
    for (let round = 0; round < 8; round++) {
      expect(await refusalOf(() => length(post(bomb, "gzip")))).toBe("too_much");
      expect(await refusalOf(() => length(post(large)))).toBe("too_much");
      expect(await refusalOf(() => length(post(bomb.subarray(0, 1000), "gzip")))).toBe("malformed");
      expect(await refusalOf(() => length(post("no gzip at all", "gzip")))).toBe("malformed");
      expect(await refusalOf(() => length(post("x", "br")))).toBe("malformed");
    }
    expect(await length(post(new Uint8Array(OTLP_LIMITS.rawBytes)))).toBe(OTLP_LIMITS.rawBytes);
  });

  it("an isolate holds so many bytes at once; who comes then is told to come again", async () => {
    const seven = new Uint8Array(7 * 1024 * 1024);
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const waiting: Promise<void>[] = [];
    for (let held = 0; held < 4; held++) {
      await new Promise<void>((isRead) => {
        waiting.push(
          withOtlpBody(post(seven), () => {
            isRead();
            return gate;
          }),
        );
      });
    }
    expect(await refusalOf(() => length(post(seven)))).toBe("busy");
    release();
    await Promise.all(waiting);
    expect(await length(post(seven))).toBe(seven.byteLength);
  });
});
