import { buildStaleDashboard } from "../../src/cli/build-dashboard.ts";
import { runTool } from "../../src/cli/run-tool.ts";

/** What is uploaded, built once for all files. */
export const BUILT_WORKER = ".wrangler/e2e";

/** Before the first end-to-end test: the dashboard and the upload, as `npm run deploy` builds them. */
export default async function buildWorker(): Promise<void> {
  await buildStaleDashboard();
  await runTool("wrangler", ["deploy", "--dry-run", "--outdir", BUILT_WORKER]);
}
