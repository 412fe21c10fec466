import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ObjectWriter } from "../../src/storage/stream-object.ts";

const KEY = "test/stream-object";
const MEGABYTE = 1024 * 1024;

type Call = "create" | "part" | "complete";

/** The bucket, refusing the `nth` call of one kind. */
function refusing(call: Call, nth: number): R2Bucket {
  const seen: Record<Call, number> = { create: 0, part: 0, complete: 0 };
  const check = (now: Call) => {
    seen[now] += 1;
    if (now === call && seen[now] === nth) throw new Error("refused");
  };
  return new Proxy(env.ARTIFACTS, {
    get(bucket, name) {
      if (name !== "createMultipartUpload") {
        const value = Reflect.get(bucket, name);
        return typeof value === "function" ? value.bind(bucket) : value;
      }
      return async (...args: Parameters<R2Bucket["createMultipartUpload"]>) => {
        check("create");
        const upload = await bucket.createMultipartUpload(...args);
        return {
          uploadPart: async (...part: Parameters<R2MultipartUpload["uploadPart"]>) => {
            check("part");
            return upload.uploadPart(...part);
          },
          complete: async (parts: R2UploadedPart[]) => {
            check("complete");
            return upload.complete(parts);
          },
          abort: () => upload.abort(),
        };
      };
    },
  });
}

async function fill(writer: ObjectWriter): Promise<ObjectWriter> {
  const lines = "忠实度 faithfulness\n".repeat(MEGABYTE / 32);
  for (let piece = 0; piece < 16; piece++) await writer.writeText(lines);
  return writer;
}

const open = (bucket: R2Bucket) => new ObjectWriter(bucket, KEY, "text/plain; charset=utf-8");

describe("a large object", () => {
  it.each([
    ["create", 1],
    ["part", 1],
    ["part", 2],
    ["part", 3],
    ["complete", 1],
  ] as const)("a refused %s (%i) leaves nothing; written again it is whole", async (call, nth) => {
    await env.ARTIFACTS.delete(KEY);
    const writer = open(refusing(call, nth));
    await expect(fill(writer).then(() => writer.finish())).rejects.toThrow("refused");
    await writer.abort();
    expect(await env.ARTIFACTS.head(KEY)).toBeNull();

    const whole = await (await fill(open(env.ARTIFACTS))).finish();
    const object = await env.ARTIFACTS.get(KEY);
    expect(object?.size).toBe(whole.size);
    const bytes = (await object?.arrayBuffer()) ?? new ArrayBuffer(0);
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0"));
    expect(hex.join("")).toBe(whole.sha256);
  });
});
