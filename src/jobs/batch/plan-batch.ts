import { utcDay } from "../../access/quota.ts";
import { AppError } from "../../errors.ts";
import {
  type BatchPlan,
  type BatchRecord,
  finishPlan,
  noteBadRows,
} from "../../storage/batches.ts";
import { countChunks } from "../../storage/chunks.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getProject } from "../../storage/projects.ts";
import { isOverQuota } from "../../storage/quotas.ts";
import { RejectedRowsWriter } from "../../storage/rejected-rows.ts";
import { said } from "../../words/said.ts";
import { refuseForQuota } from "../channels/tell-quota.ts";
import { checkJudge } from "../check-judge.ts";
import { judgeAskedBy } from "../chosen-judge.ts";
import type { JobContext } from "../context.ts";
import { detectLanguage } from "../detect-language.ts";
import { WAKE_PAUSE_MS } from "../job.ts";
import { letOthersIn } from "../let-others-in.ts";
import { previewQuestion } from "../preview.ts";
import { ChunkWriter } from "./chunk-writer.ts";
import { PlanNotes } from "./plan-notes.ts";
import { RowIntake } from "./read-row.ts";
import { readUpload } from "./read-upload.ts";

/** Rows read before requests to this isolate get their turn. */
const ROWS_IN_A_ROW = 25;

/**
 * Takes an upload apart into chunks. Always reads it from the start and comes to the same chunks, so a planner that
 * died is continued by the next: what is written already is only counted.
 * @throws AppError when nothing in the upload can be scored
 */
export async function planBatch(
  context: JobContext,
  job: JobRecord,
  batch: BatchRecord,
  signal: AbortSignal,
): Promise<boolean> {
  const object = await context.bucket.get(batch.uploadKey);
  if (!object) throw new AppError(said("not_found.upload"));
  const project = await getProject(context.home, job.project);
  const ofProject = {
    redact: project?.redact ?? [],
    storeText: project?.storeText ?? true,
    criteria: project?.criteria ?? [],
  };
  const intake = new RowIntake(batch.options, ofProject, batch.format === "csv");
  const holder = { project: job.project, jobId: job.id, attempt: batch.attempt };
  const writer = new ChunkWriter(context, holder, await countChunks(context.db, job.id));
  const notes = new PlanNotes();
  const rejected = new RejectedRowsWriter(context.bucket, holder);
  let count = 0;
  try {
    for await (const rows of readUpload(object.body, batch.format, batch.options.charset)) {
      for (const row of rows) {
        if (++count % ROWS_IN_A_ROW === 0) await letOthersIn();
        const read = intake.read(row);
        if ("reason" in read) {
          notes.addBadRow(read);
          await rejected.add(read);
          continue;
        }
        if (writer.total === 0) checkJudge(context.settings, intake.options);
        notes.addRow(read);
        await writer.add(read.request);
      }
      if (signal.aborted) return false;
    }
    await writer.end();
    if (!writer.isHeld) return false;
    await rejected.end();
  } finally {
    await rejected.abort();
  }
  if (notes.answered === 0) {
    await noteBadRows(context.db, holder, notes.badRows);
    throw noRows(notes, writer.total);
  }
  const now = context.now();
  const cap = project?.samplesPerDay ?? null;
  const charge = cap === null ? null : { day: utcDay(now), cap };
  return finishPlan(
    context.db,
    holder,
    await toPlan(context, job, writer, notes, intake),
    { now, wakeAt: now + WAKE_PAUSE_MS },
    charge,
  ).catch(async (error) => {
    if (cap === null || !isOverQuota(error)) throw error;
    throw await refuseForQuota(context, job.project, { unit: "samples", cap });
  });
}

async function toPlan(
  context: JobContext,
  job: JobRecord,
  writer: ChunkWriter,
  notes: PlanNotes,
  { options, format }: RowIntake,
): Promise<BatchPlan> {
  const chosen = await context.chooseJudge(judgeAskedBy(job.project, options));
  const isAuto = (options.judge ?? context.settings.judge) === "auto";
  return {
    total: writer.total,
    answered: notes.answered,
    badRows: notes.badRows,
    warnings: [...job.warnings, ...notes.warnings()],
    metrics: [...notes.metrics],
    judge: chosen.kind,
    judgeModel: chosen.model,
    embeddingModel: chosen.embeddingModel,
    fallback: isAuto ? options.fallback : null,
    language: options.language ?? detectLanguage(notes.firstText),
    question: notes.isPrivate ? "" : previewQuestion(notes.firstQuestion),
    format,
    options,
  };
}

function noRows(notes: PlanNotes, unanswered: number): AppError {
  if (unanswered > 0) {
    const why = notes.warnings().find(({ code }) => code === "no_answer") ?? "";
    return new AppError(said("invalid_request.no_answers", { rows: unanswered, why }));
  }
  const first = notes.firstBadRow;
  if (!first) return new AppError(said("invalid_request.no_rows"));
  return new AppError(said("invalid_request.no_good_row", { rows: notes.badRows, ...first }));
}
