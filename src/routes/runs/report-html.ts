import { AppError } from "../../errors.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { loadReportInput } from "../../jobs/load-report-input.ts";
import { reportPeople } from "../../reports/report/people.ts";
import { renderReportHtml } from "../../reports/text/html/report-html.ts";
import { listReviews } from "../../storage/reviews.ts";
import { said } from "../../words/said.ts";
import type { RUN_ROUTES } from "./routes.ts";

/** Samples in one file; a larger run is read in the dashboard or through `scores.csv`. */
const SAMPLES_IN_HTML = 500;

export const REPORT_HTML_HANDLERS = {
  /** One file that works from disk, made when asked for. */
  async get_report_html(http, { params: { run_id: id }, query: { download } }) {
    const { project } = http.get("caller");
    const loaded = await loadReportInput(http.get("jobs"), project, id, SAMPLES_IN_HTML);
    if (!loaded) throw new AppError(said("not_found.run", { id: id.slice(0, 100) }));
    const reviews = await listReviews(http.get("jobs").db, { project, runId: id }, null);
    const people = reviews.length > 0 ? reportPeople(loaded.report, reviews) : null;
    const html = renderReportHtml(loaded.input, loaded.report, people);
    const headers = new Headers({
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy":
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "Cache-Control": "private, no-cache",
    });
    if (download) {
      headers.set("Content-Disposition", `attachment; filename="${loaded.report.run.run_id}.html"`);
    }
    return new Response(html, { headers });
  },
} satisfies Partial<Handlers<typeof RUN_ROUTES>>;
