import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Job } from "../../src/contract/job.ts";
import { type FakeCollector, startFakeCollector } from "../fakes/otlp-collector.ts";
import { type JudgedWorker, startJudgedWorker } from "./worker.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";
const SAMPLE = {
  question: "How long is the zirconium warranty?",
  answer: "The zirconium warranty lasts two years.",
  contexts: ["The zirconium warranty lasts two years.", "Repairs are free."],
  metrics: "faithfulness,context_recall",
};

let collector: FakeCollector;
let worker: JudgedWorker;
beforeAll(async () => {
  collector = await startFakeCollector();
  worker = await startJudgedWorker({
    OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20c2VjcmV0,x-scope=team a",
  });
});
beforeEach(() => {
  collector.exports.length = 0;
  collector.setAnswer((response) => response.writeHead(200).end("{}"));
});
afterAll(async () => {
  await worker?.close();
  await collector?.close();
});

async function score(sample: object, headers: Record<string, string> = {}): Promise<Job> {
  const answer = await fetch(`${worker.origin}/api/score/async`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Prefer: "wait=30", ...headers },
    body: JSON.stringify(sample),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Job;
}

/** What was sent to a path, once it has come. */
async function sent<T>(path: string): Promise<T> {
  const found = await vi.waitFor(() => {
    const one = collector.exports.find((export_) => export_.path === path);
    if (!one) throw new Error(`nothing at ${path} yet`);
    return one;
  }, 10_000);
  return JSON.parse(found.body) as T;
}

interface Attribute {
  key: string;
  value: { stringValue?: string; doubleValue?: number; intValue?: string };
}
interface Logs {
  resourceLogs: {
    resource: { attributes: Attribute[] };
    scopeLogs: {
      logRecords: {
        eventName: string;
        traceId: string;
        spanId: string;
        timeUnixNano: string;
        attributes: Attribute[];
      }[];
    }[];
  }[];
}
interface Traces {
  resourceSpans: {
    scopeSpans: {
      spans: {
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        name: string;
        kind: number;
        startTimeUnixNano: string;
        endTimeUnixNano: string;
        attributes: Attribute[];
      }[];
    }[];
  }[];
}
const recordsOf = (logs: Logs) => logs.resourceLogs[0]?.scopeLogs[0]?.logRecords ?? [];
const spansOf = (traces: Traces) => traces.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
const attributeOf = (attributes: Attribute[], key: string) => {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  return value?.stringValue ?? value?.doubleValue ?? value?.intValue;
};

describe("telemetry of a scored job", () => {
  it("an event a metric on the caller's span, and a span a judge call below the sample's", async () => {
    const job = await score(SAMPLE, { traceparent: `00-${TRACE}-${SPAN}-01` });
    const records = recordsOf(await sent<Logs>("/v1/logs"));
    expect(
      records.map(({ attributes }) => attributeOf(attributes, "gen_ai.evaluation.name")),
    ).toEqual(["faithfulness", "context_recall"]);
    for (const record of records) {
      expect(record).toMatchObject({
        eventName: "gen_ai.evaluation.result",
        traceId: TRACE,
        spanId: SPAN,
      });
      expect(attributeOf(record.attributes, "touchstone.job.id")).toBe(job.job_id);
      expect(attributeOf(record.attributes, "touchstone.run.id")).toBe(job.run_id);
      expect(record.timeUnixNano).toMatch(/^\d{19}$/);
    }
    const [faithfulness, recall] = records;
    expect(attributeOf(faithfulness?.attributes ?? [], "gen_ai.evaluation.score.value")).toBe(1);
    // Without a reference there is no recall, and it says why instead of a number.
    expect(attributeOf(recall?.attributes ?? [], "gen_ai.evaluation.score.value")).toBeUndefined();
    expect(attributeOf(recall?.attributes ?? [], "gen_ai.evaluation.score.label")).toBe(
      "not_applicable",
    );
    expect(attributeOf(recall?.attributes ?? [], "touchstone.reason")).toBe("missing_ground_truth");

    const [sample, ...calls] = spansOf(await sent<Traces>("/v1/traces"));
    expect(sample).toMatchObject({ traceId: TRACE, parentSpanId: SPAN, name: "evaluate", kind: 1 });
    expect(calls.length).toBe(job.usage.judge_calls);
    let tokens = 0;
    for (const call of calls) {
      expect(call).toMatchObject({
        traceId: TRACE,
        parentSpanId: sample?.spanId,
        name: "chat judge-1",
        kind: 3,
      });
      expect(attributeOf(call.attributes, "gen_ai.operation.name")).toBe("chat");
      expect(attributeOf(call.attributes, "gen_ai.provider.name")).toBe("127.0.0.1");
      expect(BigInt(call.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(call.startTimeUnixNano));
      tokens += Number(attributeOf(call.attributes, "gen_ai.usage.input_tokens"));
    }
    expect(tokens).toBe(job.usage.prompt_tokens);
    expect(new Set([sample, ...calls].map((span) => span?.spanId)).size).toBe(calls.length + 1);
  });

  it("goes with the headers that were set, names the service, and holds no judged text", async () => {
    await score({
      question: "保修期多久？",
      answer: "保修期为两年，锆石版除外。",
      contexts: ["保修期为两年。"],
      ground_truth: "两年，锆石版除外。",
    });
    const logs = await sent<Logs>("/v1/logs");
    await sent<Traces>("/v1/traces");
    expect(attributeOf(logs.resourceLogs[0]?.resource.attributes ?? [], "service.name")).toBe(
      "touchstone",
    );
    for (const { headers, body } of collector.exports) {
      expect(headers).toMatchObject({
        authorization: "Basic c2VjcmV0",
        "x-scope": "team a",
        "content-type": "application/json",
      });
      expect(body).not.toMatch(/保修|锆石|zirconium|warranty|sk-test/);
    }
    expect(worker.logs()).not.toContain("c2VjcmV0");
    // Nobody named a trace: the job has one of its own, and events and spans share it.
    const [record] = recordsOf(logs);
    const [span] = spansOf(await sent<Traces>("/v1/traces"));
    expect(record?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(span).toMatchObject({ traceId: record?.traceId, spanId: record?.spanId });
    expect(span?.parentSpanId).toBeUndefined();
  });

  it("a trace the caller does not keep gets no spans", async () => {
    await score({ ...SAMPLE, name: "unsampled" }, { traceparent: `00-${TRACE}-${SPAN}-00` });
    expect(recordsOf(await sent<Logs>("/v1/logs"))[0]?.traceId).toBe(TRACE);
    expect(collector.exports.map(({ path }) => path)).toEqual(["/v1/logs"]);
  });

  it("a batch is told in one request of each kind", async () => {
    const rows = [SAMPLE, { ...SAMPLE, id: "二", question: "多久？", answer: "两年。" }];
    const answer = await fetch(`${worker.origin}/api/score/batch`, {
      method: "POST",
      headers: { "Content-Type": "application/json", traceparent: `00-${TRACE}-${SPAN}-01` },
      body: JSON.stringify(rows),
    });
    expect(answer.status).toBe(202);
    expect(recordsOf(await sent<Logs>("/v1/logs"))).toHaveLength(4);
    const samples = spansOf(await sent<Traces>("/v1/traces")).filter(
      ({ name }) => name === "evaluate",
    );
    expect(samples).toHaveLength(2);
  });
});

describe("a collector that is no help", () => {
  it.each([
    [
      "answers 500",
      (response: import("node:http").ServerResponse) => response.writeHead(500).end(),
    ],
    ["hangs up", (response: import("node:http").ServerResponse) => response.destroy()],
    [
      "redirects",
      (response: import("node:http").ServerResponse) =>
        response.writeHead(302, { location: `${collector.url}/elsewhere` }).end(),
    ],
  ])(
    "%s: the job is completed all the same, and the key goes nowhere else",
    async (what, answer) => {
      collector.setAnswer(answer);
      const job = await score({ ...SAMPLE, name: what });
      expect(job).toMatchObject({ status: "completed", error: null, attempts: 1 });
      await sent<Logs>("/v1/logs");
      await vi.waitFor(() => expect(worker.logs()).toContain("otlp.failed"), 10_000);
      expect(collector.exports.some(({ path }) => path === "/elsewhere")).toBe(false);
      expect(
        await (await fetch(`${worker.origin}/api/score/jobs/${job.job_id}`)).json(),
      ).toMatchObject({ status: "completed", attempts: 1 });
    },
  );

  it("never answers: it holds up no job, and is left alone for a while", async () => {
    collector.setAnswer(() => undefined);
    expect(await score({ ...SAMPLE, name: "hangs" })).toMatchObject({ status: "completed" });
    await vi.waitFor(
      () => expect(worker.logs()).toMatch(/otlp\.failed[^}]*(Timeout|aborted)/),
      10_000,
    );
    const before = collector.exports.length;
    expect(await score({ ...SAMPLE, name: "after it" })).toMatchObject({ status: "completed" });
    expect(await score({ ...SAMPLE, name: "and again" })).toMatchObject({ status: "completed" });
    expect(collector.exports.length).toBe(before);
  });
});
