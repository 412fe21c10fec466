import * as z from "zod";
import { getRecentProject } from "../../access/recent-projects.ts";
import { type ChannelEvent, type EventName, LINES_OF_MANY } from "../../channels/notice.ts";
import { ChannelEventName } from "../../contract/channel.ts";
import { Interval, type Language } from "../../contract/outcome.ts";
import { metricInfo } from "../../reports/metric-info.ts";
import type { ToldRecord } from "../../storage/channel-messages.ts";
import { getJob } from "../../storage/jobs.ts";
import { getRun } from "../../storage/runs.ts";
import { listWorstSamples, type WorstOf } from "../../storage/worst-samples.ts";
import type { Said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import type { JobContext } from "../context.ts";

const Name: z.ZodType<EventName> = z.enum([
  ...ChannelEventName.options,
  "job.completed",
  "job.cancelled",
  "channel.test",
]);

/** What is stored with an event that is about no job, whichever it is. */
const Payload = z.object({
  metric: z.string().optional(),
  tag: z.string().nullish(),
  side: z.enum(["below", "above"]).optional(),
  threshold: z.number().optional(),
  n: z.number().optional(),
  mean: z.number().optional(),
  interval: Interval.nullish(),
  window_days: z.number().optional(),
  run_id: z.string().optional(),
  reason: z.custom<Said>().optional(),
  experiment_id: z.string().optional(),
  name: z.string().optional(),
});

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_WORST = 3;

/** The events of a message: one alone with all that is known, the first of many with their names, the rest to be counted. */
export async function loadEvents(
  context: JobContext,
  { project, language }: { project: string; language: Language },
  told: readonly ToldRecord[],
): Promise<ChannelEvent[]> {
  const known = await getRecentProject(context.home, project, context.now());
  const reader = {
    project,
    projectName: known?.name ?? project,
    keepsTexts: known?.storeText ?? false,
    language,
    isAlone: told.length === 1,
  };
  return Promise.all(
    told.map((record, at) => {
      const event = blankEvent(record, reader.projectName);
      if (at >= LINES_OF_MANY) return event;
      return record.payload === null
        ? withJob(context, reader, record, event)
        : withPayload(context, reader, Payload.parse(JSON.parse(record.payload)), event);
    }),
  );
}

interface Reader {
  project: string;
  projectName: string;
  keepsTexts: boolean;
  language: Language;
  /** The only one of its message, so there is room for what it rests on. */
  isAlone: boolean;
}

export function blankEvent(
  { event, createdAt }: Pick<ToldRecord, "event" | "createdAt">,
  project: string,
): ChannelEvent {
  return {
    name: Name.parse(event),
    at: createdAt,
    project,
    subject: null,
    metric: null,
    mean: null,
    interval: null,
    n: null,
    line: null,
    tag: null,
    why: null,
    worst: [],
    path: null,
  };
}

async function withJob(
  context: JobContext,
  { project, keepsTexts, language }: Reader,
  { jobId }: ToldRecord,
  event: ChannelEvent,
): Promise<ChannelEvent> {
  const job = await getJob(context.db, project, jobId);
  const question = keepsTexts ? job?.question : null;
  return {
    ...event,
    subject: job?.name || question || jobId,
    n: job?.total ?? null,
    why: job?.error ? say(job.error.message, language) : null,
    path: `/jobs/${encodeURIComponent(jobId)}`,
  };
}

async function withPayload(
  context: JobContext,
  reader: Reader,
  payload: z.infer<typeof Payload>,
  event: ChannelEvent,
): Promise<ChannelEvent> {
  const { metric, side, threshold, reason, run_id: runId } = payload;
  const title = metric === undefined ? null : metricInfo(metric).title[reader.language];
  const run = runId === undefined ? null : await getRun(context.db, reader.project, runId);
  const ofRun = metric === undefined ? undefined : run?.metrics[metric];
  const about = { metric, side, windowDays: payload.window_days, tag: payload.tag ?? null, runId };
  return {
    ...event,
    subject:
      payload.name ??
      (run === null ? title : run.name || (reader.keepsTexts && run.question) || run.id),
    metric: title,
    mean: payload.mean ?? ofRun?.mean ?? null,
    interval: payload.interval ?? ofRun?.interval ?? null,
    n: payload.n ?? run?.totalSamples ?? null,
    line: side === undefined || threshold === undefined ? null : { side, threshold },
    tag: payload.tag || null,
    why: reason === undefined ? null : say(reason, reader.language),
    worst: reader.isAlone ? await findWorst(context, reader, about, event.at) : [],
    path: pathOf(payload),
  };
}

function pathOf({ experiment_id: experiment, run_id: run }: z.infer<typeof Payload>): string {
  if (experiment !== undefined) return `/experiments/${encodeURIComponent(experiment)}`;
  return run === undefined ? "/runs" : `/runs/${encodeURIComponent(run)}`;
}

/** What a mean suffers from, to be looked at first. */
async function findWorst(
  context: JobContext,
  { project, keepsTexts }: Reader,
  about: Pick<z.infer<typeof Payload>, "metric" | "side"> & {
    windowDays: number | undefined;
    tag: string | null;
    runId: string | undefined;
  },
  at: number,
): Promise<ChannelEvent["worst"]> {
  const { metric, side, windowDays, tag, runId } = about;
  if (metric === undefined) return [];
  const from: WorstOf["from"] =
    runId === undefined ? { since: at - (windowDays ?? 1) * DAY_MS, tag } : { runId };
  const isHigherWorse =
    side === undefined ? metricInfo(metric).direction === "lower" : side === "above";
  const found = await listWorstSamples(
    context.db,
    { project, metric, isHigherWorse, from },
    MOST_WORST,
  );
  return found.map(({ question, ...sample }) => ({
    ...sample,
    question: keepsTexts ? question || null : null,
  }));
}
