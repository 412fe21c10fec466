import { Route, Router } from "@solidjs/router";
import { QueryClientProvider } from "@tanstack/solid-query";
import { lazy } from "solid-js";
import { render } from "solid-js/web";
import "./app.css";
import { Shell } from "./components/shell.tsx";
import { loadWords } from "./i18n/translate.ts";
import { htmlLanguage, language } from "./preferences.ts";
import { createQueryClient } from "./queries.ts";

const JobsPage = lazy(() => import("./pages/jobs-page.tsx"));
const JobPage = lazy(() => import("./pages/job-page.tsx"));
const RunsPage = lazy(() => import("./pages/runs-page.tsx"));
const ReportPage = lazy(() => import("./pages/report-page.tsx"));
const ComparePage = lazy(() => import("./pages/compare-page.tsx"));
const SubmitPage = lazy(() => import("./pages/submit-page.tsx"));
const ConnectPage = lazy(() => import("./pages/connect-page.tsx"));
const SettingsPage = lazy(() => import("./pages/settings-page.tsx"));
const NotFoundPage = lazy(() => import("./pages/not-found-page.tsx"));

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
loadWords(language()).then(() => render(App, root));
