import type { BadRow } from "../../contract/job.ts";
import { readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { streamText } from "../../http/stream-text.ts";
import { RejectedTable } from "../../reports/text/rejected-rows-csv.ts";
import { readRejectedRows } from "../../storage/rejected-rows.ts";
import { say } from "../../words/say.ts";
import type { Reader } from "../../words/speaker.ts";
import { findJob } from "./jobs.ts";
import type { JOB_ROUTES } from "./routes.ts";

/** Sent in pieces of about this size. */
const PIECE_CHARACTERS = 64 * 1024;

export const BAD_ROW_HANDLERS = {
  /**
   * Every row of the upload that was not scored, with line and reason;
   * `?format=csv` as a table of the columns that were sent, to be corrected and sent again as it is.
   */
  async list_bad_rows(http, { params, query: { format } }) {
    const job = await findJob(http, params);
    const { bucket } = http.get("jobs");
    const reader = readerOf(http);
    const open = () => readRejectedRows(bucket, job.project, job.id);
    if (format === "json") {
      const rows: BadRow[] = [];
      for await (const { line, reason } of open()) rows.push({ line, reason: say(reason, reader) });
      return { bad_rows: rows };
    }
    const table = new RejectedTable();
    for await (const row of open()) table.add(row);
    return http.body(streamText(render(table, open(), reader)), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="rejected-rows-${job.id}.csv"`,
    });
  },
} satisfies Partial<Handlers<typeof JOB_ROUTES>>;

async function* render(
  table: RejectedTable,
  rows: ReturnType<typeof readRejectedRows>,
  reader: Reader,
): AsyncGenerator<string> {
  let piece = table.renderHead();
  for await (const row of rows) {
    piece += table.renderRow(row, say(row.reason, reader));
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}
