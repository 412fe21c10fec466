import { ARTIFACT_NAMES, type ArtifactName, LIMITS, type Report } from "../contract.ts";
import { INSIGHT_LIMITS } from "../contract-limits.ts";
import { AppError } from "../errors.ts";
import { parseEvidence } from "../jobs/report/read-texts.ts";
import { isMetricName } from "../metric-names.ts";
import { partOfEvidence } from "../reports/part-of-evidence.ts";
import { reportPeople } from "../reports/people.ts";
import { getEvidenceText } from "../storage/artifacts.ts";
import { listRuns, type RunFilter } from "../storage/list-runs.ts";
import { listReviews } from "../storage/reviews.ts";
import { openArtifact } from "../storage/run-artifacts.ts";
import { getReportText, getRun, type RunSummary } from "../storage/runs.ts";
import { getSample, listSamples, type SampleFilter } from "../storage/samples.ts";
import type { Http } from "./http-context.ts";
import { readTag, readTime } from "./list-filter.ts";
import { cutPage, linkNextPage, readPage } from "./page.ts";
import { viewRunRows } from "./run-rows.ts";

/** `GET /api/runs` */
export async function getRuns(http: Http): Promise<Response> {
  const filter = readRunFilter(http);
  const filterText = `runs ${JSON.stringify(filter)}`;
  const page = readPage(http, filterText);
  const found = await listRuns(http.get("jobs").db, http.get("caller").project, filter, page);
  const { items, next_cursor, has_more } = cutPage(
    found.runs,
    page,
    filterText,
    (run) => run.id,
    found.searchedTo,
  );
  linkNextPage(http, next_cursor);
  return http.json({ runs: await viewRunRows(http, items), next_cursor, has_more });
}

/** `GET /api/runs/{run_id}`: the report, as it was written; with what people said of it, if anybody did. */
export async function getOneRun(http: Http): Promise<Response> {
  const id = runIdOf(http);
  const { db } = http.get("jobs");
  const { project } = http.get("caller");
  const report = await getReportText(db, project, id);
  if (report === null) throw runNotFound(id);
  const reviews = await listReviews(db, { project, runId: id }, null);
  const headers = { "Content-Type": "application/json; charset=utf-8" };
  if (reviews.length === 0) return http.body(report, 200, headers);
  const written = JSON.parse(report) as Report;
  return http.json({ ...written, people: reportPeople(written, reviews) });
}

/** `GET /api/runs/{run_id}/samples` */
export async function getSamples(http: Http): Promise<Response> {
  const { db } = http.get("jobs");
  const { project } = http.get("caller");
  const run = await findRun(http);
  const filter = readSampleFilter(http);
  const filterText = JSON.stringify({ run: run.id, ...filter });
  const page = readPage(http, filterText);
  const offset = Number(page.before ?? 0);
  const rows = await listSamples(db, project, run.id, filter, { limit: page.limit, offset });
  const { items, next_cursor, has_more } = cutPage(rows, page, filterText, () =>
    String(offset + page.limit),
  );
  linkNextPage(http, next_cursor);
  return http.json({ samples: items, next_cursor, has_more });
}

/** Stored evidence up to this length is answered as it is. */
const WHOLE_BYTES = 128 * 1024;

/** `GET /api/runs/{run_id}/samples/{sample_id}`: one sample with its evidence; of a long one the beginning. */
export async function getOneSample(http: Http): Promise<Response> {
  const { db, bucket } = http.get("jobs");
  const run = await findRun(http);
  const sampleId = http.req.param("sample_id") ?? "";
  const found = await getSample(db, http.get("caller").project, run.id, sampleId);
  if (!found)
    throw new AppError("not_found", `Sample not found in this run: ${sampleId.slice(0, 100)}`);
  const most = readSentences(http);
  const range = { offset: found.evidenceOffset, length: found.evidenceLength };
  const text = found.evidenceKey ? await getEvidenceText(bucket, found.evidenceKey, range) : null;
  if (text !== null && (most !== null || range.length > WHOLE_BYTES)) {
    const part = partOfEvidence(parseEvidence(text), most ?? INSIGHT_LIMITS.sentences);
    return http.json({ sample: found.sample, ...part });
  }
  // The evidence is JSON already; parsing it only to write it again would cost time for nothing.
  const evidence = text?.trim() || "null";
  const body = `{"sample":${JSON.stringify(found.sample)},"evidence":${evidence},"more":null}`;
  return http.body(body, 200, { "Content-Type": "application/json; charset=utf-8" });
}

/** `GET /api/runs/{run_id}/artifacts/{name}`; `?download=1` saves it as a file. */
export async function getRunArtifact(http: Http): Promise<Response> {
  const name = http.req.param("name") ?? "";
  if (!isArtifactName(name)) {
    throw new AppError("not_found", `No such artifact. There are: ${ARTIFACT_NAMES.join(", ")}.`);
  }
  const run = await findRun(http);
  const artifact = await openArtifact(http.get("jobs").bucket, run, name, http.req.raw.headers);
  if (!artifact) throw new AppError("not_found", `The artifact ${name} of this run is gone.`);
  const headers = new Headers({ ETag: artifact.etag, "Cache-Control": "private, no-cache" });
  if (artifact.body === null) return new Response(null, { status: 304, headers });
  headers.set("Content-Type", artifact.contentType);
  headers.set("Content-Length", String(artifact.size));
  if (http.req.query("download")) {
    headers.set("Content-Disposition", `attachment; filename="${run.id}-${name}"`);
  }
  return new Response(artifact.body, { headers });
}

function isArtifactName(name: string): name is ArtifactName {
  const names: readonly string[] = ARTIFACT_NAMES;
  return names.includes(name);
}

async function findRun(http: Http): Promise<RunSummary> {
  const id = runIdOf(http);
  const run = await getRun(http.get("jobs").db, http.get("caller").project, id);
  if (run) return run;
  throw runNotFound(id);
}

function runIdOf(http: Http): string {
  return http.req.param("run_id") ?? "";
}

function runNotFound(id: string): AppError {
  return new AppError("not_found", `Run not found: ${id.slice(0, 100)}`);
}

function readRunFilter(http: Http): RunFilter {
  const query = (name: string) => http.req.query(name)?.trim().slice(0, 300) || null;
  const tag = query("tag");
  return {
    tag: tag === null ? null : readTag(tag),
    sessionId: query("session_id"),
    judge: query("judge"),
    fromId: readTime("run", query("from"), "from"),
    toId: readTime("run", query("to"), "to"),
  };
}

function readSampleFilter(http: Http): SampleFilter {
  const sort = readSampleValue(http, "sort");
  const order = http.req.query("order");
  return {
    sort,
    // Of gains the greatest are looked for, of scores the lowest.
    descending: order === "desc" || (sort === "gain" && order !== "asc"),
    cause: http.req.query("cause") || null,
    metric: readSampleValue(http, "metric"),
    below: readNumber(http.req.query("below"), "below"),
    above: readNumber(http.req.query("above"), "above"),
    q: http.req.query("q")?.trim().slice(0, LIMITS.previewCharacters) || null,
  };
}

/** What a sample has a number for. */
function readSampleValue(http: Http, field: "sort" | "metric"): string | null {
  const name = http.req.query(field) || null;
  if (name === null || isMetricName(name) || name === "gain" || name === "weighted_score") {
    return name;
  }
  throw new AppError(
    "invalid_request",
    `\`${field}\` must be \`gain\`, \`weighted_score\` or the name of a metric; see GET /api/metrics.`,
    { errors: [{ pointer: `#/${field}`, detail: "Not a metric." }] },
  );
}

/** How much of each text is asked for; null: as much as is usual. */
function readSentences(http: Http): number | null {
  const text = http.req.query("sentences");
  if (text === undefined || text === "") return null;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1)
    return Math.min(number, INSIGHT_LIMITS.sentencesAtMost);
  throw new AppError(
    "invalid_request",
    `\`sentences\` must be a whole number from 1 to ${INSIGHT_LIMITS.sentencesAtMost}.`,
    { errors: [{ pointer: "#/sentences", detail: "Not such a number." }] },
  );
}

function readNumber(text: string | undefined, field: string): number | null {
  if (text === undefined || text === "") return null;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  throw new AppError("invalid_request", `\`${field}\` must be a number.`, {
    errors: [{ pointer: `#/${field}`, detail: "Not a number." }],
  });
}
