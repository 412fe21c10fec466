import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Accepted, Job } from "../../src/contract/job.ts";
import { eventsAfter } from "../../src/jobs/job-events.ts";
import { SAMPLE_EN, SAMPLE_ZH, send, waitForJob } from "./http.ts";
import {
  acceptRows,
  consumeNext,
  createWorld,
  drain,
  emptyTables,
  jobOf,
  manySamples,
} from "./job-world.ts";

beforeEach(emptyTables);

async function post(body: BodyInit, headers: Record<string, string>, query = "") {
  const response = await send(`/api/score/batch${query}`, { method: "POST", body, headers });
  return { response, accepted: (await response.clone().json()) as Accepted };
}

const JSON_TYPE = { "Content-Type": "application/json" };

describe("POST /api/score/batch", () => {
  it.each([
    ["a JSON array", "application/json", JSON.stringify([SAMPLE_EN, SAMPLE_ZH])],
    [
      "JSON Lines",
      "application/x-ndjson",
      [SAMPLE_EN, SAMPLE_ZH].map((one) => JSON.stringify(one)).join("\n"),
    ],
    [
      "CSV",
      "text/csv",
      `query,response,contexts\n"Wie, lange?",Zwei Jahre.,"[""Zwei Jahre Garantie.""]"\n年假几天？,十天。,年假十天。\n`,
    ],
  ])("takes %s: 202 at once, then one run over all rows", async (_name, type, body) => {
    const { response, accepted } = await post(
      body,
      { "Content-Type": type },
      "?name=夜间回归&tags=env=ci&metrics=faithfulness",
    );
    expect(response.status).toBe(202);
    expect(response.headers.get("Location")).toBe(`/api/score/jobs/${accepted.job_id}`);
    const job = await waitForJob(accepted.job_id);
    expect(job).toMatchObject({
      kind: "batch",
      status: "completed",
      name: "夜间回归",
      tags: { env: "ci" },
      metrics: ["faithfulness"],
      progress: { done: 2, failed: 0, total: 2 },
      bad_rows: 0,
    });
    const run = (await (await send(`/api/runs/${job.run_id}`)).json()) as { run: object };
    expect(run.run).toMatchObject({ mode: "batch", total_samples: 2 });
  });

  it("reads the charset that spreadsheets in China write", async () => {
    // 问题,答案 in GBK; no encoder for it is at hand, so the bytes.
    const gbk = [0xce, 0xca, 0xcc, 0xe2, 0x2c, 0xb4, 0xf0, 0xb0, 0xb8];
    const body = new Uint8Array([...new TextEncoder().encode("question,answer\n"), ...gbk]);
    const good = await post(body, { "Content-Type": "text/csv; charset=gbk" });
    expect(await waitForJob(good.accepted.job_id)).toMatchObject({
      status: "completed",
      question: "问题",
    });
    const unnamed = await post(body, { "Content-Type": "text/csv" });
    expect(await waitForJob(unnamed.accepted.job_id)).toMatchObject({
      status: "completed",
      question: "问题",
      warnings: expect.arrayContaining([
        expect.objectContaining({
          code: "charset_guessed",
          message: expect.stringContaining("GB18030"),
        }),
      ]),
    });
  });

  it("the same key gives the same job, another payload 422; the same upload within a minute is one job", async () => {
    const key = { ...JSON_TYPE, "Idempotency-Key": "nightly-1" };
    const body = JSON.stringify([SAMPLE_EN]);
    const first = await post(body, key);
    const again = await post(body, key);
    expect(again.accepted.job_id).toBe(first.accepted.job_id);
    expect((await post(JSON.stringify([SAMPLE_ZH]), key)).response.status).toBe(422);
    const one = await post(JSON.stringify([SAMPLE_ZH]), JSON_TYPE);
    const two = await post(JSON.stringify([SAMPLE_ZH]), JSON_TYPE);
    expect(two.accepted.job_id).toBe(one.accepted.job_id);
    expect(two.accepted.warnings).toMatchObject([{ code: "duplicate_submission" }]);
    await Promise.all([first, one].map(({ accepted }) => waitForJob(accepted.job_id)));
    const uploads = await env.ARTIFACTS.list({ prefix: "default/inputs/" });
    expect(
      uploads.objects.filter(({ key: name }) =>
        [first, one].some(({ accepted }) => name === `default/inputs/${accepted.job_id}/upload`),
      ),
    ).toEqual([]);
  });

  it("a multipart upload to storage survives: more than a part in, every row out", async () => {
    const filler = "长文本 long text, ".repeat(20_000);
    const rows = Array.from({ length: 24 }, (_, n) => ({
      ...SAMPLE_EN,
      id: `r${n}`,
      contexts: [`${n} ${filler}`],
      metrics: "exact_match",
      ground_truth: "x",
    }));
    const { response, accepted } = await post(JSON.stringify(rows), JSON_TYPE);
    expect(response.status).toBe(202);
    await waitForJob(accepted.job_id);
    const chunks = await env.DB.prepare("SELECT count(*) AS n FROM chunks").first<number>("n");
    expect(await jobOf(accepted.job_id)).toMatchObject({ status: "completed", done: 24 });
    // Large texts make small chunks.
    expect(chunks).toBeGreaterThan(2);
  });

  it("more than 50 MB is refused and nothing is kept", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent > 60 * 1024 * 1024) return controller.close();
        sent += 1024 * 1024;
        controller.enqueue(new Uint8Array(1024 * 1024).fill(0x20));
      },
    });
    const { response } = await post(body, JSON_TYPE);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(56 * 1024 * 1024);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM jobs").first("n")).toBe(0);
  });

  it.each([
    ["an empty body", "", JSON_TYPE, "", 400],
    ["a form", "x", { "Content-Type": "multipart/form-data; boundary=x" }, "", 415],
    ["a compressed body", "x", { ...JSON_TYPE, "Content-Encoding": "gzip" }, "", 415],
    ["an unknown charset", "x", { "Content-Type": "text/csv; charset=klingon" }, "", 415],
    ["an unknown metric", "[]", JSON_TYPE, "?metrics=beauty", 422],
    ["a model that is not allowed", "[]", JSON_TYPE, "?judge_model=gpt-99", 422],
    ["a callback to this machine", "[]", JSON_TYPE, "?callback_url=https://127.0.0.1/", 422],
  ])("refuses %s", async (_name, body, headers, query, status) => {
    const { response } = await post(body, headers as Record<string, string>, query);
    expect(response.status).toBe(status);
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  });

  it("lists every bad row", async () => {
    const rows = Array.from({ length: 150 }, (_, n) => (n === 0 ? SAMPLE_EN : { answer: `${n}` }));
    const { accepted } = await post(JSON.stringify(rows), JSON_TYPE);
    const job = (await waitForJob(accepted.job_id)) as unknown as Job;
    expect(job).toMatchObject({ status: "completed", bad_rows: 149 });
    expect(job.warnings.filter(({ code }) => code === "bad_row")).toHaveLength(100);
    const listed = (await (await send(`/api/score/jobs/${accepted.job_id}/bad-rows`)).json()) as {
      bad_rows: unknown[];
    };
    expect(listed.bad_rows).toHaveLength(149);
    const page = (await (await send("/api/score/jobs")).json()) as { jobs: Job[] };
    expect(page.jobs[0]?.warnings).toHaveLength(3);
  });
});

/** Reads a stream of events until it ends or `most` events came. */
async function readEvents(response: Response, most = 100) {
  const events: { id: string; event: string; data: Job }[] = [];
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (reader && events.length < most) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts) {
      const fields = Object.fromEntries(
        part
          .split("\n")
          .map((line) => [line.split(":", 1)[0], line.slice(line.indexOf(":") + 1).trim()]),
      );
      if (fields.event)
        events.push({
          id: fields.id ?? "",
          event: fields.event,
          data: JSON.parse(fields.data ?? "{}"),
        });
    }
  }
  await reader?.cancel().catch(() => undefined);
  return events;
}

const names = (events: { event: string }[]) => events.map(({ event }) => event);

describe("GET /api/score/jobs/{id}/events", () => {
  it("tells what happened, ends with done, and then the stream ends", async () => {
    const world = createWorld();
    const job = await acceptRows(world, manySamples(3));
    await drain(world);
    const response = await send(`/api/score/jobs/${job.id}/events`);
    expect(response.headers.get("Content-Type")).toContain("text/event-stream");
    const events = await readEvents(response);
    expect(names(events)).toEqual(["queued", "running", "progress", "done"]);
    expect(events.at(-1)?.data).toMatchObject({ job_id: job.id, status: "completed" });
  });

  it("dropped and resumed at every point: no event is missed and none comes twice", async () => {
    const world = createWorld();
    const job = await acceptRows(world, manySamples(60));
    const seen: { id: string; event: string }[] = [];
    let lastId: string | undefined;
    const look = async () => {
      const response = await send(`/api/score/jobs/${job.id}/events`, {
        headers: lastId ? { "Last-Event-ID": lastId } : {},
      });
      const expected = eventsAfter(await jobOf(job.id), lastId ?? null).length;
      const events = expected === 0 ? [] : await readEvents(response, expected);
      if (expected === 0) await response.body?.cancel();
      seen.push(...events);
      lastId = events.at(-1)?.id ?? lastId;
    };
    await look();
    while (world.queue.length > 0) {
      world.clock.now += 1000;
      await consumeNext(world);
      await look();
    }
    expect(names(seen)).toEqual(["queued", "running", "progress", "progress", "progress", "done"]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  });

  it("who comes back after the end hears all that was missed", async () => {
    const world = createWorld();
    const job = await acceptRows(world, manySamples(3));
    const [first] = eventsAfter(await jobOf(job.id), null);
    world.clock.now += 1000;
    await drain(world);
    const response = await send(`/api/score/jobs/${job.id}/events`, {
      headers: { "Last-Event-ID": first?.id ?? "" },
    });
    expect(names(await readEvents(response))).toEqual(["running", "progress", "done"]);
    const [last] = eventsAfter(await jobOf(job.id), null).slice(-1);
    const again = await send(`/api/score/jobs/${job.id}/events`, {
      headers: { "Last-Event-ID": last?.id ?? "" },
    });
    expect(await readEvents(again)).toEqual([]);
  });

  it("an id nobody gave out starts from the beginning; an unknown job is 404", async () => {
    const world = createWorld();
    const job = await acceptRows(world, manySamples(1));
    await drain(world);
    const response = await send(`/api/score/jobs/${job.id}/events`, {
      headers: { "Last-Event-ID": "'; DROP TABLE jobs" },
    });
    expect(names(await readEvents(response))).toHaveLength(4);
    expect((await send("/api/score/jobs/job_none/events")).status).toBe(404);
  });
});
