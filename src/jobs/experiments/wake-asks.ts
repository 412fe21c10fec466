import { getInput, inputKey, uploadKey } from "../../storage/artifacts.ts";
import { type AnsweredAsk, endAsking, listAnswered, readAsking } from "../../storage/asks.ts";
import type { AskReply } from "../../storage/schema.ts";
import { ObjectWriter } from "../../storage/stream-object.ts";
import type { JobContext } from "../context.ts";
import { tryWake } from "../wake.ts";

const ROWS_AT_ONCE = 20;

/** A batch whose app is still asked: wakes who asks, or goes on to scoring when nothing is left to ask. */
export async function wakeAsks(
  context: JobContext,
  { project, id }: { project: string; id: string },
): Promise<void> {
  const asking = await readAsking(context.db, id);
  if (asking === null) return;
  if (!asking.isOpen) return endAskingOf(context, project, id, true);
  await tryWake(context, [{ message: { kind: "ask", project, id: asking.targetId } }]);
}

/** After the last ask: the answers become the upload of the batch, which is planned and scored as every other. */
export async function endAskingOf(
  context: JobContext,
  project: string,
  jobId: string,
  isLast: boolean,
): Promise<void> {
  if (!isLast) return;
  const writer = new ObjectWriter(
    context.bucket,
    uploadKey(project, jobId),
    "application/x-ndjson",
  );
  try {
    for (let from = 0; ; ) {
      const page = await listAnswered(context.db, jobId, from, ROWS_AT_ONCE);
      for (const ask of page)
        await writer.writeText(`${JSON.stringify(await rowOf(context, project, jobId, ask))}\n`);
      from = (page.at(-1)?.seq ?? 0) + 1;
      if (page.length < ROWS_AT_ONCE) break;
    }
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  if (!(await endAsking(context.db, jobId))) return;
  context.log({ event: "batch.asked", job_id: jobId });
  await tryWake(context, [{ message: { kind: "plan", project, id: jobId } }]);
}

/** An answered item as a row of a batch; without an answer it counts as a sample without scores. */
async function rowOf(
  context: JobContext,
  project: string,
  jobId: string,
  { seq, item, outcome, reply }: AnsweredAsk,
): Promise<object> {
  const large = outcome === "answered" && reply === null;
  const text = large ? await getInput(context.bucket, largeReplyKey(project, jobId, seq)) : null;
  const given = reply ?? (text === null ? null : (JSON.parse(text) as AskReply));
  const { id, question, ground_truth, reference_contexts, reference_ids, tags } = item;
  return {
    id,
    question,
    answer: given?.answer ?? "",
    contexts: given?.contexts ?? null,
    // Ids are of use only against ids.
    retrieved_ids: reference_ids === undefined ? null : (given?.retrievedIds ?? null),
    ground_truth,
    reference_contexts,
    reference_ids,
    tags,
  };
}

/** Of an answer that a row cannot hold. */
export function largeReplyKey(project: string, jobId: string, seq: number): string {
  return inputKey(project, `${jobId}/asks`, seq);
}
