import { describe, expect, it } from "vitest";
import type { Job, JobPage } from "../../src/contract/job.ts";
import {
  activeBeyond,
  appendOlder,
  JobFeed,
  mergeNewest,
  updateJobs,
} from "../../ui/features/jobs/job-feed.ts";

function job(n: number, status: Job["status"] = "completed"): Job {
  return {
    job_id: `job_${String(n).padStart(3, "0")}`,
    kind: "single",
    status,
    created_at: "2026-01-01T00:00:00.000Z",
    started_at: null,
    finished_at: null,
    question: `保修多久？ warranty ${n}`,
    answer: "两年。",
    sample_id: "1",
    name: null,
    tags: {},
    session_id: null,
    metrics: [],
    judge: "offline",
    judge_model: null,
    embedding_model: null,
    scores: {},
    outcomes: {},
    weighted_score: null,
    cause: null,
    worst_metric: null,
    source: "api",
    skipped_metrics: [],
    progress: { done: 0, failed: 0, total: 1 },
    attempts: 1,
    run_id: null,
    report_url: "",
    format: null,
    error: null,
    warnings: [],
    contexts_received: null,
    contexts_parsed: null,
    bad_rows: 0,
    trace: null,
    usage: { judge_calls: 0, cached_calls: 0, prompt_tokens: 0, completion_tokens: 0 },
  };
}

function page(numbers: readonly number[], cursor: string | null): JobPage {
  return {
    jobs: numbers.map((n) => job(n)),
    next_cursor: cursor,
    has_more: cursor !== null,
  };
}

const numbersOf = ({ jobs }: JobFeed) => jobs.map(({ job_id }) => Number(job_id.slice(4)));
const start = mergeNewest(undefined, page([9, 8, 7], "after 7"));
const scrolled = appendOlder(start, "after 7", page([6, 5, 4], "after 4"));

describe("the list of jobs", () => {
  it("grows at the end, once for each cursor", () => {
    expect(numbersOf(scrolled)).toEqual([9, 8, 7, 6, 5, 4]);
    expect(scrolled.older).toBe("after 4");
    expect(appendOlder(scrolled, "after 7", page([6, 5, 4], "after 4"))).toBe(scrolled);
  });

  it("takes new jobs on top and keeps what was scrolled to", () => {
    const next = mergeNewest(scrolled, page([11, 10, 9], "after 9"));
    expect(numbersOf(next)).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
    expect(next.older).toBe("after 4");
  });

  it("loses what was deleted elsewhere, and all of it when all is gone", () => {
    expect(numbersOf(mergeNewest(scrolled, page([9, 7, 6], "after 6")))).toEqual([9, 7, 6, 5, 4]);
    expect(mergeNewest(scrolled, page([], null))).toEqual({ jobs: [], older: null });
    expect(numbersOf(mergeNewest(scrolled, page([9, 8], null)))).toEqual([9, 8]);
  });

  it("begins anew when more came than a page holds, or there would be a hole", () => {
    const next = mergeNewest(scrolled, page([30, 29, 28], "after 28"));
    expect(numbersOf(next)).toEqual([30, 29, 28]);
    expect(next.older).toBe("after 28");
  });

  it("keeps the objects of jobs that did not change", () => {
    const next = mergeNewest(scrolled, {
      ...page([10, 9, 8], "after 8"),
      jobs: [job(10), job(9, "failed"), job(8)],
    });
    expect(next.jobs[2]).toBe(scrolled.jobs[1]);
    expect(next.jobs[1]?.status).toBe("failed");
  });

  it("an empty page of a bounded search takes nothing away", () => {
    expect(mergeNewest(scrolled, page([], "further back"))).toBe(scrolled);
  });

  it("follows single jobs further down: changed, gone, no longer fitting the filter", () => {
    const changes = new Map([
      ["job_006", { ...job(6, "cancelled"), question: "the whole question" }],
      ["job_005", null],
    ]);
    const next = updateJobs(scrolled, changes, null);
    expect(numbersOf(next)).toEqual([9, 8, 7, 6, 4]);
    expect(next.jobs[3]).toMatchObject({ status: "cancelled", question: "保修多久？ warranty 6" });
    expect(numbersOf(updateJobs(scrolled, changes, "completed"))).toEqual([9, 8, 7, 4]);
  });

  it("names the jobs under way that the newest page does not show", () => {
    const feed = new JobFeed([job(9, "running"), job(8), job(7, "queued"), job(6)], null);
    expect(activeBeyond(feed, 1, 20)).toEqual(["job_007"]);
    expect(activeBeyond(undefined, 1, 20)).toEqual([]);
  });
});
