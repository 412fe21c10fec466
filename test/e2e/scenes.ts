import type { Page } from "playwright-core";
import type { Job } from "../../src/contract/job.ts";
import type { en } from "../../ui/i18n/en.ts";
import { everyPage } from "./pages/every-page.ts";

type Words = typeof en;

/** A page in a state, as somebody may meet it. */
export interface Scene {
  name: string;
  path: string;
  /** What is wrong with the server, if anything. */
  server: "full" | "empty" | "locked" | "silent" | "slow";
  ready: (page: Page, t: Words) => Promise<unknown>;
  isDialog?: boolean;
}

export const ADMIN_KEY = "a-long-enough-admin-key-for-pictures";
const NO_ID = "00000000000000000000000000";

const ASKING = [
  ["jobs", "/"],
  ["job", `/jobs/job_${NO_ID}`],
  ["runs", "/runs"],
  ["report", `/runs/run_${NO_ID}`],
  ["compare", `/compare?base=run_${NO_ID}&other=run_${NO_ID.replace(/0$/, "1")}`],
  ["settings", "/settings"],
] as const;

const heading = (of: (t: Words) => string) => (page: Page, t: Words) =>
  page.getByRole("heading", { name: of(t) }).waitFor();
const text = (of: (t: Words) => string) => (page: Page, t: Words) =>
  page.getByText(of(t)).first().waitFor();

/** Every page in every state; `batch` is a scored batch of several samples. */
export function everyScene(jobs: readonly Job[], batch: Job): readonly Scene[] {
  const main: Scene[] = everyPage(jobs).map((page) => ({ ...page, server: "full" }));
  const report = `/runs/${batch.run_id}`;
  return [
    ...main,
    {
      name: "report-of-many",
      path: report,
      server: "full",
      ready: (page) => page.locator(".sample-rows a").first().waitFor(),
    },
    {
      name: "sample",
      path: `${report}?sample=${encodeURIComponent("多1")}`,
      server: "full",
      ready: (page) => page.locator("[data-claim]").first().waitFor(),
    },
    {
      name: "jobs-nothing-found",
      path: "/?q=nowhere+不存在",
      server: "full",
      ready: heading((t) => t.jobs.emptyFilterTitle),
    },
    {
      name: "palette",
      path: "/",
      server: "full",
      isDialog: true,
      ready: async (page, t) => {
        await page.getByRole("article").first().waitFor();
        await page.keyboard.press("Control+k");
        await page.getByText(t.palette.recent, { exact: true }).first().waitFor();
      },
    },
    {
      name: "keyboard",
      path: "/runs",
      server: "full",
      isDialog: true,
      ready: async (page, t) => {
        await page.locator("a[href^='/runs/run_']:visible").first().waitFor();
        await page.keyboard.press("?");
        await page.getByRole("dialog", { name: t.keyboard.title }).waitFor();
      },
    },
    { name: "jobs-empty", path: "/", server: "empty", ready: heading((t) => t.jobs.emptyTitle) },
    {
      name: "runs-empty",
      path: "/runs",
      server: "empty",
      ready: heading((t) => t.runs.emptyTitle),
    },
    {
      name: "compare-nothing",
      path: "/compare",
      server: "empty",
      ready: heading((t) => t.compare.title),
    },
    {
      name: "settings-empty",
      path: "/settings",
      server: "empty",
      ready: heading((t) => t.settings.openTitle),
    },
    ...ASKING.filter(([name]) => ["job", "report", "compare"].includes(name)).map(
      ([name, path]): Scene => ({
        name: `${name}-404`,
        path,
        server: "empty",
        ready: heading((t) => (name === "job" ? t.job.gone : t.report.gone)),
      }),
    ),
    ...ASKING.map(
      ([name, path]): Scene => ({
        name: `${name}-401`,
        path,
        server: "locked",
        ready: heading((t) => t.error.keyTitle),
      }),
    ),
    ...ASKING.map(
      ([name, path]): Scene => ({
        name: `${name}-silent`,
        path,
        server: "silent",
        ready: text((t) => t.error.network),
      }),
    ),
    ...ASKING.map(
      ([name, path]): Scene => ({
        name: `${name}-loading`,
        path,
        server: "slow",
        ready: (page) => page.locator("main .skeleton").first().waitFor(),
      }),
    ),
  ];
}
