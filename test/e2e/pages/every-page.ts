import type { Page } from "playwright-core";
import type { Job, JobPage } from "../../../src/contract/job.ts";
import type { Trouble } from "../../../src/contract/service.ts";
import { demoRows } from "../../../src/demo-rows.ts";
import type { en } from "../../../ui/i18n/en.ts";
import type { Seeded } from "./seed.ts";

type Words = typeof en;
type Step = (page: Page, t: Words) => Promise<unknown>;

export interface KnownPage {
  name: string;
  path: string;
  /** Resolves once what the page is for stands there. */
  ready: Step;
  /** Before it is opened: what the server answers instead. */
  prepare?: (page: Page) => Promise<unknown>;
  /** What its reader does then, so that the page comes into this state. */
  act?: Step;
  isDialog?: boolean;
}

export const TROUBLE: Trouble = {
  judge: {
    reason: "评判模型 gpt-6-luna 不可用：它返回了 429 Too Many Requests。".repeat(5),
    next_try: "2026-11-30T08:15:00.000Z",
  },
  firing_alerts: 2,
  backlog: { jobs: 340, oldest_seconds: 900 },
  lost_rows: 7,
};

const title =
  (of: (t: Words) => string): Step =>
  (page, t) =>
    page.getByRole("heading", { level: 1, name: of(t) }).waitFor();
const heading =
  (of: (t: Words) => string): Step =>
  (page, t) =>
    page
      .getByRole("heading", { name: of(t), exact: true })
      .first()
      .waitFor();
const found =
  (selector: string): Step =>
  (page) =>
    page.locator(selector).first().waitFor();

const SETTINGS = ["judge", "keys", "projects", "criteria", "thresholds", "webhooks", "audit"];

/** Every page of the dashboard and every state it has of itself, over what `seed` made. */
export function everyPage(seeded: Seeded): readonly KnownPage[] {
  const { singles, before, after } = seeded;
  const [first] = singles;
  if (!first) throw new Error("everyPage needs a scored job");
  const faithfulness = (job: Job) => job.scores.faithfulness ?? 1;
  const worst = singles.reduce((a, b) => (faithfulness(b) < faithfulness(a) ? b : a), first);
  const runs = { base: String(before.run_id), other: String(after.run_id) };
  const report = `/runs/${before.run_id}`;
  const sample = demoRows("before").at(-1)?.id ?? "";
  const rows = found(".sample-rows a");
  return [
    { name: "jobs", path: "/", ready: found("article") },
    {
      name: "jobs-chosen",
      path: "/",
      ready: found("article"),
      act: (page) => page.getByRole("article").first().getByRole("checkbox").check(),
    },
    {
      name: "jobs-nothing-found",
      path: "/?q=nowhere+不存在",
      ready: heading((t) => t.jobs.emptyFilterTitle),
    },
    {
      name: "trouble",
      path: "/",
      prepare: (page) =>
        page.route("**/api/score/jobs?*", async (route) => {
          const list = (await (await route.fetch()).json()) as JobPage;
          await route.fulfill({ json: { ...list, trouble: TROUBLE } });
        }),
      ready: (page, t) => page.getByText(t.trouble.alerts("2")).waitFor(),
    },
    {
      name: "job",
      path: `/jobs/${first.job_id}`,
      ready: (page, t) => page.getByText(t.job.usage, { exact: true }).waitFor(),
    },
    { name: "review", path: "/review", ready: heading((t) => t.reviewing.people) },
    { name: "runs", path: "/runs", ready: found("a[href^='/runs/run_']:visible") },
    { name: "report", path: `/runs/${worst.run_id}`, ready: found("[data-claim]") },
    { name: "report-of-many", path: report, ready: rows },
    {
      name: "report-all-open",
      path: `/runs/${after.run_id}?base=${before.run_id}&all=1`,
      ready: rows,
      act: (page) =>
        page.evaluate(
          "document.querySelectorAll('details').forEach((one) => { one.open = true; })",
        ),
    },
    { name: "report-of-session", path: `/runs/${seeded.sessionRunId}`, ready: rows },
    {
      name: "sample",
      path: `${report}?sample=${encodeURIComponent(sample)}`,
      ready: found("[data-claim]"),
    },
    {
      name: "compare",
      path: `/compare?${new URLSearchParams(runs)}`,
      ready: heading((t) => t.compare.settings),
    },
    {
      name: "compare-open",
      path: `/compare?${new URLSearchParams(runs)}`,
      ready: heading((t) => t.compare.settings),
      act: async (page) => {
        await page.keyboard.press("j");
        await page.locator(".claim-mark").first().waitFor();
      },
    },
    { name: "compare-nothing", path: "/compare", ready: title((t) => t.compare.title) },
    { name: "test-sets", path: "/test-sets", ready: found("a[href^='/experiments/']") },
    { name: "test-set", path: `/test-sets/${seeded.testSetId}`, ready: found("#run form") },
    {
      name: "experiment",
      path: `/experiments/${seeded.experimentId}`,
      ready: found("tbody tr"),
    },
    {
      name: "experiment-open",
      path: `/experiments/${seeded.experimentId}`,
      ready: found("tbody tr"),
      act: async (page) => {
        await page.locator("tbody button[aria-expanded]").first().click();
        await page.locator("tbody h4").first().waitFor();
      },
    },
    { name: "submit", path: "/submit", ready: title((t) => t.submit.title) },
    {
      name: "upload",
      path: "/submit?way=file",
      ready: (page, t) => page.getByText(t.upload.drop).waitFor(),
    },
    {
      name: "upload-checked",
      path: "/submit?way=file",
      ready: (page, t) => page.getByText(t.upload.drop).waitFor(),
      act: async (page, t) => {
        const buffer = Buffer.from(JSON.stringify(demoRows("before")));
        const file = { name: "问答 rows.json", mimeType: "application/json", buffer };
        await page.locator("input[type=file]").setInputFiles(file);
        await page.getByRole("heading", { name: t.upload.preview }).waitFor();
      },
    },
    { name: "connect", path: "/connect", ready: title((t) => t.connect.title) },
    { name: "notifications", path: "/notifications", ready: title((t) => t.notifications.title) },
    ...SETTINGS.map((part) => ({
      name: `settings-${part}`,
      path: `/settings/${part}`,
      ready: found("section[aria-labelledby]"),
    })),
    {
      name: "palette",
      path: "/",
      isDialog: true,
      ready: found("article"),
      act: async (page, t) => {
        await page.keyboard.press("Control+k");
        await page.getByText(t.palette.recent, { exact: true }).first().waitFor();
      },
    },
    {
      name: "keyboard",
      path: "/runs",
      isDialog: true,
      ready: found("a[href^='/runs/run_']:visible"),
      act: async (page, t) => {
        await page.keyboard.press("?");
        await page.getByRole("dialog", { name: t.keyboard.title }).waitFor();
      },
    },
    { name: "not-found", path: "/no/such/page", ready: title((t) => t.notFound.title) },
  ];
}
