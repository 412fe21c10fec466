import { AppError } from "../errors.ts";
import type { JobRecord } from "../storage/job-records.ts";
import { forgetDedupeKey, getJobByDedupeKey } from "../storage/jobs.ts";
import { said } from "../words/said.ts";
import type { JobContext } from "./context.ts";

const IDEMPOTENCY_KEY_KEPT_MS = 24 * 60 * 60 * 1000;
/** Dify posts the very same body again when it missed our answer. */
const DUPLICATE_WINDOW_MS = 60 * 1000;

/** What makes two submissions the same one, and for how long. */
export interface Dedupe {
  key: string;
  keptMs: number;
  /** The client named the key itself. */
  isExplicit: boolean;
  fingerprint: string;
}

export function dedupeOf(submission: {
  submittedBy: string;
  idempotencyKey: string | null;
  fingerprint: string;
  path: "async" | "sync" | "batch";
}): Dedupe | null {
  const { submittedBy, idempotencyKey, fingerprint, path } = submission;
  if (idempotencyKey !== null) {
    const key = `key:${path}:${submittedBy}:${idempotencyKey}`;
    return { key, keptMs: IDEMPOTENCY_KEY_KEPT_MS, isExplicit: true, fingerprint };
  }
  if (path === "sync") return null;
  // Short: every job keeps it, and an index has it once more. Not what a key of a client's own begins with.
  const key = `${path[0]}:${submittedBy}:${fingerprint}`;
  return { key, keptMs: DUPLICATE_WINDOW_MS, isExplicit: false, fingerprint };
}

/** Writes a new job, or finds the one that holds its key. `insert` is asked again once a key's time is over. */
export async function insertOnce(
  context: JobContext,
  job: JobRecord,
  dedupe: Dedupe | null,
  insert: () => Promise<boolean>,
): Promise<{ job: JobRecord; isNew: boolean }> {
  for (let round = 0; round < 2; round++) {
    if (await insert()) return { job, isNew: true };
    const known = dedupe && (await getJobByDedupeKey(context.db, job.project, dedupe.key));
    if (!dedupe || !known) continue;
    // The write had gone through, only its answer was lost.
    if (known.id === job.id) return { job: known, isNew: true };
    if (known.createdAt + dedupe.keptMs > context.now()) {
      return { job: replay(known, dedupe), isNew: false };
    }
    await forgetDedupeKey(context.db, known.project, known.id);
  }
  throw new AppError(said("conflict.same_key"));
}

function replay(known: JobRecord, dedupe: Dedupe): JobRecord {
  if (dedupe.isExplicit) {
    if (known.fingerprint === dedupe.fingerprint) return known;
    throw new AppError(said("idempotency_mismatch.other_payload", { job: known.id }));
  }
  return { ...known, warnings: [...known.warnings, said("duplicate_submission")] };
}
