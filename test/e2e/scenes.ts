import type { Page } from "playwright-core";
import type { en } from "../../ui/i18n/en.ts";
import { everyPage, type KnownPage } from "./pages/every-page.ts";
import type { Seeded } from "./pages/seed.ts";

type Words = typeof en;

/** A page in a state, as somebody may meet it. */
export interface Scene extends KnownPage {
  /** What is wrong with the server, if anything. */
  server: "full" | "empty" | "locked" | "silent" | "slow";
}

export const ADMIN_KEY = "a-long-enough-admin-key-for-pictures";
const NO_ID = "00000000000000000000000000";

const ASKING = [
  ["jobs", "/"],
  ["job", `/jobs/job_${NO_ID}`],
  ["runs", "/runs"],
  ["report", `/runs/run_${NO_ID}`],
  ["compare", `/compare?base=run_${NO_ID}&other=run_${NO_ID.replace(/0$/, "1")}`],
  ["review", "/review"],
  ["test-sets", "/test-sets"],
  ["experiment", `/experiments/experiment_${NO_ID}`],
  ["notifications", "/notifications"],
  ["settings", "/settings"],
] as const;

const heading = (of: (t: Words) => string) => (page: Page, t: Words) =>
  page
    .getByRole("heading", { name: of(t) })
    .first()
    .waitFor();
const text = (of: (t: Words) => string) => (page: Page, t: Words) =>
  page.getByText(of(t)).first().waitFor();

/** Every page in every state. */
export function everyScene(seeded: Seeded): readonly Scene[] {
  return [
    ...everyPage(seeded).map((page): Scene => ({ ...page, server: "full" })),
    { name: "jobs-empty", path: "/", server: "empty", ready: heading((t) => t.firstJob.title) },
    {
      name: "runs-empty",
      path: "/runs",
      server: "empty",
      ready: heading((t) => t.runs.emptyTitle),
    },
    {
      name: "review-empty",
      path: "/review",
      server: "empty",
      ready: text((t) => t.reviewing.empty),
    },
    {
      name: "test-sets-empty",
      path: "/test-sets",
      server: "empty",
      ready: text((t) => t.testSets.none),
    },
    {
      name: "notifications-empty",
      path: "/notifications",
      server: "empty",
      ready: heading((t) => t.notifications.title),
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
