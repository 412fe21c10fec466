import type { Job, JobPage } from "../../../src/contract/job.ts";
import type { JobStatus } from "../../../src/contract/outcome.ts";

/**
 * The jobs seen so far, newest first, and where to go on for older ones (null: these are all). A class, because stores
 * leave instances alone: to look through 10,000 plain jobs for what to wrap takes a third of a second.
 */
export class JobFeed {
  readonly jobs: readonly Job[];
  readonly older: string | null;

  constructor(jobs: readonly Job[], older: string | null) {
    this.jobs = jobs;
    this.older = older;
  }
}

export function isActive(status: JobStatus): boolean {
  return status === "queued" || status === "running";
}

/**
 * Brings a known list up to date with the newest page, so that a look at the server costs one page however far the
 * reader has scrolled. Jobs the page should hold and does not are gone. When the page does not reach what is known,
 * more has come than one page: the list begins anew.
 */
export function mergeNewest(known: JobFeed | undefined, page: JobPage): JobFeed {
  const fresh = new JobFeed(page.jobs, page.next_cursor);
  if (!known || !page.has_more) return reuse(known, fresh);
  const last = page.jobs.at(-1);
  // A bounded search may come back empty although there is more: then nothing is known of this stretch.
  if (!last) return known.jobs.length === 0 ? fresh : known;
  const newestKnown = known.jobs[0];
  if (newestKnown && newestKnown.job_id < last.job_id) return fresh;
  const rest = known.jobs.filter((job) => job.job_id < last.job_id);
  const older = rest.length === 0 ? page.next_cursor : known.older;
  return reuse(known, new JobFeed([...page.jobs, ...rest], older));
}

/** Adds the page that was asked for with `cursor`; an answer to an older question changes nothing. */
export function appendOlder(known: JobFeed, cursor: string, page: JobPage): JobFeed {
  if (known.older !== cursor) return known;
  const oldest = known.jobs.at(-1)?.job_id;
  const added = page.jobs.filter((job) => oldest === undefined || job.job_id < oldest);
  return new JobFeed([...known.jobs, ...added], page.next_cursor);
}

/** What became of single jobs: the job as it is now, or null when it is gone. */
export function updateJobs(
  known: JobFeed,
  changes: ReadonlyMap<string, Job | null>,
  status: JobStatus | null,
): JobFeed {
  if (changes.size === 0) return known;
  const jobs = known.jobs.flatMap((job) => {
    const change = changes.get(job.job_id);
    if (change === undefined) return [job];
    if (change === null || (status !== null && change.status !== status)) return [];
    // A single job carries its whole question; a list shows a preview.
    return [{ ...change, question: job.question }];
  });
  return new JobFeed(jobs, known.older);
}

/** Jobs still under way that the newest page of that size says nothing of. */
export function activeBeyond(known: JobFeed | undefined, pageSize: number, most: number): string[] {
  return (known?.jobs ?? [])
    .slice(pageSize)
    .filter((job) => isActive(job.status))
    .slice(0, most)
    .map((job) => job.job_id);
}

/** A job that did not change stays the same object, so nothing of it is drawn again. */
function reuse(known: JobFeed | undefined, next: JobFeed): JobFeed {
  if (!known) return next;
  const before = new Map(known.jobs.map((job) => [job.job_id, job]));
  const jobs = next.jobs.map((job) => {
    const old = before.get(job.job_id);
    return old !== undefined && (old === job || JSON.stringify(old) === JSON.stringify(job))
      ? old
      : job;
  });
  return new JobFeed(jobs, next.older);
}
