import type { Warning } from "../../contract.ts";
import type { PullNotes } from "../../intake/dify/pull-messages.ts";

interface Import extends PullNotes {
  /** Messages kept. */
  count: number;
  users: readonly string[];
  /** Why reading ended before its end; null: it did not. */
  stopped: string | null;
}

/** What an import left out or could not know, for the job it became. */
export function warnOfImport(done: Import): Warning[] {
  const { count, users, stopped } = done;
  const warnings: Warning[] = [];
  if (stopped !== null) {
    warnings.push({
      code: "import_incomplete",
      message: `${stopped} ${count} messages are kept; ${done.usersRead} of ${users.length} users were read to the end.`,
      fix: "Import the other users, or a shorter time, as a further batch later.",
    });
  }
  if (done.failed > 0) {
    warnings.push({
      code: "import_failed_messages",
      message: `${done.failed} messages ended in an error of the app; they have no answer and are not scored.`,
      fix: "Look at these messages in the logs of the app in Dify.",
    });
  }
  if (done.unknownRetrieval > 0) {
    warnings.push({
      code: "import_retrieval_unknown",
      message: `Dify tells no retrieval for ${done.unknownRetrieval} of ${count} messages: nothing was found, or citations are off. Metrics that need contexts are skipped for them.`,
      fix: "Switch on Citation and Attributions in the app, or send contexts from the workflow.",
    });
  }
  if (done.hasMoreAnnotations) {
    warnings.push({
      code: "import_annotations_limited",
      message:
        "The app has more annotations than one import reads; some messages may lack their ground truth.",
      fix: "Send the samples with their ground_truth as a batch.",
    });
  }
  return warnings;
}
