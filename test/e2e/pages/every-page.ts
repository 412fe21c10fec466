import type { Page } from "playwright-core";
import { DEMO_SAMPLES } from "../../../src/cli/demo-samples.ts";
import type { Job } from "../../../src/contract/job.ts";
import type { en } from "../../../ui/i18n/en.ts";
import { scoreSample } from "./score.ts";

type Words = typeof en;

export interface KnownPage {
  name: string;
  path: string;
  /** Resolves once what the page is for stands there. */
  ready: (page: Page, t: Words) => Promise<unknown>;
}

/** Scores the demo samples, so that every page has something real to show. */
export async function seedDemo(origin: string): Promise<Job[]> {
  return Promise.all(
    DEMO_SAMPLES.map(({ id, question, answer, contexts, groundTruth }) =>
      scoreSample(origin, {
        name: `demo ${id}`,
        question,
        answer,
        contexts,
        ground_truth: groundTruth,
        tags: { source: "demo" },
      }),
    ),
  );
}

/** Every page of the dashboard, filled by `seedDemo`. */
export function everyPage(jobs: readonly Job[]): readonly KnownPage[] {
  const [first] = jobs;
  if (!first) throw new Error("everyPage needs a scored job");
  const faithfulness = (job: Job) => job.scores.faithfulness ?? 1;
  const worst = jobs.reduce((a, b) => (faithfulness(b) < faithfulness(a) ? b : a), first);
  const title = (of: (t: Words) => string) => (page: Page, t: Words) =>
    page.getByRole("heading", { level: 1, name: of(t) }).waitFor();
  return [
    {
      name: "jobs",
      path: "/",
      ready: (page) => page.getByRole("article").first().waitFor(),
    },
    {
      name: "job",
      path: `/jobs/${first.job_id}`,
      ready: (page, t) => page.getByText(t.job.usage, { exact: true }).waitFor(),
    },
    {
      name: "review",
      path: "/review",
      ready: (page, t) =>
        page.getByRole("heading", { name: t.reviewing.people, exact: true }).waitFor(),
    },
    {
      name: "runs",
      path: "/runs",
      ready: (page) => page.locator(`a[href^='/runs/run_']:visible`).first().waitFor(),
    },
    {
      name: "report",
      path: `/runs/${worst.run_id}`,
      ready: (page) => page.locator("[data-claim]").first().waitFor(),
    },
    {
      name: "compare",
      path: `/compare?${new URLSearchParams({ base: String(first.run_id), other: String(worst.run_id) })}`,
      ready: (page, t) => page.getByRole("heading", { name: t.compare.settings }).waitFor(),
    },
    { name: "submit", path: "/submit", ready: title((t) => t.submit.title) },
    {
      name: "upload",
      path: "/submit?way=file",
      ready: (page, t) => page.getByText(t.upload.drop).waitFor(),
    },
    { name: "connect", path: "/connect", ready: title((t) => t.connect.title) },
    { name: "notifications", path: "/notifications", ready: title((t) => t.notifications.title) },
    {
      name: "settings",
      path: "/settings",
      ready: (page, t) => page.getByRole("heading", { name: t.settings.openTitle }).waitFor(),
    },
    { name: "not-found", path: "/no/such/page", ready: title((t) => t.notFound.title) },
  ];
}
