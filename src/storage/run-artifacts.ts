import { ARTIFACT_NAMES, type ArtifactName } from "../contract/service.ts";
import {
  type ArtifactPack,
  type ChoosePart,
  etagOfDigest,
  matchesEtag,
  type OpenedArtifact,
  openPacked,
  type PackedArtifact,
  readPackedEtags,
  type WholeArtifact,
} from "./artifact-pack.ts";
import { CONTENT_TYPES } from "./artifacts.ts";

/** What a run knows of its artifacts: the ETag of an object of its own, or its place in the pack. */
export type StoredArtifacts = Readonly<Record<string, string | PackedArtifact>>;

interface Place {
  artifactsKey: string;
  etags: StoredArtifacts;
}

/** One artifact of a run, wherever it lies; null: it is gone. */
export async function openArtifact(
  bucket: R2Bucket,
  { artifactsKey, etags }: Place,
  name: ArtifactName,
  request: Headers,
  choosePart: ChoosePart = () => null,
): Promise<OpenedArtifact | null> {
  const known = etags[name];
  if (typeof known === "object") {
    return openPacked(bucket, artifactsKey, name, known, request, choosePart);
  }
  const key = `${artifactsKey}/${name}`;
  // Where a part begins and ends depends on the size, so that is asked first; whole files need one call only.
  const head = request.has("range") ? await bucket.head(key) : null;
  const isKnown = head !== null && matchesEtag(request.get("if-none-match"), head.httpEtag);
  const part = head === null || isKnown ? null : choosePart(toWhole(head, name));
  const object = await bucket.get(key, part ? { range: part } : { onlyIf: request });
  if (!object) return null;
  return { ...toWhole(object, name), part, body: "body" in object ? object.body : null };
}

function toWhole(object: R2Object, name: ArtifactName): WholeArtifact {
  return {
    etag: object.httpEtag,
    contentType: object.httpMetadata?.contentType ?? CONTENT_TYPES[name],
    size: object.size,
  };
}

/** Of each artifact whether its stored bytes are these. The objects are asked, not the row: tampering shows. */
export async function compareArtifacts(
  bucket: R2Bucket,
  { artifactsKey, etags }: Place,
  written: Readonly<Record<string, { etag: string; sha256: string }>>,
): Promise<Record<string, boolean>> {
  const identical: Record<string, boolean> = {};
  if (isPack(etags)) {
    const stored = await readPackedEtags(bucket, artifactsKey, etags);
    for (const name of ARTIFACT_NAMES) {
      const sha256 = written[name]?.sha256;
      identical[name] = sha256 !== undefined && stored[name] === etagOfDigest(sha256);
    }
    return identical;
  }
  for (const name of ARTIFACT_NAMES) {
    const stored = await bucket.head(`${artifactsKey}/${name}`);
    identical[name] = stored !== null && stored.httpEtag === written[name]?.etag;
  }
  return identical;
}

function isPack(etags: StoredArtifacts): etags is ArtifactPack {
  return ARTIFACT_NAMES.every((name) => typeof etags[name] === "object");
}
