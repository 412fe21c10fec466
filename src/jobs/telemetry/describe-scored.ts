import type { Outcomes } from "../../contract/outcome.ts";
import type { JudgeCall } from "../../scoring/judge.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { runIdOf } from "../ids.ts";
import type { ScoredOne } from "../score-one.ts";
import {
  type LogEvent,
  providerOf,
  readTraceContext,
  type Span,
  spanIdOf,
  type TraceContext,
} from "./otlp.ts";

/** A sample that was scored, as telemetry tells of it: numbers, names and ids, never a judged text. */
export interface ScoredTelemetry {
  sampleId: string;
  seq: number;
  attempt: number;
  outcomes: Outcomes;
  weightedScore: number | null;
  cause: string | null;
  judge: string;
  judgeModel: string | null;
  calls: readonly JudgeCall[];
  startMs: number;
  endMs: number;
}

/**
 * One span a sample and one a judge call, and per metric the event `gen_ai.evaluation.result`. Events hang on the
 * caller's span, which is what was evaluated; without one, on the sample's.
 */
export async function describeScored(
  job: JobRecord,
  scored: ScoredTelemetry,
  judgeUrl: string,
): Promise<{ spans: Span[]; events: LogEvent[] }> {
  const trace = await readTraceContext(job.traceparent, job.id);
  const spanId = await spanIdOf(job.id, scored.seq, scored.attempt);
  const ids = {
    "touchstone.job.id": job.id,
    "touchstone.run.id": job.sessionId === null ? runIdOf(job.id) : null,
    "touchstone.sample.id": scored.sampleId,
    "gen_ai.conversation.id": job.sessionId,
  };
  const sample: Span = {
    traceId: trace.traceId,
    spanId,
    parentSpanId: trace.parentSpanId,
    name: "evaluate",
    kind: "internal",
    startMs: scored.startMs,
    endMs: scored.endMs,
    attributes: {
      ...ids,
      "touchstone.judge": scored.judge,
      "touchstone.cause": scored.cause,
      "touchstone.score.weighted": scored.weightedScore,
      ...Object.fromEntries(
        Object.entries(scored.outcomes).map(([metric, { value }]) => [
          `touchstone.score.${metric}`,
          value,
        ]),
      ),
    },
    error: null,
  };
  const calls = trace.isSampled ? await callSpans(trace, spanId, scored.calls, judgeUrl) : [];
  const events = Object.entries(scored.outcomes).map(([metric, outcome]): LogEvent => {
    const isFailed = outcome.status === "failed";
    return {
      traceId: trace.traceId,
      spanId: trace.parentSpanId ?? spanId,
      name: "gen_ai.evaluation.result",
      atMs: scored.endMs,
      severity: isFailed ? "warn" : "info",
      attributes: {
        "gen_ai.evaluation.name": metric,
        "gen_ai.evaluation.score.value": outcome.value,
        "gen_ai.evaluation.score.label": outcome.status === "scored" ? null : outcome.status,
        "error.type": isFailed ? (outcome.reason ?? "_OTHER") : null,
        "touchstone.reason": outcome.reason,
        "touchstone.method": outcome.method,
        "touchstone.interval.low": outcome.interval?.[0],
        "touchstone.interval.high": outcome.interval?.[1],
        "touchstone.judge": scored.judge,
        "gen_ai.request.model": scored.judgeModel,
        ...ids,
      },
    };
  });
  return { spans: trace.isSampled ? [sample, ...calls] : [], events };
}

function callSpans(
  trace: TraceContext,
  parentSpanId: string,
  calls: readonly JudgeCall[],
  judgeUrl: string,
): Promise<Span[]> {
  const server = new URL(judgeUrl);
  return Promise.all(
    calls.map(
      async (call, at): Promise<Span> => ({
        traceId: trace.traceId,
        spanId: await spanIdOf(parentSpanId, at),
        parentSpanId,
        name: `${call.operation} ${call.model}`,
        kind: "client",
        startMs: call.startedAt,
        endMs: call.endedAt,
        attributes: {
          "gen_ai.operation.name": call.operation,
          "gen_ai.provider.name": providerOf(server.hostname),
          "gen_ai.request.model": call.model,
          "gen_ai.usage.input_tokens": call.promptTokens,
          "gen_ai.usage.output_tokens": call.operation === "chat" ? call.completionTokens : null,
          "server.address": server.hostname,
          "server.port": Number(server.port) || (server.protocol === "https:" ? 443 : 80),
          "error.type": call.error,
          "touchstone.task": call.task,
        },
        error: call.error,
      }),
    ),
  );
}

/** What telemetry tells of a scored sample; its evidence, which holds the texts, is left behind here. */
export function toTelemetry(
  { result, chosen, startMs, endMs }: ScoredOne,
  { seq, attempt }: { seq: number; attempt: number },
): ScoredTelemetry {
  return {
    sampleId: result.evidence.id,
    seq,
    attempt,
    outcomes: result.outcomes,
    weightedScore: result.weightedScore,
    cause: result.evidence.cause,
    judge: chosen.judge.name,
    judgeModel: chosen.model,
    calls: result.calls ?? [],
    startMs,
    endMs,
  };
}
