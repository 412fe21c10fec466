import { utcDay } from "../../access/quota.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { listTraces, readCounts, testedAt } from "../../storage/traces.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { TRACE_ROUTES } from "./routes.ts";

const LISTED = 50;

export const TRACE_HANDLERS = {
  /** What was understood of the last traces, and why some were not scored. */
  async list_traces(http) {
    const { db, now } = http.get("jobs");
    const { project } = http.get("caller");
    const [traces, [counts = {}], tested] = await Promise.all([
      listTraces(db, project, LISTED),
      readCounts(db, project, [utcDay(now())]),
      testedAt(db, project),
    ]);
    return {
      traces: traces.map(({ id, arrivedAt, outcome, origin, passages, spans, jobId }) => ({
        trace_id: id,
        arrived_at: isoTime(arrivedAt),
        outcome,
        origin,
        passages,
        spans,
        job_id: jobId,
      })),
      counts,
      tested_at: tested === null ? null : isoTime(tested),
    };
  },
} satisfies Partial<Handlers<typeof TRACE_ROUTES>>;
