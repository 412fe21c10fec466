import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { utcDay } from "../../access/quota.ts";
import type { RedactKind } from "../../contract/access.ts";
import { TraceSettings } from "../../contract/trace.ts";
import { putInput } from "../../storage/artifacts.ts";
import { addCounts, keepParts, noteTest, tracePartKey } from "../../storage/traces.ts";
import type { Kept as KeptSpans } from "../../traces/keep-spans.ts";
import type { Observation } from "../../traces/observation.ts";
import { redactObservation } from "../../traces/redact-observation.ts";
import type { JobContext } from "../context.ts";
import { tryWake } from "../wake.ts";
import { FIRST_LOOK_MS } from "./pace.ts";

/** D1 takes so many statements at once; each trace needs two. */
const TRACES_AT_ONCE = 40;
/** A row holds 2 MB, and a character takes up to three bytes. */
const LONGEST_ROW_CHARACTERS = 500_000;

export interface Receiver {
  project: string;
  submittedBy: string;
  settings: { redact: readonly RedactKind[]; traces: TraceSettings | null };
}

/** As a new project has it. */
export function traceSettings(settings: { traces: TraceSettings | null }): TraceSettings {
  return settings.traces ?? TraceSettings.parse({});
}

/**
 * Keeps what a request brought: a row for each of its traces, and a message that looks at the trace when it may be
 * complete. False: the project has too many traces open, so the sender must come again.
 */
export async function receiveSpans(
  context: JobContext,
  receiver: Receiver,
  kept: KeptSpans,
  invalid: number,
): Promise<boolean> {
  const { project } = receiver;
  const now = context.now();
  const day = utcDay(now);
  if (kept.isTest) await noteTest(context.db, project, now);
  const counts: Record<string, number> = { ...kept.dropped, invalid };
  let isRefused = false;
  const traces = [...kept.traces];
  for (let from = 0; from < traces.length; from += TRACES_AT_ONCE) {
    const group = traces.slice(from, from + TRACES_AT_ONCE);
    const arrivals = await Promise.all(group.map((trace) => arrivalOf(context, receiver, trace)));
    const { bytes_per_day } = traceSettings(receiver.settings);
    const results = await keepParts(context.db, arrivals, { day, bytesPerDay: bytes_per_day });
    for (const { kept: outcome } of results) {
      if (outcome === "refused") isRefused = true;
      else if (outcome !== "kept") counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
    const woken = arrivals.filter((_, at) => results[at]?.wakes);
    await tryWake(
      context,
      woken.map(({ part, dueAt }) => ({
        message: { kind: "trace", project, id: part.traceId } as const,
        delaySeconds: Math.ceil((dueAt - now) / 1000),
      })),
    );
  }
  const counted = Object.entries(counts).filter(([, count]) => count > 0);
  if (counted.length > 0) await addCounts(context.db, project, day, Object.fromEntries(counted));
  return !isRefused;
}

async function arrivalOf(
  context: JobContext,
  { project, submittedBy, settings }: Receiver,
  [traceId, spans]: readonly [string, readonly Observation[]],
) {
  const body = spans.map((span) => redactObservation(span, settings.redact, traceId));
  const text = JSON.stringify(body);
  const id = bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 12));
  const isLong = text.length > LONGEST_ROW_CHARACTERS;
  if (isLong) await putInput(context.bucket, tracePartKey(project, traceId, id), text);
  const arrivedAt = context.now();
  const part = { project, traceId, id, arrivedAt, spans: body.length, bytes: text.length };
  return {
    part: { ...part, body: isLong ? null : body },
    submittedBy,
    dueAt: arrivedAt + FIRST_LOOK_MS,
    reopens: body.some(({ contexts }) => contexts != null),
  };
}
