import { type AddSample, TEST_SET_LIMITS, type TestItem } from "../../contract/test-set.ts";
import { AppError } from "../../errors.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { readBytes } from "../../intake/read-bytes.ts";
import { openTarget, TargetRefusal } from "../../jobs/experiments/call-target.ts";
import { parseEvidence } from "../../jobs/report/read-texts.ts";
import { BYTE_ORDER_MARK, toCsv, toCsvHead } from "../../reports/text/csv.ts";
import { getEvidenceText } from "../../storage/artifacts.ts";
import { getSample } from "../../storage/samples.ts";
import { listTestItems } from "../../storage/test-sets.ts";
import { said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import { findTarget } from "../experiments/targets.ts";
import { findRun } from "../runs/find-run.ts";
import type { TEST_SET_ROUTES } from "./routes.ts";
import { change, find } from "./test-sets.ts";

const UPLOAD_BYTES = 20 * 1024 * 1024;
const BAD_ROWS_NAMED = 100;
const COLUMNS = [
  ...["id", "question", "ground_truth", "reference_contexts", "reference_ids", "tags", "inputs"],
  ...["turns", "files"],
] as const;

export const TEST_SET_IMPORT_HANDLERS = {
  async import_test_items(http, { params }) {
    const set = await find(http, params.test_set_id);
    const bytes = await readBytes(http.req.raw, UPLOAD_BYTES);
    const { readTestItems } = await import("../../intake/read-test-items.ts");
    const read = await readTestItems(bytes, http.req.header("content-type") ?? "");
    return {
      ...(await change(http, set, { put: read.items, remove: [] })),
      ...{ imported: read.items.length, answers_as_reference: read.answersAsReference },
      bad_rows: read.badRows
        .slice(0, BAD_ROWS_NAMED)
        .map(({ line, reason }) => ({ line, reason: say(reason, readerOf(http)) })),
    };
  },

  async import_annotations(http, { params, body }) {
    const set = await find(http, params.test_set_id);
    const { kind, get } = await openTarget(
      http.get("jobs"),
      await findTarget(http, body.target_id),
    );
    const put: TestItem[] = [];
    try {
      for await (const { question, answer } of kind.annotations?.(get) ?? []) {
        if (put.length < TEST_SET_LIMITS.items) put.push({ question, ground_truth: answer });
      }
    } catch (error) {
      if (!(error instanceof TargetRefusal)) throw error;
      throw new AppError(said("invalid_request.target", { why: error.why }));
    }
    if (put.length === 0) throw new AppError(said("invalid_request.no_annotations"));
    const changed = await change(http, set, { put, remove: [] });
    return { ...changed, imported: put.length, answers_as_reference: 0, bad_rows: [] };
  },

  async add_sample_to_test_set(http, { params, body }) {
    const set = await find(http, params.test_set_id);
    return change(http, set, { put: [await itemOfSample(http, body)], remove: [] });
  },

  async export_test_set(http, { params, query: { format } }) {
    const set = await find(http, params.test_set_id);
    const items = await listTestItems(http.get("jobs").db, set.id);
    const isCsv = format === "csv";
    const text = isCsv
      ? `${BYTE_ORDER_MARK}${toCsvHead(COLUMNS)}${toCsv(items.map((item) => COLUMNS.map((name) => cellOf(item[name]))))}`
      : items.map((item) => `${JSON.stringify(item)}\n`).join("");
    return http.body(text, 200, {
      "Content-Type": `${isCsv ? "text/csv" : "application/x-ndjson"}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${set.id}.${format}"`,
    });
  },
} satisfies Partial<Handlers<typeof TEST_SET_ROUTES>>;

function cellOf(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What was asked, with what should have been answered; the passages it was answered from are no reference. */
async function itemOfSample(http: Http, wish: AddSample): Promise<TestItem> {
  const { db, bucket } = http.get("jobs");
  const run = await findRun(http, wish);
  const found = await getSample(db, run, wish.sample_id);
  if (!found) throw new AppError(said("not_found.sample", { id: wish.sample_id.slice(0, 100) }));
  const place = found.evidence;
  const text = place === null ? null : await getEvidenceText(bucket, place.key, place);
  const evidence = text === null ? null : parseEvidence(text);
  const question = evidence?.question || found.row.question;
  if (!question) throw new AppError(said("invalid_request.texts_gone"));
  const reference = wish.ground_truth ?? evidence?.reference?.text;
  return { question, ...(reference ? { ground_truth: reference } : {}) };
}
