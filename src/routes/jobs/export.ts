import { clientOf, type Http } from "../../http/http-context.ts";
import { boundAt } from "../../http/list-filter.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { streamText } from "../../http/stream-text.ts";
import { readEvidenceLines, readSampleTexts } from "../../jobs/report/read-texts.ts";
import { listJobsAfter, listRunsUpTo } from "../../storage/export-rows.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getJob } from "../../storage/jobs.ts";
import { listReportRows, type ReportRow, type RowSource } from "../../storage/report-rows.ts";
import { listReviewsOfRuns } from "../../storage/reviews.ts";
import { readReportText } from "../../storage/run-artifacts.ts";
import { sayFailure } from "../../words/say.ts";
import { isoTime, viewJob } from "./job-view.ts";
import type { JOB_ROUTES } from "./routes.ts";

const JOBS_PER_PAGE = 50;
const ROWS_PER_PAGE = 500;
const TEXTS_AT_ONCE = 25;
/** Objects one answer reads, half of what the platform lets a request do; a batch is not cut apart. */
const MOST_OBJECTS = 5000;

export const EXPORT_HANDLERS = {
  export_project(http, { query: { from, to, after } }) {
    const first = after ?? boundAt("job", from) ?? "job_";
    const before = boundAt("job", to) ?? "job_~";
    const lines = exportProject(http, { after: first, before });
    return http.body(streamText(lines), 200, {
      "Content-Type": "application/x-ndjson; charset=utf-8",
      "Content-Disposition": `attachment; filename="${http.get("caller").project}.jsonl"`,
    });
  },
} satisfies Partial<Handlers<typeof JOB_ROUTES>>;

/**
 * All of a project, page by page, never more than a few texts at once. The last line says where the next answer goes
 * on; an answer without it was cut off.
 */
async function* exportProject(
  http: Http,
  { after, before }: { after: string; before: string },
): AsyncGenerator<string> {
  const { db } = http.get("jobs");
  const { project } = http.get("caller");
  const read = { objects: 0 };
  for (let place = after; ; ) {
    const jobs = await listJobsAfter(db, project, { after: place, before }, JOBS_PER_PAGE);
    yield jobs.map((job) => lineOf("job", viewJob(job, clientOf(http)))).join("");
    yield* exportSamples(http, jobs, read);
    const last = jobs.at(-1)?.id ?? place;
    yield* exportReports(http, { after: place, last }, read);
    place = last;
    const isAll = jobs.length < JOBS_PER_PAGE;
    if (!isAll && read.objects < MOST_OBJECTS) continue;
    yield lineOf("end", { next: isAll ? null : place });
    return;
  }
}

const lineOf = (type: string, value: object) => `${JSON.stringify({ type, ...value })}\n`;

/** Jobs of one sample together, batches each by itself. */
async function* exportSamples(
  http: Http,
  jobs: readonly JobRecord[],
  read: { objects: number },
): AsyncGenerator<string> {
  const { db } = http.get("jobs");
  const { project } = http.get("caller");
  const [first, last] = [jobs.at(0)?.id, jobs.at(-1)?.id];
  if (first === undefined || last === undefined) return;
  const batches = jobs.filter(({ kind }) => kind === "batch");
  const sources: RowSource[] = [
    { kind: "singles", project, first, last },
    ...batches.map(({ id }) => ({ kind: "job", project, jobId: id }) as const),
  ];
  for (const source of sources) {
    for (let row: ReportRow | null = null; ; ) {
      const rows: ReportRow[] = await listReportRows(db, source, row, ROWS_PER_PAGE);
      for (let from = 0; from < rows.length; from += TEXTS_AT_ONCE) {
        const group = rows.slice(from, from + TEXTS_AT_ONCE);
        read.objects += new Set(
          group.map(({ evidence, inputKey }) => evidence?.key ?? inputKey),
        ).size;
        const written = (await readWithEvidence(http, group)).map(({ row: one, line }) =>
          viewSampleLine(http, one, line),
        );
        yield (await Promise.all(written)).join("");
      }
      row = rows.at(-1) ?? null;
      if (rows.length < ROWS_PER_PAGE) break;
    }
  }
}

/** Without those whose job was deleted since their rows were read. */
async function readWithEvidence(
  http: Http,
  rows: readonly ReportRow[],
): Promise<{ row: ReportRow; line: string | null }[]> {
  const { db, bucket } = http.get("jobs");
  try {
    const lines = await readEvidenceLines(bucket, rows);
    return rows.map((row, at) => ({ row, line: lines[at] ?? null }));
  } catch (error) {
    const { project } = http.get("caller");
    const jobs = await Promise.all(rows.map(({ jobId }) => getJob(db, project, jobId)));
    const left = rows.filter((_, at) => jobs[at] !== null);
    if (left.length === rows.length) throw error;
    return readWithEvidence(http, left);
  }
}

/** As `GET …/samples/{id}` answers, with its evidence as it is stored; a job that was never judged has its texts instead. */
async function viewSampleLine(http: Http, row: ReportRow, line: string | null): Promise<string> {
  const { reader } = clientOf(http);
  const head = JSON.stringify({
    type: "sample",
    job_id: row.jobId,
    run_id: row.runId,
    sample_id: row.sampleId,
    question: row.question,
    answer: row.answer,
    tags: row.tags,
    scores: row.scores,
    outcomes: row.outcomes,
    weighted_score: row.weightedScore,
    cause: row.cause,
    worst_metric: row.worstMetric,
    feedback: row.feedback,
    error: sayFailure(row.error, reader),
    ...(line === null ? { texts: await readSampleTexts(http.get("jobs").bucket, row) } : {}),
  });
  return `${head.slice(0, -1)},"evidence":${line?.trim() ?? "null"}}\n`;
}

/** Reports, and what people said of their samples. */
async function* exportReports(
  http: Http,
  jobs: { after: string; last: string },
  read: { objects: number },
): AsyncGenerator<string> {
  const { db, bucket } = http.get("jobs");
  const { project } = http.get("caller");
  const [after, last] = [jobs.after, jobs.last].map((id) => id.replace(/^job_/, "run_"));
  if (after === undefined || last === undefined) return;
  const runs = await listRunsUpTo(db, project, { after, last });
  const reviews = await listReviewsOfRuns(db, project, { first: after, last });
  for (const run of runs) {
    read.objects += 1;
    const report = await readReportText(bucket, run);
    yield `{"type":"report","run_id":"${run.id}","report":${report ?? "null"}}\n`;
    for (const review of reviews.get(run.id) ?? []) {
      const { sampleId, claimId, reviewedAt, opinion, verdict, note, reviewer } = review;
      const ids = { run_id: run.id, sample_id: sampleId, claim_id: claimId || null };
      const word = { opinion, verdict, note, reviewer, reviewed_at: isoTime(reviewedAt) };
      yield lineOf("review", { ...ids, ...word });
    }
  }
}
