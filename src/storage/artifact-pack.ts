import { ARTIFACT_NAMES, type ArtifactName } from "../contract/service.ts";
import { CONTENT_TYPES } from "./artifacts.ts";

// The artifacts of a job of one sample lie one behind the other in a single object: writes are what R2 charges for.

/** Where an artifact stands in the pack. The ETag is the SHA-256 of its bytes, so equal bytes have equal ETags. */
export interface PackedArtifact {
  etag: string;
  offset: number;
  length: number;
}

export type ArtifactPack = Record<ArtifactName, PackedArtifact>;

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

export function packKey(prefix: string): string {
  return `${prefix}/artifacts`;
}

/** Writes all artifacts of one attempt; writing them again with the same texts changes nothing. */
export async function putPack(
  bucket: R2Bucket,
  prefix: string,
  artifacts: Record<ArtifactName, string>,
): Promise<ArtifactPack> {
  const encoder = new TextEncoder();
  let offset = 0;
  const pieces = await Promise.all(
    ARTIFACT_NAMES.map(async (name) => {
      const bytes = encoder.encode(artifacts[name]);
      const place = { offset, length: bytes.byteLength };
      offset += bytes.byteLength;
      return { name, bytes, place: { etag: await digestEtag(bytes), ...place } };
    }),
  );
  const pack = new Uint8Array(offset);
  for (const { bytes, place } of pieces) pack.set(bytes, place.offset);
  const places = Object.fromEntries(pieces.map(({ name, place }) => [name, place]));
  await bucket.put(packKey(prefix), pack, {
    httpMetadata: { contentType: "application/octet-stream" },
    // So that a copy of the bucket can be taken apart without the database.
    customMetadata: Object.fromEntries(
      pieces.map(({ name, place }) => [name, `${place.offset}+${place.length}`]),
    ),
  });
  return places as ArtifactPack;
}

/** One artifact out of the pack; null: the object is gone. */
export async function openPacked(
  bucket: R2Bucket,
  prefix: string,
  name: ArtifactName,
  { etag, offset, length }: PackedArtifact,
  request: Headers,
  choosePart: ChoosePart,
): Promise<OpenedArtifact | null> {
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
  pack: ArtifactPack,
): Promise<Partial<Record<ArtifactName, string>>> {
  const object = await bucket.get(packKey(prefix));
  if (!object) return {};
  const bytes = new Uint8Array(await object.arrayBuffer());
  const etags = ARTIFACT_NAMES.map(async (name) => {
    const { offset, length } = pack[name];
    return [name, await digestEtag(bytes.subarray(offset, offset + length))] as const;
  });
  return Object.fromEntries(await Promise.all(etags));
}

/** An ETag as HTTP wants it, quoted, of a SHA-256 in hex. */
export function etagOfDigest(sha256: string): string {
  return `"${sha256}"`;
}

async function digestEtag(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return etagOfDigest(Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""));
}

/** `If-None-Match` compares weakly: a proxy that compressed the bytes may have marked our ETag as weak. */
export function matchesEtag(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header
    .split(",")
    .map((one) => one.trim().replace(/^W\//, ""))
    .some((one) => one === "*" || one === etag);
}
