import { Route, Router } from "@solidjs/router";
import { QueryClientProvider } from "@tanstack/solid-query";
import { type Component, lazy } from "solid-js";
import { render } from "solid-js/web";
import "./app.css";
import { Shell } from "./components/shell.tsx";
import { loadWords, type Section } from "./i18n/translate.ts";
import { htmlLanguage, language } from "./preferences.ts";
import { createQueryClient } from "./queries.ts";

const JobsPage = page(() => import("./pages/jobs-page.tsx"), "jobs");
const JobPage = page(() => import("./pages/job-page.tsx"), "jobs");
const RunsPage = page(() => import("./pages/runs-page.tsx"), "jobs", "runs");
const ReportPage = page(() => import("./pages/report-page.tsx"), "jobs", "runs", "report");
const ComparePage = page(
  () => import("./pages/compare-page.tsx"),
  "jobs",
  "runs",
  "report",
  "compare",
);
const SubmitPage = page(() => import("./pages/submit-page.tsx"), "submit");
const ConnectPage = page(() => import("./pages/connect-page.tsx"), "jobs", "connect");
const SettingsPage = page(() => import("./pages/settings-page.tsx"), "settings");
const NotFoundPage = lazy(() => import("./pages/not-found-page.tsx"));

const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no #app");

document.documentElement.lang = htmlLanguage(language());
const queryClient = createQueryClient();

/** A page of its own file, with the words it uses. */
function page(load: () => Promise<{ default: Component }>, ...sections: readonly Section[]) {
  return lazy(async () => {
    const [file] = await Promise.all([load(), loadWords(...sections)]);
    return file;
  });
}

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
