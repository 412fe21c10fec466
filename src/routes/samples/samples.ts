import { INSIGHT_LIMITS } from "../../contract/limits.ts";
import type { Fault, SampleRow } from "../../contract/report.ts";
import { AppError } from "../../errors.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import { cutPage, readPage } from "../../http/page.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { parseEvidence, readEvidenceLines } from "../../jobs/report/read-texts.ts";
import { faultOf } from "../../reports/report/fault-of-answer.ts";
import { partOfEvidence } from "../../reports/report/part-of-evidence.ts";
import { getEvidenceText } from "../../storage/artifacts.ts";
import type { RunSummary } from "../../storage/runs.ts";
import { hasProblem, LEAST_ORDERED, readSampleOrder } from "../../storage/sample-order.ts";
import { listSamplePoints } from "../../storage/sample-points.ts";
import {
  getSample,
  listSamples,
  listSamplesAt,
  type SampleFilter,
  type StoredSample,
} from "../../storage/samples.ts";
import { said } from "../../words/said.ts";
import { sayFailure } from "../../words/say.ts";
import type { Reader } from "../../words/speaker.ts";
import { findRun } from "../runs/find-run.ts";
import type { SAMPLE_ROUTES } from "./routes.ts";

function viewSample({ row, error }: StoredSample, reader: Reader): SampleRow {
  return { ...row, error: sayFailure(error, reader) };
}

/** What is most wrong in the answers of a page; of very long evidence nobody is kept waiting for it. */
async function readFaults(http: Http, found: readonly StoredSample[]): Promise<(Fault | null)[]> {
  const short = found.map(({ row, evidence }) => ({
    evidence: row.cause !== null && evidence && evidence.length <= WHOLE_BYTES ? evidence : null,
  }));
  const lines = await readEvidenceLines(http.get("jobs").bucket, short);
  return lines.map((line) => (line === null ? null : faultOf(parseEvidence(line))));
}

/** A row more than the page. A large batch that is only sorted has its order at hand. */
async function readRows(
  http: Http,
  run: RunSummary,
  filter: SampleFilter,
  page: { limit: number; offset: number },
): Promise<StoredSample[]> {
  const { db, bucket } = http.get("jobs");
  const { sort, descending, metric, problems, ...others } = filter;
  const isAll = Object.values(others).every((value) => value === null);
  // Of those with problems there is one order, the one in which they are worked on.
  const isOrdered = problems === null || (sort === "gain" && descending);
  if (isAll && isOrdered && run.mode === "batch" && run.totalSamples >= LEAST_ORDERED) {
    const wanted = { ...page, limit: page.limit + 1 };
    const seqs =
      sort === null
        ? countOff(run.totalSamples, descending, wanted)
        : await readSampleOrder(
            bucket,
            run,
            { sort: problems ? "problems" : sort, descending },
            wanted,
          );
    if (seqs !== null) {
      const found = await listSamplesAt(db, run, seqs);
      return problems ? found.filter(isProblem) : found;
    }
  }
  return listSamples(db, run, filter, page);
}

function isProblem({ row }: StoredSample): boolean {
  return hasProblem({
    cause: row.cause,
    weightedScore: row.weighted_score,
    gain: row.gain ?? null,
  });
}

/** Places of a batch as it was submitted, or from its end. */
function countOff(
  total: number,
  descending: boolean,
  { limit, offset }: { limit: number; offset: number },
): number[] {
  const count = Math.max(0, Math.min(limit, total - offset));
  return Array.from({ length: count }, (_, n) =>
    descending ? total - 1 - offset - n : offset + n,
  );
}

/** Stored evidence up to this length is answered as it is. */
const WHOLE_BYTES = 128 * 1024;

export const SAMPLE_HANDLERS = {
  async list_samples(http, { params, query }) {
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
      problems: query.problems ?? null,
      q: query.q ?? null,
      sessionId: query.session_id ?? null,
    };
    const page = readPage(query, JSON.stringify({ run: run.id, ...filter }), "row");
    const offset = Number(page.before ?? 0);
    const rows = await readRows(http, run, filter, { limit: page.limit, offset });
    const { items, ...pages } = cutPage(http, rows, page, () => String(offset + page.limit));
    const faults = query.include === "fault" ? await readFaults(http, items) : null;
    const samples = items.map((sample, at) => ({
      ...viewSample(sample, readerOf(http)),
      ...(faults ? { fault: faults[at] ?? null } : {}),
    }));
    return { samples, ...pages };
  },

  /** One sample with its evidence; of a long one the beginning. */
  async get_sample(http, { params, query: { sentences: most } }) {
    const { db, bucket } = http.get("jobs");
    const run = await findRun(http, params);
    const sampleId = params.sample_id;
    const found = await getSample(db, run, sampleId);
    if (!found) throw new AppError(said("not_found.sample", { id: sampleId.slice(0, 100) }));
    const sample = viewSample(found, readerOf(http));
    const place = found.evidence;
    const text = place && (await getEvidenceText(bucket, place.key, place));
    if (text !== null && (most !== undefined || (place?.length ?? 0) > WHOLE_BYTES)) {
      const part = partOfEvidence(parseEvidence(text), most ?? INSIGHT_LIMITS.sentences);
      return { sample, ...part };
    }
    // The evidence is JSON already; parsing it only to write it again would cost time for nothing.
    const evidence = text?.trim() || "null";
    const body = `{"sample":${JSON.stringify(sample)},"evidence":${evidence},"more":null}`;
    return http.body(body, 200, { "Content-Type": "application/json; charset=utf-8" });
  },

  /** Two metrics of the samples, to draw one against the other. */
  async get_sample_points(http, { params, query: axes }) {
    const { db } = http.get("jobs");
    const run = await findRun(http, params);
    const limit = INSIGHT_LIMITS.points;
    // The calls of a session are one sample each, so only the rows of a batch can be counted off.
    const step = run.mode === "batch" ? Math.ceil(run.totalSamples / limit) : 1;
    const place = { project: http.get("caller").project, id: run.id };
    const points = await listSamplePoints(db, place, axes, { step: step || 1, limit });
    return { ...axes, total_samples: run.totalSamples, step: step || 1, points };
  },
} satisfies Partial<Handlers<typeof SAMPLE_ROUTES>>;
