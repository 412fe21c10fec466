import type { Page } from "playwright-core";
import type { Job, JobPage } from "../../../src/contract/job.ts";

/** A long list the server would take minutes to score: copies of a real job, newest first, in pages as the API cuts them. */
export async function serveJobs(page: Page, real: Job, total: () => number): Promise<void> {
  await page.route("**/api/score/jobs?*", (route) => {
    const query = new URL(route.request().url()).searchParams;
    const first = Number(query.get("cursor") ?? total());
    const limit = Number(query.get("limit"));
    const numbers = Array.from({ length: Math.min(limit, first) }, (_, at) => first - at);
    const next = first - numbers.length;
    const list: JobPage = {
      jobs: numbers.map((n) => copyOf(real, n)),
      next_cursor: next > 0 ? String(next) : null,
      has_more: next > 0,
    };
    return route.fulfill({ json: list });
  });
}

export function copyOf(real: Job, n: number): Job {
  const lines =
    n % 3 === 0 ? " Which of the two branches do you mean, and since when is it open?" : "";
  return {
    ...real,
    job_id: `job_${String(n).padStart(26, "0")}`,
    question: `第 ${n} 个问题 question ${n}?${lines}`,
  };
}
