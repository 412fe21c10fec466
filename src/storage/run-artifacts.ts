import { ARTIFACT_NAMES, type ArtifactName } from "../contract/service.ts";
import {
  type ByteRange,
  type ChoosePart,
  etagOfDigest,
  matchesEtag,
  type OpenedArtifact,
  openPacked,
  packKey,
  readPackedEtags,
  type WholeArtifact,
} from "./artifact-pack.ts";
import { artifactsKey, CONTENT_TYPES } from "./artifacts.ts";

/** What a run knows of its artifacts. */
interface StoredRun {
  project: string;
  id: string;
  attempt: number;
  /** Its place in the pack; null: there is none, and all are objects of their own. */
  report: ByteRange | null;
}

const prefixOf = ({ project, id, attempt }: StoredRun) => artifactsKey(project, id, attempt);

const reportKey = (prefix: string) => `${prefix}/report.json`;

/** Beside artifacts that are objects of their own. */
export async function putReport(bucket: R2Bucket, prefix: string, text: string): Promise<void> {
  await bucket.put(reportKey(prefix), text, { httpMetadata: { contentType: "application/json" } });
}

/** The report as it was written; null: it is gone. */
export async function readReportText(bucket: R2Bucket, run: StoredRun): Promise<string | null> {
  const prefix = prefixOf(run);
  const object = run.report
    ? await bucket.get(packKey(prefix), { range: run.report })
    : await bucket.get(reportKey(prefix));
  return object ? object.text() : null;
}

/** One artifact of a run, wherever it lies; null: it is gone. */
export async function openArtifact(
  bucket: R2Bucket,
  run: StoredRun,
  name: ArtifactName,
  request: Headers,
  choosePart: ChoosePart = () => null,
): Promise<OpenedArtifact | null> {
  const prefix = prefixOf(run);
  if (run.report) return openPacked(bucket, prefix, name, request, choosePart);
  const key = `${prefix}/${name}`;
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
  run: StoredRun,
  written: Readonly<Record<string, { etag: string; sha256: string }>>,
): Promise<Record<string, boolean>> {
  const identical: Record<string, boolean> = {};
  const prefix = prefixOf(run);
  if (run.report) {
    const stored = await readPackedEtags(bucket, prefix);
    for (const name of ARTIFACT_NAMES) {
      const sha256 = written[name]?.sha256;
      identical[name] = sha256 !== undefined && stored[name] === etagOfDigest(sha256);
    }
    return identical;
  }
  for (const name of ARTIFACT_NAMES) {
    const stored = await bucket.head(`${prefix}/${name}`);
    identical[name] = stored !== null && stored.httpEtag === written[name]?.etag;
  }
  return identical;
}
