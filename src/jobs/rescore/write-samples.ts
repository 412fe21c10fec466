import { gainOfSample } from "../../reports/advice/gain.ts";
import { renderEvidenceLine } from "../../reports/text/artifacts.ts";
import { runWithPauses } from "../../scoring/steps.ts";
import { worstMetric } from "../../scoring/weigh.ts";
import { CONTENT_TYPES, evidenceKey, evidencePart } from "../../storage/artifacts.ts";
import type { RescoredSample } from "../../storage/rescored.ts";
import { ObjectWriter } from "../../storage/stream-object.ts";
import type { JobContext } from "../context.ts";
import { letOthersIn } from "../let-others-in.ts";
import { rescoreRows } from "./rescore-rows.ts";

/** Writes the evidence with its new causes as one object, and says where each sample's line stands in it. */
export async function writeSamples(
  context: JobContext,
  ids: { project: string; rescoredFrom: string; runId: string },
  metrics: readonly string[],
): Promise<{ samples: RescoredSample[] }> {
  const part = evidencePart("rescored", 1);
  const key = evidenceKey(ids.project, ids.runId, part);
  const lines = new ObjectWriter(context.bucket, key, CONTENT_TYPES["evidence.jsonl"]);
  const samples: RescoredSample[] = [];
  try {
    for await (const { row, rescored } of rescoreRows(
      context,
      ids.project,
      ids.rescoredFrom,
      metrics,
    )) {
      const offset = lines.size;
      if (rescored) await lines.writeText(renderEvidenceLine(rescored.evidence));
      const gain =
        rescored &&
        (await runWithPauses(gainOfSample(rescored.evidence, rescored.outcomes), letOthersIn));
      samples.push({
        seq: samples.length,
        sampleId: row.sampleId,
        tags: row.tags,
        feedback: row.feedback,
        question: row.question,
        answer: row.answer,
        outcomes: rescored?.outcomes ?? {},
        weightedScore: rescored?.weightedScore ?? null,
        cause: rescored?.evidence.cause ?? null,
        worstMetric: rescored && worstMetric(rescored.outcomes),
        gain,
        error: row.error,
        evidence: rescored ? { part, offset, length: lines.size - offset } : null,
      });
    }
    await lines.finish();
    return { samples };
  } catch (error) {
    await lines.abort();
    throw error;
  }
}
