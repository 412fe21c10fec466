import pLimit from "p-limit";
import { utcDay } from "../../access/quota.ts";
import { type BadRow, LIMITS, type ScoreRequest, type Warning } from "../../contract.ts";
import { AppError } from "../../errors.ts";
import { scoredMetrics } from "../../intake/scored-metrics.ts";
import { badRowsKey, inputKey, putInput } from "../../storage/artifacts.ts";
import {
  type BatchHolder,
  type BatchPlan,
  type BatchRecord,
  finishPlan,
} from "../../storage/batches.ts";
import { countChunks, insertChunks, type NewChunk } from "../../storage/chunks.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { getProject } from "../../storage/projects.ts";
import { checkJudge } from "../check-judge.ts";
import type { JobContext } from "../context.ts";
import { detectLanguage } from "../detect-language.ts";
import { WAKE_PAUSE_MS } from "../job.ts";
import { previewQuestion } from "../preview.ts";
import { explainOverQuota } from "./over-quota.ts";
import { RowIntake } from "./read-row.ts";
import { readUpload } from "./read-upload.ts";

/** Samples of a chunk, and the size of their texts: what one consumer holds at once. */
const SAMPLES_PER_CHUNK = 25;
const CHARACTERS_PER_CHUNK = 1024 * 1024;
/** Chunks written together: objects side by side, rows in one transaction. */
const CHUNKS_AT_ONCE = 5;

export interface ChunkInput {
  seq: number;
  id: string;
  request: ScoreRequest;
}

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
  if (!object) throw new AppError("not_found", "The upload is gone; send it again.");
  const project = await getProject(context.home, job.project);
  const intake = new RowIntake(batch.options, {
    redact: project?.redact ?? [],
    storeText: project?.storeText ?? true,
    criteria: project?.criteria ?? [],
  });
  const holder = { project: job.project, jobId: job.id, attempt: batch.attempt };
  const writer = new ChunkWriter(context, holder, await countChunks(context.db, job.id));
  const notes = new PlanNotes();
  for await (const rows of readUpload(object.body, batch.format, batch.options.charset)) {
    for (const row of rows) {
      const read = intake.read(row);
      if ("reason" in read) {
        notes.addBadRow(read);
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
  await putBadRows(context, job, notes.badRows);
  if (writer.total === 0) throw noRows(notes);
  const now = context.now();
  const cap = project?.samplesPerDay ?? null;
  const charge = cap === null ? null : { day: utcDay(now), cap };
  return finishPlan(
    context.db,
    holder,
    toPlan(context, writer, notes, intake),
    { now, wakeAt: now + WAKE_PAUSE_MS },
    charge,
  ).catch((error) => {
    throw explainOverQuota(error, cap, now);
  });
}

function toPlan(
  context: JobContext,
  writer: ChunkWriter,
  notes: PlanNotes,
  { options }: RowIntake,
): BatchPlan {
  const chosen = context.chooseJudge({
    judge: options.judge,
    judgeModel: options.judge_model,
    embeddingModel: options.embedding_model,
  });
  const isAuto = (options.judge ?? context.settings.judge) === "auto";
  return {
    total: writer.total,
    badRows: notes.badRows.length,
    warnings: notes.warnings(),
    metrics: [...notes.metrics],
    judge: chosen.kind,
    judgeModel: chosen.model,
    embeddingModel: chosen.embeddingModel,
    fallback: isAuto ? options.fallback : null,
    language: options.language ?? detectLanguage(notes.firstText),
    question: notes.isPrivate ? "" : previewQuestion(notes.firstQuestion),
    options,
  };
}

/** Collects samples into chunks and writes those that are not there yet. */
class ChunkWriter {
  total = 0;
  isHeld = true;
  readonly #context: JobContext;
  readonly #holder: BatchHolder;
  readonly #written: number;
  readonly #ids = new Set<string>();
  #n = 0;
  #inputs: (ChunkInput & { tags: object | null })[] = [];
  #characters = 0;
  #waiting: { chunk: NewChunk; text: string }[] = [];

  constructor(context: JobContext, holder: BatchHolder, written: number) {
    this.#context = context;
    this.#holder = holder;
    this.#written = written;
  }

  async add(request: ScoreRequest): Promise<void> {
    const seq = this.total++;
    const id = this.#nameOf(request, seq);
    this.#inputs.push({ seq, id, request, tags: request.tags });
    this.#characters += sizeOf(request);
    const isFull =
      this.#inputs.length === SAMPLES_PER_CHUNK || this.#characters >= CHARACTERS_PER_CHUNK;
    if (isFull) await this.#close();
  }

  async end(): Promise<void> {
    if (this.#inputs.length > 0) await this.#close();
    await this.#write();
  }

  /** Its own id, made unique within the run; else its place. */
  #nameOf(request: ScoreRequest, seq: number): string {
    const wanted = request.id ?? String(seq + 1);
    const id = this.#ids.has(wanted) ? `${wanted}#${seq + 1}` : wanted;
    this.#ids.add(id);
    return id;
  }

  async #close(): Promise<void> {
    const n = this.#n++;
    const inputs = this.#inputs;
    this.#inputs = [];
    this.#characters = 0;
    if (n < this.#written) return;
    const samples = inputs.map(({ seq, id, request, tags }) => ({
      seq,
      sampleId: id,
      question: request.store_text === false ? "" : previewQuestion(request.question),
      tags,
    }));
    const text = JSON.stringify(inputs.map(({ seq, id, request }) => ({ seq, id, request })));
    this.#waiting.push({ chunk: { n, samples }, text });
    if (this.#waiting.length === CHUNKS_AT_ONCE) await this.#write();
  }

  /** Objects first: a row never points at nothing. */
  async #write(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0 || !this.isHeld) return;
    const { project, jobId } = this.#holder;
    const limit = pLimit(CHUNKS_AT_ONCE);
    await Promise.all(
      waiting.map(({ chunk, text }) =>
        limit(() => putInput(this.#context.bucket, inputKey(project, jobId, chunk.n), text)),
      ),
    );
    const chunks = waiting.map(({ chunk }) => chunk);
    this.isHeld = await insertChunks(this.#context.db, this.#holder, chunks);
  }
}

function sizeOf(request: ScoreRequest): number {
  const lists = [...(request.contexts ?? []), ...(request.reference_contexts ?? [])];
  return lists.reduce(
    (sum, text) => sum + text.length,
    request.question.length + request.answer.length + (request.ground_truth?.length ?? 0),
  );
}

/** What is to be said of a batch after one pass over its rows. */
class PlanNotes {
  readonly badRows: BadRow[] = [];
  readonly metrics = new Set<string>();
  firstQuestion = "";
  firstText = "";
  isPrivate = false;
  #differing = 0;
  readonly #counts = new Map<string, { warning: Warning; rows: number; line: number }>();
  #isEmpty = true;

  addBadRow({ line, reason }: BadRow): void {
    this.badRows.push({ line, reason });
  }

  addRow(row: {
    line: number;
    request: ScoreRequest;
    warnings: Warning[];
    differs: boolean;
  }): void {
    const { request, warnings, line } = row;
    if (this.#isEmpty) {
      this.#isEmpty = false;
      this.firstQuestion = request.question;
      this.firstText = `${request.question}\n${request.answer}`;
      this.isPrivate = request.store_text === false;
    }
    for (const metric of scoredMetrics(request)) this.metrics.add(metric);
    if (row.differs) this.#differing++;
    for (const warning of warnings) {
      const known = this.#counts.get(warning.code);
      if (known) known.rows++;
      else this.#counts.set(warning.code, { warning, rows: 1, line });
    }
  }

  /** Bad rows by name, the first of them; each kind of doubt once, with how many rows have it. */
  warnings(): Warning[] {
    const warnings = this.badRows.slice(0, LIMITS.badRowsListed).map(
      ({ line, reason }): Warning => ({
        code: "bad_row",
        message: `Line ${line}: ${reason}`,
        fix: "Correct the row and send it again; the other rows are scored.",
      }),
    );
    for (const { warning, rows, line } of this.#counts.values()) {
      const where = rows === 1 ? `Line ${line}` : `${rows} rows, the first in line ${line}`;
      warnings.push({ ...warning, message: `${where}: ${warning.message}` });
    }
    if (this.#differing > 0) {
      warnings.push({
        code: "row_setting_ignored",
        message: `${this.#differing} rows name another judge, model, fallback or compat than the batch; those of the batch were used.`,
        fix: "A batch has one judge. Send rows for another judge as a batch of their own.",
      });
    }
    return warnings;
  }
}

async function putBadRows(context: JobContext, job: JobRecord, badRows: BadRow[]): Promise<void> {
  if (badRows.length === 0) return;
  await putInput(context.bucket, badRowsKey(job.project, job.id), JSON.stringify(badRows));
}

function noRows(notes: PlanNotes): AppError {
  const [first] = notes.badRows;
  const detail = first
    ? `None of the ${notes.badRows.length} rows can be scored. Line ${first.line}: ${first.reason}`
    : "The upload has no rows.";
  return new AppError("invalid_request", detail);
}
