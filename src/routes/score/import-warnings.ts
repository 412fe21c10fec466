import type { PullNotes } from "../../intake/dify/pull-messages.ts";
import { type Said, type SaidWarning, said } from "../../words/said.ts";

interface Import extends PullNotes {
  /** Messages kept. */
  count: number;
  users: readonly string[];
  /** Why reading ended before its end; null: it did not. */
  stopped: Said | null;
}

/** What an import left out or could not know, for the job it became. */
export function warnOfImport(done: Import): SaidWarning[] {
  const { count, users, stopped } = done;
  const warnings: SaidWarning[] = [];
  if (stopped !== null) {
    const { usersRead } = done;
    warnings.push(said("import_incomplete", { stopped, count, usersRead, users: users.length }));
  }
  if (done.failed > 0) {
    warnings.push(said("import_failed_messages", { count: done.failed }));
  }
  if (done.unknownRetrieval > 0) {
    warnings.push(said("import_retrieval_unknown", { unknown: done.unknownRetrieval, count }));
  }
  if (done.hasMoreAnnotations) {
    warnings.push(said("import_annotations_limited"));
  }
  return warnings;
}
