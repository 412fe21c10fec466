import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { ARTIFACT_NAMES } from "../../src/contract/service.ts";
import { artifactsKey } from "../../src/storage/artifacts.ts";
import { SAMPLE_EN, SAMPLE_ZH, send } from "./http.ts";

/** Bytes of one object of its own, as batches write them. */
const LONG = "行,分数\n".repeat(5000);

async function scored(sample: object): Promise<string> {
  const answer = await send("/api/score", { json: { ...sample, judge: "offline" } });
  return ((await answer.json()) as { run_id: string }).run_id;
}

/** The same run, packed into one object or with an object for each artifact. */
const paths: Record<string, string> = { zh: "", en: "", own: "" };

beforeAll(async () => {
  paths.zh = `/api/runs/${await scored(SAMPLE_ZH)}/artifacts/evidence.jsonl`;
  paths.en = `/api/runs/${await scored(SAMPLE_EN)}/artifacts/scores.csv`;
  const runId = await scored({ ...SAMPLE_ZH, name: "own" });
  await env.ARTIFACTS.put(`${artifactsKey("default", runId, 1)}/scores.csv`, LONG);
  await env.DB.prepare("UPDATE runs SET report_offset = NULL WHERE id = ?1").bind(runId).run();
  paths.own = `/api/runs/${runId}/artifacts/scores.csv`;
}, 60_000);

describe.each(["zh", "en", "own"])("a part of an artifact (%s)", (which) => {
  const get = (headers: Record<string, string> = {}, method = "GET") =>
    send(paths[which] ?? "", { headers, method });
  const whole = async () => new Uint8Array(await (await get()).arrayBuffer());

  it("says that parts can be had", async () => {
    expect((await get()).headers.get("Accept-Ranges")).toBe("bytes");
    const head = await get({ Range: "bytes=0-4" }, "HEAD");
    expect(head.status).toBe(200);
    expect(head.headers.get("Accept-Ranges")).toBe("bytes");
    expect(head.headers.get("Content-Length")).toBe(String((await whole()).byteLength));
    expect(await head.text()).toBe("");
  });

  it("is exactly the bytes asked for", async () => {
    const bytes = await whole();
    const size = bytes.byteLength;
    for (const [range, from, to] of [
      ["bytes=0-0", 0, 1],
      ["bytes=0-99", 0, 100],
      ["bytes=7-40", 7, 41],
      ["BYTES = 7-40", 7, 41],
      ["bytes=50-", 50, size],
      [`bytes=${size - 1}-`, size - 1, size],
      [`bytes=10-${size * 9}`, 10, size],
      ["bytes=-1", size - 1, size],
      ["bytes=-33", size - 33, size],
      [`bytes=-${size * 2}`, 0, size],
      ["bytes=0-99999999999999999999", 0, size],
    ] as const) {
      const answer = await get({ Range: range });
      expect(answer.status, range).toBe(206);
      expect(answer.headers.get("Content-Range"), range).toBe(`bytes ${from}-${to - 1}/${size}`);
      expect(answer.headers.get("Content-Length"), range).toBe(String(to - from));
      expect(answer.headers.get("ETag")).toMatch(/^"/);
      expect(new Uint8Array(await answer.arrayBuffer()), range).toEqual(bytes.slice(from, to));
    }
  });

  it("put together from pieces is the whole", async () => {
    const bytes = await whole();
    const step = Math.ceil(bytes.byteLength / 7);
    const pieces: number[] = [];
    for (let from = 0; from < bytes.byteLength; from += step) {
      const answer = await get({ Range: `bytes=${from}-${from + step - 1}` });
      pieces.push(...new Uint8Array(await answer.arrayBuffer()));
    }
    expect(new Uint8Array(pieces)).toEqual(bytes);
  });

  it("beyond the end is 416, with the size to ask again", async () => {
    const size = (await whole()).byteLength;
    for (const range of [`bytes=${size}-`, `bytes=${size * 2}-${size * 3}`, "bytes=-0"]) {
      const answer = await get({ Range: range });
      expect(answer.status, range).toBe(416);
      expect(answer.headers.get("Content-Range")).toBe(`bytes */${size}`);
      expect(await answer.json()).toMatchObject({ code: "range_not_satisfiable", status: 416 });
    }
  });

  it("asked for in a way nobody defined, or several at once, is the whole", async () => {
    const size = (await whole()).byteLength;
    const ranges = ["bytes=5-2", "bytes=a-b", "rows=0-5", "bytes=", "bytes=0-1,4-5", "bytes 0-5"];
    for (const range of ranges) {
      const answer = await get({ Range: range });
      expect(answer.status, range).toBe(200);
      expect((await answer.arrayBuffer()).byteLength, range).toBe(size);
    }
  });

  it("goes on with a download only of the same bytes", async () => {
    const etag = (await get()).headers.get("ETag") ?? "";
    for (const [condition, status] of [
      [etag, 206],
      [`W/${etag}`, 200],
      ['"other"', 200],
      ["Wed, 21 Oct 2026 07:28:00 GMT", 200],
    ] as const) {
      const answer = await get({ Range: "bytes=1-5", "If-Range": condition });
      expect(answer.status, condition).toBe(status);
      await answer.arrayBuffer();
    }
    const known = await get({ Range: "bytes=1-5", "If-None-Match": etag });
    expect(known.status).toBe(304);
    expect(await known.text()).toBe("");
  });
});

it("a gap in the storage is 404 for a part too, and every artifact has parts", async () => {
  const runId = await scored({ ...SAMPLE_EN, name: "gone" });
  for (const name of ARTIFACT_NAMES) {
    const answer = await send(`/api/runs/${runId}/artifacts/${name}`, {
      headers: { Range: "bytes=0-0" },
    });
    expect((await answer.arrayBuffer()).byteLength).toBe(1);
  }
  await env.ARTIFACTS.delete(`default/runs/${runId}/1/artifacts`);
  const path = `/api/runs/${runId}/artifacts/scores.csv`;
  expect((await send(path, { headers: { Range: "bytes=0-0" } })).status).toBe(404);
});
