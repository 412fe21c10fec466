import { buildStaleDashboard } from "../../src/cli/build-dashboard.ts";

/** The Worker serves what the build wrote: the API documents. */
export default buildStaleDashboard;
