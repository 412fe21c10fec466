import type { Handlers } from "../../http/serve-routes.ts";
import { getReportHtml } from "./report-html.ts";
import type { RUN_ROUTES } from "./routes.ts";
import { getOneRun, getOneSample, getRunArtifact, getRuns, getSamples } from "./runs.ts";
import { getSamplePoints } from "./sample-points.ts";

export const RUN_HANDLERS: Handlers<typeof RUN_ROUTES> = {
  list_runs: getRuns,
  get_report: getOneRun,
  list_samples: getSamples,
  get_sample: getOneSample,
  get_sample_points: getSamplePoints,
  get_artifact: getRunArtifact,
  get_report_html: getReportHtml,
};
