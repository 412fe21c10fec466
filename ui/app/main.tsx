import { Route, Router } from "@solidjs/router";
import { QueryClientProvider } from "@tanstack/solid-query";
import { createEffect, For, on } from "solid-js";
import { render } from "solid-js/web";
import { createQueryClient, metricsQuery } from "../kit/queries.ts";
import "./app.css";
import { FIRST_VIEW, filterOf } from "../features/report/first-view.ts";
import { reportQuery, samplesQuery } from "../features/report/report-queries.ts";
import { lazyWithWords } from "../i18n/lazy-with-words.ts";
import { loadWords } from "../i18n/translate.ts";
import { warmFormats } from "../kit/format.ts";
import { htmlLanguage, language } from "../kit/preferences.ts";
import { PAGE_PATHS } from "./page-paths.ts";
import { Shell } from "./shell.tsx";

const JobsPage = lazyWithWords(() => import("../features/jobs/jobs-page.tsx"), "jobs");
const JobPage = lazyWithWords(() => import("../features/jobs/job-page.tsx"), "jobs");
const RunsPage = lazyWithWords(
  () => import("../features/runs/runs-page.tsx"),
  "jobs",
  "runs",
  "compare",
);
const ReportPage = lazyWithWords(
  () => import("../features/report/report-page.tsx"),
  "jobs",
  "runs",
  "report",
  "evidence",
);
const ComparePage = lazyWithWords(
  () => import("../features/compare/compare-page.tsx"),
  "runs",
  "report",
  "compare",
);
const ReviewPage = lazyWithWords(() => import("../features/review/review-page.tsx"), "review");
const TestSetsPage = lazyWithWords(
  () => import("../features/test-sets/test-sets-page.tsx"),
  "test-sets",
  "experiments",
  "runs",
);
const TestSetPage = lazyWithWords(
  () => import("../features/test-sets/test-set-page.tsx"),
  "test-sets",
  "experiments",
  "runs",
);
const ExperimentPage = lazyWithWords(
  () => import("../features/experiments/experiment-page.tsx"),
  "experiments",
);
const SubmitPage = lazyWithWords(
  () => import("../features/submit/submit-page.tsx"),
  "submission",
  "submit",
);
const ConnectPage = lazyWithWords(
  () => import("../features/connect/connect-page.tsx"),
  "jobs",
  "first-job",
  "connect",
);
const NotificationsPage = lazyWithWords(
  () => import("../features/notifications/notifications-page.tsx"),
  "notifications",
  "settings",
);
const SettingsPage = lazyWithWords(
  () => import("../features/settings/settings-page.tsx"),
  "settings",
);
const NotFoundPage = lazyWithWords(() => import("./not-found-page.tsx"));

const PAGES: Readonly<Record<(typeof PAGE_PATHS)[number], ReturnType<typeof lazyWithWords>>> = {
  "/": JobsPage,
  "/jobs/:id": JobPage,
  "/runs": RunsPage,
  "/runs/:id": ReportPage,
  "/compare": ComparePage,
  "/review": ReviewPage,
  "/test-sets": TestSetsPage,
  "/test-sets/:id": TestSetPage,
  "/experiments/:id": ExperimentPage,
  "/submit": SubmitPage,
  "/connect": ConnectPage,
  "/notifications": NotificationsPage,
  "/settings": SettingsPage,
  "/settings/:part": SettingsPage,
};

const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no #app");

document.documentElement.lang = htmlLanguage(language());
const queryClient = createQueryClient();

function App() {
  // The server says its sentences in the language that is read.
  createEffect(on(language, () => queryClient.invalidateQueries(), { defer: true }));
  return (
    <QueryClientProvider client={queryClient}>
      <Router root={Shell} scrollRestoration>
        <For each={PAGE_PATHS}>{(path) => <Route path={path} component={PAGES[path]} />}</For>
        <Route path="*" component={NotFoundPage} />
      </Router>
    </QueryClientProvider>
  );
}

/** Not one after the other: the page and its words are under way while the words around it still come. */
function pageAt(path: string): ReturnType<typeof lazyWithWords> {
  const isAt = (pattern: string) =>
    new RegExp(`^${pattern.replace(/:\w+/g, "[^/]+")}/?$`).test(path);
  const found = PAGE_PATHS.find(isAt);
  return found === undefined ? NotFoundPage : PAGES[found];
}

/** What nearly every page shows, and the report somebody followed a link to, asked for before their page is here. */
function askAhead({ pathname, search }: Location): void {
  queryClient.prefetchQuery(metricsQuery());
  const runId = pathname.match(/^\/runs\/([\w-]+)$/)?.[1];
  if (runId === undefined) return;
  queryClient.prefetchQuery(reportQuery(runId));
  if (search === "") {
    queryClient.prefetchInfiniteQuery(samplesQuery(runId, filterOf(FIRST_VIEW, false)));
  }
}

askAhead(location);
// A page that cannot be fetched is said where it is drawn.
pageAt(location.pathname)
  .preload()
  .catch(() => undefined);
setTimeout(warmFormats);
// Not awaited at the top level: that would make every shared module a file of its own.
loadWords().then(
  () => {
    root.replaceChildren();
    render(App, root);
  },
  // Without words the page cannot speak one language only.
  () =>
    root.replaceChildren(
      "页面没有加载完整，请刷新。The page did not load completely; please reload it.",
    ),
);
