import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../src/contract/service.ts";
import { BUILT_WORKER } from "./build-worker.ts";
import { type RunningWorker, startWorker } from "./worker.ts";

/** The law of this house; the platform itself allows far more. */
const MOST_BYTES = 1_000_000;

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker?.close());

describe("what is uploaded", () => {
  it(`has at most ${MOST_BYTES} bytes as gzip`, () => {
    const bytes = gzipSync(readFileSync(join(BUILT_WORKER, "worker.js")), { level: 9 }).length;
    // `npm run bench -- bundle` prints it; the metafile of `wrangler deploy --dry-run --metafile FILE` says what weighs.
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  });

  it("still says what is wrong with a request, out of the uploaded bundle", async () => {
    const answer = await fetch(`${worker.origin}/api/gate`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ run: 7, 规则: [] }),
    });
    expect(answer.status).toBe(422);
    const problem = (await answer.json()) as Problem;
    expect(problem.code).toBe("invalid_request");
    expect(problem.errors?.[0]?.detail).toMatch(/\w+ \w+/);
  });
});
