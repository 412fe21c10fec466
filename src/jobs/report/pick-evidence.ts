import type { ReportRow } from "../../storage/report-rows.ts";

/** Evidence held at once for the advice: samples, and bytes of their texts; the rest of a run is only counted. */
const MOST_SAMPLES = 2000;
const MOST_BYTES = 12 * 1024 * 1024;

export type SampleKey = string;

export function keyOf(row: { jobId: string; seq: number }): SampleKey {
  return `${row.jobId} ${row.seq}`;
}

type Weight = Pick<ReportRow, "jobId" | "seq" | "weightedScore" | "cause" | "evidence">;

/** The samples whose evidence the advice rests on: those with a fault and the lowest scores first. */
export function pickEvidence(rows: readonly Weight[]): Set<SampleKey> {
  const judged = rows.filter((row) => row.evidence !== null);
  const worstFirst = judged
    .map((row, at) => ({ row, at }))
    .sort(
      (a, b) =>
        Number(b.row.cause !== null) - Number(a.row.cause !== null) ||
        (a.row.weightedScore ?? 2) - (b.row.weightedScore ?? 2) ||
        a.at - b.at,
    );
  const picked = new Set<SampleKey>();
  let bytes = 0;
  for (const { row } of worstFirst) {
    bytes += row.evidence?.length ?? 0;
    if (picked.size >= MOST_SAMPLES || bytes > MOST_BYTES) break;
    picked.add(keyOf(row));
  }
  return picked;
}
