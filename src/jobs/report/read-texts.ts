import pLimit from "p-limit";
import type { Evidence } from "../../scoring/evidence.ts";
import { getEvidenceBytes, getInput } from "../../storage/artifacts.ts";
import type { ReportRow } from "../../storage/report-rows.ts";

/** Objects read at once; workerd lets six requests wait for their headers. */
const READS_AT_ONCE = 4;

/** The lines of evidence of some samples, in their order; null where there is none. */
export async function readEvidenceLines(
  bucket: R2Bucket,
  rows: readonly Pick<ReportRow, "evidence">[],
): Promise<(string | null)[]> {
  const ranges = new Map<string, { from: number; to: number }>();
  for (const { evidence } of rows) {
    if (!evidence) continue;
    const known = ranges.get(evidence.key);
    const end = evidence.offset + evidence.length;
    ranges.set(evidence.key, {
      from: Math.min(known?.from ?? evidence.offset, evidence.offset),
      to: Math.max(known?.to ?? end, end),
    });
  }
  const limit = pLimit(READS_AT_ONCE);
  const read = [...ranges].map(([key, { from, to }]) =>
    limit(async () => {
      const bytes = await getEvidenceBytes(bucket, key, { offset: from, length: to - from });
      if (bytes === null) throw new Error("an object with evidence is gone");
      return [key, { from, bytes }] as const;
    }),
  );
  const pieces = new Map(await Promise.all(read));
  const decoder = new TextDecoder();
  return rows.map(({ evidence }) => {
    const piece = evidence && pieces.get(evidence.key);
    if (!piece) return null;
    const from = evidence.offset - piece.from;
    return decoder.decode(piece.bytes.subarray(from, from + evidence.length));
  });
}

export function parseEvidence(line: string): Evidence {
  return JSON.parse(line) as Evidence;
}

export interface SampleTexts {
  question: string;
  answer: string;
  contexts: string[] | null;
  ground_truth: string | null;
}

/** The texts of a sample that was never scored, from the request it came with; null when that is gone. */
export async function readSampleTexts(
  bucket: R2Bucket,
  row: Pick<ReportRow, "seq" | "input" | "inputKey">,
): Promise<SampleTexts | null> {
  const text = row.input ?? (row.inputKey ? await getInput(bucket, row.inputKey) : null);
  if (text === null) return null;
  const parsed: unknown = JSON.parse(text);
  // An object holds the request of a single job, or all requests of a chunk.
  const request = Array.isArray(parsed)
    ? parsed.find((one) => one.seq === row.seq)?.request
    : parsed;
  if (!request) return null;
  const { question, answer, contexts, ground_truth } = request as SampleTexts;
  return { question, answer, contexts, ground_truth };
}
