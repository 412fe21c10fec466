import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  ADMIN_KEY,
  asAdmin,
  ask,
  bearer,
  createKey,
  createProject,
  keyThatRunsOut,
  type LosingAccess,
  ORIGIN,
  SAMPLE_EN,
  SAMPLE_ZH,
  scoreOne,
  shareRun,
  signIn,
  WAYS_TO_LOSE_ACCESS,
} from "./access-world.ts";
import { endJob, eventually, type Heard, listen, listenersOf, runningJob } from "./live-world.ts";

/** What is promised: after so long a socket has been asked about its holder. */
const AT_MOST_MS = 10_000;

let ahead = 0;
beforeEach(() => {
  ahead = 0;
  const now = Date.now;
  vi.spyOn(Date, "now").mockImplementation(() => now() + ahead);
});
afterEach(() => vi.restoreAllMocks());

const nextRound = (project = "default") => runDurableObjectAlarm(listenersOf(project));
const asProtocol = (key: string) => ({
  "Sec-WebSocket-Protocol": `touchstone, bearer.${btoa(key).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`,
});

describe.each([
  ["zh", SAMPLE_ZH],
  ["en", SAMPLE_EN],
])("a job's socket (%s)", (_language, sample) => {
  it("tells what has happened, then what happens, and closes after the end", async () => {
    const jobId = await runningJob(sample);
    const heard = await listen(jobId, bearer(ADMIN_KEY));
    expect(heard.status).toBe(101);
    await eventually(() => heard.events().length === 2);
    expect(heard.events()).toEqual(["queued", "running"]);
    await endJob(jobId);
    expect(await listenersOf("default").tell("default", jobId, true)).toBe(true);
    await eventually(() => heard.closed() !== null);
    expect(heard.events()).toEqual(["queued", "running", "done"]);
    expect(heard.closed()).toBe(1000);
    expect(heard.messages.at(-1)?.job).toMatchObject({ job_id: jobId, status: "completed" });
    expect(heard.messages.at(-1)?.job.question).toContain(sample.question.slice(0, 10));
  });

  it("tells all of a job that has ended already", async () => {
    const { job_id } = await scoreOne(ADMIN_KEY, sample);
    const heard = await listen(job_id, bearer(ADMIN_KEY));
    await eventually(() => heard.closed() === 1000);
    expect(heard.events().at(-1)).toBe("done");
  });

  it("goes on behind the last message for who comes again, and misses no end", async () => {
    const jobId = await runningJob(sample);
    const first = await listen(jobId, bearer(ADMIN_KEY));
    await eventually(() => first.events().length === 2);
    first.leave();
    await endJob(jobId);
    const again = await listen(jobId, bearer(ADMIN_KEY), { after: first.messages.at(-1)?.id });
    await eventually(() => again.closed() === 1000);
    expect(again.events()).toEqual(["done"]);
  });

  it("finds by itself what nobody told", async () => {
    const jobId = await runningJob(sample);
    const heard = await listen(jobId, bearer(ADMIN_KEY));
    await eventually(() => heard.events().length === 2);
    await endJob(jobId);
    await eventually(() => heard.closed() === 1000);
    expect(heard.events().at(-1)).toBe("done");
  });

  it("closes when its job is deleted", async () => {
    const jobId = await runningJob(sample);
    const heard = await listen(jobId, bearer(ADMIN_KEY));
    await env.DB.prepare("UPDATE jobs SET status = 'failed' WHERE id = ?1").bind(jobId).run();
    const path = `/api/score/jobs/${jobId}`;
    expect((await ask(path, { method: "DELETE", headers: asAdmin() })).status).toBe(204);
    await eventually(() => heard.closed() === 4404);
  });

  it.each<LosingAccess>([
    ...WAYS_TO_LOSE_ACCESS,
    [
      "its key, named as a protocol, runs out",
      async () => {
        const { key, lose } = await keyThatRunsOut();
        return [asProtocol(key), lose];
      },
    ],
    [
      "its session runs out",
      async () => {
        const cookie = await signIn(ADMIN_KEY);
        const pass = async () => {
          ahead += 12 * 60 * 60 * 1000;
        };
        return [{ Cookie: cookie, Origin: ORIGIN }, pass];
      },
    ],
  ])("closes when %s, and says nothing of the job afterwards", async (_name, prepare) => {
    const jobId = await runningJob(sample);
    const [headers, lose] = await prepare();
    const heard = await listen(jobId, headers);
    await eventually(() => heard.events().includes("running"));
    await lose();
    ahead += AT_MOST_MS;
    await endJob(jobId);
    await listenersOf("default").tell("default", jobId, true);
    await eventually(() => heard.closed() !== null);
    expect(heard.closed()).toBe(4401);
    expect(heard.events()).not.toContain("done");
    expect((await listen(jobId, headers)).status).toBe(401);
  });

  it("stays open round after round while its key holds", async () => {
    const jobId = await runningJob(sample);
    const { key } = await createKey("default", "read");
    const heard = await listen(jobId, bearer(key));
    for (let rounds = 0; rounds < 3; rounds++) expect(await nextRound()).toBe(true);
    expect(heard.closed()).toBeNull();
    await endJob(jobId);
    await nextRound();
    await eventually(() => heard.closed() === 1000);
    expect(heard.events()).toEqual(["queued", "running", "done"]);
  });
});

describe("who may listen", () => {
  const refused = async (headers: Record<string, string>, vars = {}): Promise<number> => {
    const { status, messages } = await listen(await runningJob(SAMPLE_ZH), headers, { vars });
    expect(messages).toEqual([]);
    return status;
  };

  it("nobody from another site's page, whatever lets them in", async () => {
    const evil = { Origin: "https://evil.test" };
    expect(await refused({ Cookie: await signIn(ADMIN_KEY), ...evil })).toBe(403);
    expect(await refused({ ...asProtocol(ADMIN_KEY), ...evil })).toBe(403);
    expect(await refused({ ...bearer(ADMIN_KEY), ...evil })).toBe(403);
    expect(await refused(evil, { ACCESS_MODE: "open" })).toBe(403);
    expect(await refused({ ...bearer(ADMIN_KEY), Origin: "null" })).toBe(403);
  });

  it("nobody by a cookie without a page that is named", async () => {
    expect(await refused({ Cookie: await signIn(ADMIN_KEY) })).toBe(403);
  });

  it("nobody by a key in the address, by a share link, by a wrong key or by none", async () => {
    const { job_id, run_id } = await scoreOne(ADMIN_KEY, SAMPLE_EN);
    const { token } = await shareRun(ADMIN_KEY, run_id);
    expect(await refused({})).toBe(401);
    expect(await refused({ "X-Share-Token": token })).toBe(401);
    expect(await refused(asProtocol("ts_nobody_has_this"))).toBe(401);
    expect(await refused({ "Sec-WebSocket-Protocol": "touchstone, bearer.!!, bearer." })).toBe(401);
    const path = `/api/score/jobs/${job_id}/live?key=${ADMIN_KEY}`;
    expect((await ask(path)).status).toBe(401);
  });

  it("a key as a protocol, and the protocol is answered", async () => {
    const jobId = await runningJob(SAMPLE_EN);
    const { key } = await createKey("default", "read");
    const heard = await listen(jobId, asProtocol(key));
    expect([heard.status, heard.protocol]).toEqual([101, "touchstone"]);
    await eventually(() => heard.events().includes("running"));
    heard.leave();
  });

  it("a key of the role submit, of its own jobs only", async () => {
    const { key } = await createKey("default", "submit");
    const own = await listen(await runningJob(SAMPLE_ZH, key), bearer(key));
    expect(own.status).toBe(101);
    own.leave();
    expect((await listen(await runningJob(SAMPLE_ZH), bearer(key))).status).toBe(404);
  });

  it("who asks without wanting a socket is told where else the same events are", async () => {
    const jobId = await runningJob(SAMPLE_EN);
    const plain = await ask(`/api/score/jobs/${jobId}/live`, { headers: bearer(ADMIN_KEY) });
    expect(plain.status).toBe(426);
    expect(plain.headers.get("Upgrade")).toBe("websocket");
    expect(await plain.text()).toContain(`/api/score/jobs/${jobId}/events`);
  });
});

describe("two projects", () => {
  it("hear nothing of each other", async () => {
    await createProject("blue");
    const { key } = await createKey("blue", "admin");
    const mine = await runningJob(SAMPLE_ZH);
    const theirs = await runningJob(SAMPLE_EN, key);
    expect((await listen(mine, bearer(key))).status).toBe(404);
    const ours: Heard = await listen(mine, bearer(ADMIN_KEY));
    const blue = await listen(theirs, bearer(key));
    await eventually(() => ours.events().length === 2 && blue.events().length === 2);
    // A telling that names the wrong project finds no listener there.
    expect(await listenersOf("blue").tell("blue", mine, true)).toBe(false);
    await endJob(mine);
    await listenersOf("default").tell("default", mine, true);
    await eventually(() => ours.closed() === 1000);
    await nextRound("blue");
    expect(blue.events()).toEqual(["queued", "running"]);
    expect(JSON.stringify(blue.messages)).not.toContain(mine);
    blue.leave();
  });
});
