import { MATRIX_LIMITS } from "../../contract/comparison.ts";
import type { Report } from "../../contract/report.ts";
import { ARTIFACT_NAMES, type ArtifactName } from "../../contract/service.ts";
import { AppError } from "../../errors.ts";
import { chooseRange } from "../../http/byte-range.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import { boundAt, readTag } from "../../http/list-filter.ts";
import { cutPage, readPage } from "../../http/page.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { compareRuns } from "../../jobs/compare-runs.ts";
import { layRunsOut } from "../../jobs/run-matrix.ts";
import { retell } from "../../reports/advice/rules.ts";
import { reportPeople } from "../../reports/report/people.ts";
import type { ByteRange, WholeArtifact } from "../../storage/artifact-pack.ts";
import { listRuns, type RunFilter } from "../../storage/list-runs.ts";
import { listReviews } from "../../storage/reviews.ts";
import { openArtifact } from "../../storage/run-artifacts.ts";
import { getReportText } from "../../storage/runs.ts";
import { said } from "../../words/said.ts";
import { troubleOf } from "../service/trouble.ts";
import { findRun, runNotFound } from "./find-run.ts";
import type { RUN_ROUTES } from "./routes.ts";
import { viewRunRows } from "./run-rows.ts";

export const RUN_HANDLERS = {
  async list_runs(http, { query }) {
    const filter: RunFilter = {
      tag: readTag(query.tag),
      sessionId: query.session_id ?? null,
      judge: query.judge ?? null,
      search: query.q ?? null,
      isOfMany: query.singles === "no",
      fromId: boundAt("run", query.from),
      toId: boundAt("run", query.to),
    };
    const page = readPage(query, `runs ${JSON.stringify(filter)}`, "run");
    const [found, trouble] = await Promise.all([
      listRuns(http.get("jobs").db, http.get("caller").project, filter, page),
      troubleOf(http),
    ]);
    const { items, ...pages } = cutPage(http, found.runs, page, (run) => run.id, found.searchedTo);
    return { runs: await viewRunRows(http, items), ...pages, ...trouble };
  },

  /** The report as it was written, its advice in the reader's words; with what people said of it, if anybody did. */
  async get_report(http, { params: { run_id: id } }) {
    const { db } = http.get("jobs");
    const { project } = http.get("caller");
    const report = await getReportText(http.get("jobs"), project, id);
    if (report === null) throw runNotFound(id);
    const reviews = await listReviews(db, { project, runId: id }, null);
    const written = JSON.parse(report) as Report;
    const told = retell(written, readerOf(http) ?? written.language);
    return reviews.length === 0 ? told : { ...told, people: reportPeople(told, reviews) };
  },

  async get_artifact(http, { params, query: { download } }) {
    const { name } = params;
    if (!isArtifactName(name)) {
      throw new AppError(said("not_found.artifact", { names: ARTIFACT_NAMES.join(", ") }));
    }
    const run = await findRun(http, params);
    const { bucket } = http.get("jobs");
    const asked = http.req.raw.headers;
    const artifact = await openArtifact(bucket, run, name, asked, (whole) =>
      choosePart(http, whole),
    );
    if (!artifact) throw new AppError(said("not_found.artifact_gone", { name }));
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
  },

  async compare_runs(http, { query: { base, other, claims } }) {
    const wish = { withClaims: claims === "yes" };
    const compare = (id: string) =>
      compareRuns(http.get("jobs"), http.get("caller").project, base, id, wish);
    const first = await compare(other);
    const others = [];
    for (const id of othersOf(http).slice(1)) others.push(await compare(id));
    return others.length === 0 ? first : { ...first, others };
  },

  get_run_matrix(http, { query: { base, metric } }) {
    const runIds = [base, ...othersOf(http)];
    return layRunsOut(http.get("jobs"), http.get("caller").project, runIds, metric ?? null);
  },
} satisfies Partial<Handlers<typeof RUN_ROUTES>>;

/** Every `other` of the query, each once. */
function othersOf(http: Http): string[] {
  const given = (http.req.queries("other") ?? []).map((id) => id.trim()).filter(Boolean);
  return [...new Set(given)].slice(0, MATRIX_LIMITS.runs - 1);
}

/** @throws AppError `range_not_satisfiable` */
function choosePart(http: Http, whole: WholeArtifact): ByteRange | null {
  if (http.req.method !== "GET") return null;
  const range = chooseRange(http.req.raw.headers, whole);
  if (range !== "unsatisfiable") return range;
  throw new AppError(said("range_not_satisfiable.file", { bytes: whole.size }), {
    headers: { "Content-Range": `bytes */${whole.size}` },
  });
}

function isArtifactName(name: string): name is ArtifactName {
  const names: readonly string[] = ARTIFACT_NAMES;
  return names.includes(name);
}
