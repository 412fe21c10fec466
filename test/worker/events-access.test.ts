import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  ADMIN_KEY,
  bearer,
  createKey,
  ORIGIN,
  SAMPLE_EN,
  SAMPLE_ZH,
  signIn,
  WAYS_TO_LOSE_ACCESS,
} from "./access-world.ts";
import { endJob, eventually, runningJob } from "./live-world.ts";
import worker from "./main.ts";

/** What is promised: after so long a stream has asked again whether its reader may read. */
const AT_MOST_MS = 10_000;

let ahead = 0;
beforeEach(() => {
  ahead = 0;
  const now = Date.now;
  vi.spyOn(Date, "now").mockImplementation(() => now() + ahead);
});
afterEach(() => vi.restoreAllMocks());

/** Opens the stream and gives what it says until it ends; `status` is there at once. */
async function follow(jobId: string, headers: Record<string, string>) {
  const execution = createExecutionContext();
  const request = new Request(`${ORIGIN}/api/score/jobs/${jobId}/events`, { headers });
  const vars = { ACCESS_MODE: undefined, ADMIN_KEY, KEY_RATE: undefined };
  const answer = await worker.fetch(request as never, { ...env, ...vars } as never, execution);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const opened = await reader?.read();
  text += opened?.value ?? "";
  const whole = (async () => {
    for (;;) {
      const piece = await reader?.read();
      if (piece === undefined || piece.done) break;
      text += piece.value;
    }
    await waitOnExecutionContext(execution);
    return text;
  })();
  return { status: answer.status, whole, soFar: () => text };
}

describe.each([
  ["zh", SAMPLE_ZH],
  ["en", SAMPLE_EN],
])("an event stream (%s)", (_language, sample) => {
  it.each(WAYS_TO_LOSE_ACCESS)(
    "ends when %s, and says nothing of the job afterwards",
    async (_name, prepare) => {
      const jobId = await runningJob(sample);
      const [headers, lose] = await prepare();
      const stream = await follow(jobId, headers);
      await eventually(() => stream.soFar().includes("event: running"));
      await lose();
      ahead += AT_MOST_MS;
      await endJob(jobId);
      const text = await stream.whole;
      expect(text).not.toContain("event: done");
      expect(text).not.toContain("completed");
      expect((await follow(jobId, headers)).status).toBe(401);
    },
  );

  it("ends with the time of its session", async () => {
    const jobId = await runningJob(sample);
    const stream = await follow(jobId, { Cookie: await signIn(ADMIN_KEY) });
    await eventually(() => stream.soFar().includes("event: running"));
    // The clock jumps, as on a laptop that slept.
    ahead += 12 * 60 * 60 * 1000;
    await endJob(jobId);
    expect(await stream.whole).not.toContain("event: done");
  });

  it("goes on to the end while its key holds", async () => {
    const jobId = await runningJob(sample);
    const { key } = await createKey("default", "read");
    const stream = await follow(jobId, bearer(key));
    await eventually(() => stream.soFar().includes("event: running"));
    for (let checks = 1; checks <= 2; checks++) {
      ahead += 2 * AT_MOST_MS;
      await eventually(() => stream.soFar().split(": still here").length > checks);
    }
    await endJob(jobId);
    expect(await stream.whole).toContain("event: done");
  });
});
