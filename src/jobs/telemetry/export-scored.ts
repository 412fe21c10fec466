import { errorForLog } from "../../error-for-log.ts";
import { addressAt, operatorDestination } from "../../net/destination.ts";
import { drop } from "../../net/read-answer.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { APP_VERSION } from "../../version.ts";
import type { JobContext } from "../context.ts";
import { describeScored, type ScoredTelemetry } from "./describe-scored.ts";
import { encodeEvents, encodeSpans, type LogEvent, type Span } from "./otlp.ts";

/** All requests of one export together; what is not sent by then is not sent. */
const TIMEOUT_MS = 3000;
/** A consumer takes its next message when this one is over, so a collector that hangs is left alone for so long. */
const REST_MS = 60_000;
/** Spans or events in one request; collectors take about 4 MB. */
const MOST_IN_ONE = 1000;

/** In this isolate; another finds out for itself. */
let restingUntil = 0;

/**
 * Tells the collector of `OTEL_EXPORTER_OTLP_ENDPOINT` how samples came out. Called when their job has it already, and
 * nobody waits for it: a collector that is slow, away or broken costs a line in the log and nothing else.
 */
export function exportScored(
  context: JobContext,
  job: JobRecord,
  scored: readonly ScoredTelemetry[],
): void {
  const { otlp, openaiBaseUrl } = context.settings;
  if (otlp === null || scored.length === 0 || context.now() < restingUntil) return;
  const work = async () => {
    const described = await Promise.all(
      scored.map((one) => describeScored(job, one, openaiBaseUrl)),
    );
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const source = { serviceName: otlp.serviceName, version: APP_VERSION };
    const spans = described.flatMap((one) => one.spans);
    const events = described.flatMap((one) => one.events);
    const bodies = [
      ...portions<LogEvent>(events).map((part) => ["logs", encodeEvents(source, part)] as const),
      ...portions<Span>(spans).map((part) => ["traces", encodeSpans(source, part)] as const),
    ];
    const ends = await Promise.allSettled(
      bodies.map(([kind, body]) => send(context, otlp, kind, body, signal)),
    );
    if (signal.aborted) restingUntil = context.now() + REST_MS;
    for (const end of ends) if (end.status === "rejected") note(context, job, end.reason);
  };
  context.later(work().catch((error: unknown) => note(context, job, error)));
}

function portions<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / MOST_IN_ONE);
  return Array.from({ length: count }, (_, at) =>
    all.slice(at * MOST_IN_ONE, (at + 1) * MOST_IN_ONE),
  );
}

async function send(
  context: JobContext,
  otlp: NonNullable<JobContext["settings"]["otlp"]>,
  kind: "logs" | "traces",
  body: string,
  signal: AbortSignal,
): Promise<void> {
  const address = addressAt(operatorDestination(otlp.endpoint), `v1/${kind}`);
  const response = await context.outside.fetch(address.href, {
    method: "POST",
    headers: { ...otlp.headers, "Content-Type": "application/json" },
    body,
    signal,
    // The headers hold a key; it goes where it was meant to go and nowhere else.
    redirect: "manual",
  });
  await drop(response);
  if (!response.ok) throw new Error(`the collector answered ${response.status} to ${kind}`);
}

function note(context: JobContext, job: JobRecord, error: unknown): void {
  context.log({ event: "otlp.failed", job_id: job.id, error: errorForLog(error) });
}
