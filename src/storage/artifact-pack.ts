import { ARTIFACT_NAMES, type ArtifactName } from "../contract/service.ts";
import { digestHex } from "../sha256.ts";
import { CONTENT_TYPES } from "./artifacts.ts";

// The artifacts of a job of one sample and its report lie one behind the other in a single object: writes are what R2
// charges for. The object itself knows where each stands, so a copy of the bucket can be taken apart without the
// database, and the database need not remember it.

/** Where an artifact stands in the pack. The ETag is the SHA-256 of its bytes, so equal bytes have equal ETags. */
interface PackedArtifact extends ByteRange {
  etag: string;
}

/** Where a part of the bytes stands. */
export interface ByteRange {
  offset: number;
  length: number;
}

/** What is known of an artifact before it is read. */
export interface WholeArtifact {
  etag: string;
  contentType: string;
  size: number;
}

/** Which part of it is wanted; null: all. */
export type ChoosePart = (whole: WholeArtifact) => ByteRange | null;

export interface OpenedArtifact extends WholeArtifact {
  /** The part that `body` is; null: it is all. */
  part: ByteRange | null;
  /** null: the caller has these bytes already; answer 304. */
  body: ReadableStream | null;
}

const PACK = "artifacts";

export const packKey = (prefix: string) => `${prefix}/${PACK}`;

/** Where the evidence of a job of one sample stands, below its run. */
export const packPart = (attempt: number) => `${attempt}/${PACK}`;

/** Writes all artifacts of one attempt; writing them again with the same texts changes nothing. */
export async function putPack(
  bucket: R2Bucket,
  prefix: string,
  artifacts: Record<ArtifactName, string>,
  reportText: string,
): Promise<{ evidence: ByteRange; report: ByteRange }> {
  const encoder = new TextEncoder();
  let size = 0;
  const lay = (text: string) => {
    const bytes = encoder.encode(text);
    const laid = { bytes, offset: size, length: bytes.byteLength };
    size += bytes.byteLength;
    return laid;
  };
  const pieces = ARTIFACT_NAMES.map((name) => ({ name, ...lay(artifacts[name]) }));
  const report = lay(reportText);
  const pack = new Uint8Array(size);
  for (const { bytes, offset } of [...pieces, report]) pack.set(bytes, offset);
  const places = await Promise.all(
    pieces.map(async ({ name, bytes, offset, length }) => [
      name,
      `${offset}+${length}+${await digestHex(bytes)}`,
    ]),
  );
  await bucket.put(packKey(prefix), pack, {
    httpMetadata: { contentType: "application/octet-stream" },
    customMetadata: Object.fromEntries(places),
  });
  const { offset, length } = pieces.find(({ name }) => name === "evidence.jsonl") ?? report;
  return { evidence: { offset, length }, report: { offset: report.offset, length: report.length } };
}

/** Where the pack says that an artifact stands; null: it is no pack any more. */
function placeIn({ customMetadata }: R2Object, name: ArtifactName): PackedArtifact | null {
  const [offset, length, sha256] = (customMetadata?.[name] ?? "").split("+");
  if (sha256 === undefined) return null;
  return { offset: Number(offset), length: Number(length), etag: etagOfDigest(sha256) };
}

/** One artifact out of the pack; null: the object is gone. */
export async function openPacked(
  bucket: R2Bucket,
  prefix: string,
  name: ArtifactName,
  request: Headers,
  choosePart: ChoosePart,
): Promise<OpenedArtifact | null> {
  const head = await bucket.head(packKey(prefix));
  const place = head && placeIn(head, name);
  if (!place) return null;
  const { etag, offset, length } = place;
  const whole = { etag, contentType: CONTENT_TYPES[name], size: length };
  if (matchesEtag(request.get("if-none-match"), etag)) return { ...whole, part: null, body: null };
  const part = choosePart(whole);
  const range = part ? { offset: offset + part.offset, length: part.length } : { offset, length };
  const object = await bucket.get(packKey(prefix), { range });
  return object ? { ...whole, part, body: object.body } : null;
}

/** What the bytes of each artifact really are now; empty when the object is gone. */
export async function readPackedEtags(
  bucket: R2Bucket,
  prefix: string,
): Promise<Partial<Record<ArtifactName, string>>> {
  const object = await bucket.get(packKey(prefix));
  if (!object) return {};
  const bytes = new Uint8Array(await object.arrayBuffer());
  const etags = ARTIFACT_NAMES.map(async (name) => {
    const { offset, length } = placeIn(object, name) ?? { offset: 0, length: 0 };
    const digest = await digestHex(bytes.subarray(offset, offset + length));
    return [name, etagOfDigest(digest)] as const;
  });
  return Object.fromEntries(await Promise.all(etags));
}

/** An ETag as HTTP wants it, quoted, of a SHA-256 in hex. */
export function etagOfDigest(sha256: string): string {
  return `"${sha256}"`;
}

/** `If-None-Match` compares weakly: a proxy that compressed the bytes may have marked our ETag as weak. */
export function matchesEtag(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header
    .split(",")
    .map((one) => one.trim().replace(/^W\//, ""))
    .some((one) => one === "*" || one === etag);
}
