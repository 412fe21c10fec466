import pLimit from "p-limit";
import type { ScoreRequest } from "../../contract/score-request.ts";
import { inputKey, putInput } from "../../storage/artifacts.ts";
import type { BatchHolder } from "../../storage/batches.ts";
import { insertChunks, type NewChunk } from "../../storage/chunks.ts";
import type { JobContext } from "../context.ts";
import { previewAnswer, previewQuestion } from "../preview.ts";

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

/** Collects samples into chunks and writes those that are not there yet. */
export class ChunkWriter {
  total = 0;
  isHeld = true;
  readonly #context: JobContext;
  readonly #holder: BatchHolder;
  readonly #written: number;
  readonly #ids = new Set<string>();
  #n = 0;
  #inputs: (ChunkInput & { tags: ScoreRequest["tags"] })[] = [];
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
    let id = wanted;
    // Another row may have that very name for its own.
    for (let n = seq + 1; this.#ids.has(id); n++) id = `${wanted}#${n}`;
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
      answer: request.store_text === false ? "" : previewAnswer(request.answer),
      tags,
      sessionId: request.session_id,
      feedback: request.feedback,
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
