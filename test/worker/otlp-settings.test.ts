import { describe, expect, test } from "vitest";
import { readConfiguration } from "../../src/config.ts";

describe("settings of the OpenTelemetry export", () => {
  const read = (more: object) => readConfiguration({ ACCESS_MODE: "open", ...more } as never);

  test("endpoint and headers", () => {
    expect(read({})).toMatchObject({ settings: { otlp: null } });
    const found = read({
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://c.example/otlp/",
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20YWI6Y2Q=, x-a = b c,",
      OTEL_SERVICE_NAME: "评测",
    });
    expect(found).toMatchObject({
      settings: {
        otlp: {
          endpoint: "https://c.example/otlp",
          headers: { authorization: "Basic YWI6Y2Q=", "x-a": "b c" },
          serviceName: "评测",
        },
      },
    });
  });

  test.each([
    { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" },
    { OTEL_EXPORTER_OTLP_ENDPOINT: "ftp://x" },
    { OTEL_EXPORTER_OTLP_HEADERS: "no-value" },
    { OTEL_EXPORTER_OTLP_HEADERS: "a b=c" },
    { OTEL_EXPORTER_OTLP_HEADERS: "a=b\r\nx: y" },
  ])("a mistake is told without its value: %o", (wrong) => {
    const found = read(wrong);
    expect(found.ok).toBe(false);
    if (!found.ok) expect(found.mistakes.join(" ")).toContain(Object.keys(wrong)[0]);
    if (!found.ok) expect(found.mistakes.join(" ")).not.toContain(Object.values(wrong)[0]);
  });
});
