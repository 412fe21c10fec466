import {
  ARTIFACT_NAMES,
  type ArtifactName,
  type Report,
  type RunPage,
  type SampleDetail,
  type SamplePage,
} from "../../contract.ts";
import type { ReviewedReport } from "../../contract-insight.ts";
import { INSIGHT_LIMITS } from "../../contract-limits.ts";
import { AppError } from "../../errors.ts";
import { chooseRange } from "../../http/byte-range.ts";
import type { Http } from "../../http/http-context.ts";
import { boundAt, readTag } from "../../http/list-filter.ts";
import { cutPage, readPage } from "../../http/page.ts";
import type { Input } from "../../http/serve-routes.ts";
import { parseEvidence } from "../../jobs/report/read-texts.ts";
import { partOfEvidence } from "../../reports/part-of-evidence.ts";
import { reportPeople } from "../../reports/people.ts";
import type { ByteRange, WholeArtifact } from "../../storage/artifact-pack.ts";
import { getEvidenceText } from "../../storage/artifacts.ts";
import { listRuns, type RunFilter } from "../../storage/list-runs.ts";
import { listReviews } from "../../storage/reviews.ts";
import { openArtifact } from "../../storage/run-artifacts.ts";
import { getReportText, getRun, type RunSummary } from "../../storage/runs.ts";
import { getSample, listSamples, type SampleFilter } from "../../storage/samples.ts";
import type { RUN_ROUTES } from "./routes.ts";
import { viewRunRows } from "./run-rows.ts";

/** `GET /api/runs` */
export async function getRuns(
  http: Http,
  { query }: Input<typeof RUN_ROUTES.list_runs>,
): Promise<RunPage> {
  const filter: RunFilter = {
    tag: readTag(query.tag),
    sessionId: query.session_id ?? null,
    judge: query.judge ?? null,
    fromId: boundAt("run", query.from),
    toId: boundAt("run", query.to),
  };
  const page = readPage(query, `runs ${JSON.stringify(filter)}`, "run");
  const found = await listRuns(http.get("jobs").db, http.get("caller").project, filter, page);
  const { items, ...pages } = cutPage(http, found.runs, page, (run) => run.id, found.searchedTo);
  return { runs: await viewRunRows(http, items), ...pages };
}

/** `GET /api/runs/{run_id}`: the report, as it was written; with what people said of it, if anybody did. */
export async function getOneRun(
  http: Http,
  { params: { run_id: id } }: Input<typeof RUN_ROUTES.get_report>,
): Promise<ReviewedReport | Response> {
  const { db } = http.get("jobs");
  const { project } = http.get("caller");
  const report = await getReportText(db, project, id);
  if (report === null) throw runNotFound(id);
  const reviews = await listReviews(db, { project, runId: id }, null);
  const headers = { "Content-Type": "application/json; charset=utf-8" };
  if (reviews.length === 0) return http.body(report, 200, headers);
  const written = JSON.parse(report) as Report;
  return { ...written, people: reportPeople(written, reviews) };
}

/** `GET /api/runs/{run_id}/samples` */
export async function getSamples(
  http: Http,
  { params, query }: Input<typeof RUN_ROUTES.list_samples>,
): Promise<SamplePage> {
  const { db } = http.get("jobs");
  const { project } = http.get("caller");
  const run = await findRun(http, params);
  const { sort = null, order } = query;
  const filter: SampleFilter = {
    sort,
    // Of gains the greatest are looked for, of scores the lowest.
    descending: order === "desc" || (sort === "gain" && order !== "asc"),
    cause: query.cause ?? null,
    metric: query.metric ?? (sort === "feedback" ? "weighted_score" : null),
    below: query.below ?? null,
    above: query.above ?? null,
    q: query.q ?? null,
    sessionId: query.session_id ?? null,
  };
  const page = readPage(query, JSON.stringify({ run: run.id, ...filter }), "row");
  const offset = Number(page.before ?? 0);
  const rows = await listSamples(db, project, run.id, filter, { limit: page.limit, offset });
  const { items, ...pages } = cutPage(http, rows, page, () => String(offset + page.limit));
  return { samples: items, ...pages };
}

/** Stored evidence up to this length is answered as it is. */
const WHOLE_BYTES = 128 * 1024;

/** `GET /api/runs/{run_id}/samples/{sample_id}`: one sample with its evidence; of a long one the beginning. */
export async function getOneSample(
  http: Http,
  { params, query: { sentences: most } }: Input<typeof RUN_ROUTES.get_sample>,
): Promise<SampleDetail | Response> {
  const { db, bucket } = http.get("jobs");
  const run = await findRun(http, params);
  const sampleId = params.sample_id;
  const found = await getSample(db, http.get("caller").project, run.id, sampleId);
  if (!found)
    throw new AppError("not_found", `Sample not found in this run: ${sampleId.slice(0, 100)}`);
  const range = { offset: found.evidenceOffset, length: found.evidenceLength };
  const text = found.evidenceKey ? await getEvidenceText(bucket, found.evidenceKey, range) : null;
  if (text !== null && (most !== undefined || range.length > WHOLE_BYTES)) {
    const part = partOfEvidence(parseEvidence(text), most ?? INSIGHT_LIMITS.sentences);
    return { sample: found.sample, ...part };
  }
  // The evidence is JSON already; parsing it only to write it again would cost time for nothing.
  const evidence = text?.trim() || "null";
  const body = `{"sample":${JSON.stringify(found.sample)},"evidence":${evidence},"more":null}`;
  return http.body(body, 200, { "Content-Type": "application/json; charset=utf-8" });
}

/** `GET /api/runs/{run_id}/artifacts/{name}`; `?download=1` saves it as a file. */
export async function getRunArtifact(
  http: Http,
  { params, query: { download } }: Input<typeof RUN_ROUTES.get_artifact>,
): Promise<Response> {
  const { name } = params;
  if (!isArtifactName(name)) {
    throw new AppError("not_found", `No such artifact. There are: ${ARTIFACT_NAMES.join(", ")}.`);
  }
  const run = await findRun(http, params);
  const { bucket } = http.get("jobs");
  const asked = http.req.raw.headers;
  const artifact = await openArtifact(bucket, run, name, asked, (whole) => choosePart(http, whole));
  if (!artifact) throw new AppError("not_found", `The artifact ${name} of this run is gone.`);
  const { etag, contentType, size, part, body } = artifact;
  const headers = new Headers({ ETag: etag, "Cache-Control": "private, no-cache" });
  if (body === null) return new Response(null, { status: 304, headers });
  headers.set("Content-Type", contentType);
  headers.set("Content-Length", String(part?.length ?? size));
  headers.set("Accept-Ranges", "bytes");
  if (part) {
    const last = part.offset + part.length - 1;
    headers.set("Content-Range", `bytes ${part.offset}-${last}/${size}`);
  }
  if (download) {
    headers.set("Content-Disposition", `attachment; filename="${run.id}-${name}"`);
  }
  if (http.req.method === "HEAD") {
    await body.cancel();
    return new Response(null, { headers });
  }
  return new Response(body, { status: part ? 206 : 200, headers });
}

/** @throws AppError `range_not_satisfiable` */
function choosePart(http: Http, whole: WholeArtifact): ByteRange | null {
  if (http.req.method !== "GET") return null;
  const range = chooseRange(http.req.raw.headers, whole);
  if (range !== "unsatisfiable") return range;
  throw new AppError("range_not_satisfiable", `This file has ${whole.size} bytes.`, {
    headers: { "Content-Range": `bytes */${whole.size}` },
  });
}

function isArtifactName(name: string): name is ArtifactName {
  const names: readonly string[] = ARTIFACT_NAMES;
  return names.includes(name);
}

export async function findRun(http: Http, { run_id: id }: { run_id: string }): Promise<RunSummary> {
  const run = await getRun(http.get("jobs").db, http.get("caller").project, id);
  if (run) return run;
  throw runNotFound(id);
}

function runNotFound(id: string): AppError {
  return new AppError("not_found", `Run not found: ${id.slice(0, 100)}`);
}
