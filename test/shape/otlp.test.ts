import { describe, expect, test } from "vitest";
import {
  encodeEvents,
  encodeSpans,
  providerOf,
  readTraceContext,
  spanIdOf,
} from "../../src/jobs/telemetry/otlp.ts";

const SOURCE = { serviceName: "评测", version: "1" };
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";

describe("OTLP as JSON", () => {
  test("64-bit numbers are text, scores doubles, counts integers, what is not known is left out", () => {
    const text = encodeSpans(SOURCE, [
      {
        traceId: TRACE,
        spanId: SPAN,
        parentSpanId: null,
        name: "chat m",
        kind: "client",
        startMs: 1_700_000_000_000,
        endMs: 1_700_000_000_250,
        attributes: { "gen_ai.usage.input_tokens": 12, "touchstone.score.x": 1, gone: null },
        error: "content_filter",
      },
    ]);
    const [resource] = JSON.parse(text).resourceSpans;
    expect(resource.resource.attributes[0]).toEqual({
      key: "service.name",
      value: { stringValue: "评测" },
    });
    expect(resource.scopeSpans[0].spans).toEqual([
      {
        traceId: TRACE,
        spanId: SPAN,
        name: "chat m",
        kind: 3,
        startTimeUnixNano: "1700000000000000000",
        endTimeUnixNano: "1700000000250000000",
        attributes: [
          { key: "gen_ai.usage.input_tokens", value: { intValue: "12" } },
          { key: "touchstone.score.x", value: { doubleValue: 1 } },
        ],
        status: { code: 2, message: "content_filter" },
      },
    ]);
  });

  test("an event has its name where new and where older receivers look", () => {
    const event = {
      traceId: TRACE,
      spanId: SPAN,
      name: "gen_ai.evaluation.result",
      atMs: 5,
      severity: "warn",
      attributes: {},
    } as const;
    const [record] = JSON.parse(encodeEvents(SOURCE, [event])).resourceLogs[0].scopeLogs[0]
      .logRecords;
    expect(record).toMatchObject({ eventName: event.name, severityNumber: 13 });
    expect(record.attributes[0]).toEqual({
      key: "event.name",
      value: { stringValue: event.name },
    });
  });
});

describe("the trace of a job", () => {
  test("is the caller's", async () => {
    expect(await readTraceContext(`00-${TRACE}-${SPAN}-01`, "job_1")).toEqual({
      traceId: TRACE,
      parentSpanId: SPAN,
      isSampled: true,
    });
    expect((await readTraceContext(`00-${TRACE}-${SPAN}-00`, "job_1")).isSampled).toBe(false);
  });

  test.each([
    null,
    "",
    "00-1-2-01",
    `00-${"0".repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `ff-${TRACE}-${SPAN}-01`,
  ])("or else follows from the job: %s", async (traceparent) => {
    const own = await readTraceContext(traceparent, "job_1");
    expect(own).toMatchObject({ parentSpanId: null, isSampled: true });
    expect(own.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(own).toEqual(await readTraceContext(null, "job_1"));
    expect(own.traceId).not.toBe((await readTraceContext(null, "job_2")).traceId);
  });

  test("a span has the same id however often it is told", async () => {
    expect(await spanIdOf("job_1", 0, 1)).toBe(await spanIdOf("job_1", 0, 1));
    expect(await spanIdOf("job_1", 0, 1)).not.toBe(await spanIdOf("job_1", 0, 2));
    expect(await spanIdOf("a")).toMatch(/^[0-9a-f]{16}$/);
  });

  test("providers by their host", () => {
    expect(providerOf("api.openai.com")).toBe("openai");
    expect(providerOf("me.openai.azure.com")).toBe("azure.ai.openai");
    expect(providerOf("api.deepseek.com")).toBe("deepseek");
    expect(providerOf("evil-deepseek.com")).toBe("evil-deepseek.com");
  });
});
