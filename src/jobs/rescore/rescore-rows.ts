import { AppError } from "../../errors.ts";
import { type Rescored, rescoreInSteps } from "../../reports/report/rescore-sample.ts";
import { runWithPauses } from "../../scoring/steps.ts";
import { listReportRows, type ReportRow } from "../../storage/report-rows.ts";
import { said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";
import { letOthersIn } from "../let-others-in.ts";
import { parseEvidence, readEvidenceLines } from "../report/read-texts.ts";

const ROWS_PER_PAGE = 500;
const TEXTS_AT_ONCE = 25;

export interface RescoredRow {
  row: ReportRow;
  line: string | null;
  /** null: the sample was never judged. */
  rescored: Rescored | null;
}

/** `metrics` null: each sample's own; the calls of a session may have asked for different ones. */
export async function* rescoreRows(
  context: JobContext,
  project: string,
  runId: string,
  metrics: readonly string[] | null,
): AsyncGenerator<RescoredRow> {
  const source = { kind: "run", project, runId } as const;
  for (let last: ReportRow | null = null; ; ) {
    const page: ReportRow[] = await listReportRows(context.db, source, last, ROWS_PER_PAGE);
    for (let from = 0; from < page.length; from += TEXTS_AT_ONCE) {
      const group = page.slice(from, from + TEXTS_AT_ONCE);
      const lines = await readEvidenceLines(context.bucket, group);
      for (const [at, row] of group.entries()) {
        const line = lines[at] ?? null;
        const rescored = line === null ? null : await rescoreLine(row, line, metrics);
        yield { row, line, rescored };
      }
    }
    last = page.at(-1) ?? null;
    if (page.length < ROWS_PER_PAGE) return;
  }
}

async function rescoreLine(
  row: ReportRow,
  line: string,
  metrics: readonly string[] | null,
): Promise<Rescored> {
  const rescored = await runWithPauses(
    rescoreInSteps(parseEvidence(line), metrics ?? Object.keys(row.outcomes), row.outcomes),
    letOthersIn,
  );
  if (rescored) return rescored;
  throw new AppError(said("conflict.run_without_texts"));
}
