import pLimit from "p-limit";
import type { Job } from "../../../src/contract/job.ts";
import { ApiError } from "../../kit/api.ts";
import { sayWhy } from "../../kit/say-why.ts";
import { isActive } from "./job-feed.ts";
import { cancelJob, deleteJob, retryJob } from "./jobs-api.ts";

export type BulkAction = "cancel" | "retry" | "delete";

export interface BulkResult {
  action: BulkAction;
  asked: number;
  done: number;
  /** Deleted by somebody else before. */
  gone: number;
  /** What the server said, and how often. */
  refused: ReadonlyMap<string, number>;
  /** Each job as it is now; null: gone. */
  changes: ReadonlyMap<string, Job | null>;
}

/** Enough to be quick, few enough to leave the server to others. */
const AT_ONCE = 4;

const REQUESTS: Record<BulkAction, (id: string) => Promise<Job | null>> = {
  cancel: cancelJob,
  retry: retryJob,
  delete: async (id) => {
    await deleteJob(id);
    return null;
  },
};

export function isOpenTo(action: BulkAction, { status }: Job): boolean {
  if (action === "delete") return true;
  return action === "cancel" ? isActive(status) : status === "failed" || status === "cancelled";
}

/** One request a job; tells afterwards what happened to each. `onProgress`: so many are settled. */
export async function runBulk(
  action: BulkAction,
  ids: readonly string[],
  onProgress: (settled: number) => void,
): Promise<BulkResult> {
  const changes = new Map<string, Job | null>();
  const refused = new Map<string, number>();
  let [done, gone, settled] = [0, 0, 0];
  const limit = pLimit(AT_ONCE);
  async function ask(id: string): Promise<void> {
    try {
      changes.set(id, await REQUESTS[action](id));
      done += 1;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        changes.set(id, null);
        gone += 1;
        return;
      }
      const why = sayWhy(error);
      refused.set(why, (refused.get(why) ?? 0) + 1);
    } finally {
      settled += 1;
      onProgress(settled);
    }
  }
  await Promise.all(ids.map((id) => limit(() => ask(id))));
  return { action, asked: ids.length, done, gone, refused, changes };
}
