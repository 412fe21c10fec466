import { Route, Router } from "@solidjs/router";
import { QueryClientProvider } from "@tanstack/solid-query";
import { render } from "solid-js/web";
import "./app.css";
import { Shell } from "./components/shell.tsx";
import { lazyWithWords } from "./i18n/lazy-with-words.ts";
import { loadWords } from "./i18n/translate.ts";
import { htmlLanguage, language } from "./preferences.ts";
import { createQueryClient } from "./queries.ts";

const JobsPage = lazyWithWords(() => import("./pages/jobs-page.tsx"), "jobs");
const JobPage = lazyWithWords(() => import("./pages/job-page.tsx"), "jobs");
const RunsPage = lazyWithWords(() => import("./pages/runs-page.tsx"), "jobs", "runs", "compare");
const ReportPage = lazyWithWords(() => import("./pages/report-page.tsx"), "jobs", "runs", "report");
const ComparePage = lazyWithWords(
  () => import("./pages/compare-page.tsx"),
  "runs",
  "report",
  "compare",
);
const SubmitPage = lazyWithWords(() => import("./pages/submit-page.tsx"), "submit");
const ConnectPage = lazyWithWords(() => import("./pages/connect-page.tsx"), "jobs", "connect");
const SettingsPage = lazyWithWords(() => import("./pages/settings-page.tsx"), "settings");
const NotFoundPage = lazyWithWords(() => import("./pages/not-found-page.tsx"));

const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no #app");

document.documentElement.lang = htmlLanguage(language());
const queryClient = createQueryClient();

function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Router root={Shell}>
        <Route path="/" component={JobsPage} />
        <Route path="/jobs/:id" component={JobPage} />
        <Route path="/runs" component={RunsPage} />
        <Route path="/runs/:id" component={ReportPage} />
        <Route path="/compare" component={ComparePage} />
        <Route path="/submit" component={SubmitPage} />
        <Route path="/connect" component={ConnectPage} />
        <Route path="/settings" component={SettingsPage} />
        <Route path="*" component={NotFoundPage} />
      </Router>
    </QueryClientProvider>
  );
}

// Not awaited at the top level: that would make every shared module a file of its own.
loadWords().then(() => render(App, root));
