import type { ArtifactName } from "../contract/service.ts";

export const CONTENT_TYPES: Record<ArtifactName, string> = {
  "metadata.json": "application/json; charset=utf-8",
  "scores.csv": "text/csv; charset=utf-8",
  "summary.md": "text/markdown; charset=utf-8",
  "optimization_advice.md": "text/markdown; charset=utf-8",
  "evidence.jsonl": "application/x-ndjson; charset=utf-8",
};

/** Keys are made of ids only, never of text a user sent. A new attempt writes beside the old one. */
export function artifactsKey(project: string, runId: string, attempt: number): string {
  return `${project}/runs/${runId}/${attempt}`;
}

/** The request of a single job, or the requests of a chunk of a batch. */
export function inputKey(project: string, jobId: string, n: number): string {
  return `${project}/inputs/${jobId}/${n}.json`;
}

export function inputPrefix(project: string, jobId: string): string {
  return `${project}/inputs/${jobId}`;
}

/** What was posted as a batch, until it is planned. */
export function uploadKey(project: string, jobId: string): string {
  return `${project}/inputs/${jobId}/upload`;
}

/** Rows of an upload that were not scored, as JSON Lines. */
export function rejectedRowsKey(project: string, jobId: string): string {
  return `${project}/inputs/${jobId}/rejected-rows.jsonl`;
}

/** Evidence of one chunk, by one attempt; of one call of a session. They stay where the samples point. */
export function evidencePart(name: string, attempt: number): string {
  return `parts/${name}/${attempt}.jsonl`;
}

/** Samples know what follows project and run, or each would say both again. */
export function evidenceKey(project: string, runId: string, part: string): string {
  return `${project}/runs/${runId}/${part}`;
}

export function evidencePartPrefix(project: string, runId: string, name: string): string {
  return evidenceKey(project, runId, `parts/${name}`);
}

export async function putEvidencePart(bucket: R2Bucket, key: string, text: string): Promise<void> {
  await bucket.put(key, text, {
    httpMetadata: { contentType: CONTENT_TYPES["evidence.jsonl"] },
  });
}

/** A slice of bytes of `evidence.jsonl`: one sample's evidence. */
export async function getEvidenceText(
  bucket: R2Bucket,
  key: string,
  range: { offset: number; length: number },
): Promise<string | null> {
  const object = await bucket.get(key, { range });
  return object ? object.text() : null;
}

export async function getEvidenceBytes(
  bucket: R2Bucket,
  key: string,
  range: { offset: number; length: number },
): Promise<Uint8Array | null> {
  const object = await bucket.get(key, { range });
  return object ? new Uint8Array(await object.arrayBuffer()) : null;
}

export async function putInput(bucket: R2Bucket, key: string, body: string): Promise<void> {
  await bucket.put(key, body, { httpMetadata: { contentType: "application/json" } });
}

export async function getInput(bucket: R2Bucket, key: string): Promise<string | null> {
  const object = await bucket.get(key);
  return object ? object.text() : null;
}

/** Removes everything under the prefix, by pages of a thousand. */
export async function deletePrefix(bucket: R2Bucket, prefix: string): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await bucket.list({ prefix: `${prefix}/`, ...(cursor ? { cursor } : {}) });
    if (page.objects.length > 0) await bucket.delete(page.objects.map((object) => object.key));
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor);
}
