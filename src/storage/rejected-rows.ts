import type { RejectedRow } from "../contract/csv.ts";
import { rejectedRowsKey } from "./artifacts.ts";
import { ObjectWriter } from "./stream-object.ts";

/** Writes the rejected rows of a batch as they come, so that they are never held together. */
export class RejectedRowsWriter {
  readonly #bucket: R2Bucket;
  readonly #key: string;
  #writer: ObjectWriter | null = null;

  constructor(bucket: R2Bucket, job: { project: string; jobId: string }) {
    this.#bucket = bucket;
    this.#key = rejectedRowsKey(job.project, job.jobId);
  }

  async add(row: RejectedRow): Promise<void> {
    this.#writer ??= new ObjectWriter(this.#bucket, this.#key, "application/x-ndjson");
    await this.#writer.writeText(`${JSON.stringify(row)}\n`);
  }

  async end(): Promise<void> {
    await this.#writer?.finish();
    this.#writer = null;
  }

  /** Nothing is left behind, unless it had ended. */
  async abort(): Promise<void> {
    await this.#writer?.abort();
  }
}

/** The rejected rows of a batch in their order; none where all were scored or nothing is kept. */
export async function* readRejectedRows(
  bucket: R2Bucket,
  project: string,
  jobId: string,
): AsyncGenerator<RejectedRow> {
  const object = await bucket.get(rejectedRowsKey(project, jobId));
  if (!object) return;
  let rest = "";
  const reader = object.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield toRejectedRow(line);
    if (done) return;
  }
}

function toRejectedRow(line: string): RejectedRow {
  return JSON.parse(line);
}
