import { streamSSE } from "hono/streaming";
import { AppError } from "../../errors.ts";
import { guardAgain } from "../../http/guard.ts";
import { clientOf, type Http, originOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { hasEnded } from "../../jobs/job.ts";
import { eventsAfter } from "../../jobs/job-events.ts";
import { getJob } from "../../storage/jobs.ts";
import { viewJob } from "./job-view.ts";
import { findJob } from "./jobs.ts";
import type { JOB_ROUTES } from "./routes.ts";

const LOOK_EVERY_MS = 1000;
/** Proxies cut connections that say nothing. */
const COMMENT_EVERY_MS = 15_000;
/** A key that was withdrawn is refused from the next request on; a stream, which is one long request, after this. */
const GUARD_EVERY_MS = 5000;
/** Then the client comes back by itself with `Last-Event-ID`; an invocation may ask the database so often only. */
const STREAM_MS = 10 * 60_000;
const RECONNECT_MS = 2000;

export const EVENT_HANDLERS = {
  /**
   * Server-sent events `queued`, `running`, `progress` (of batches) and `done`, each
   * with the job as it is, as long as the reader may read it. After `Last-Event-ID` it goes on where the client stopped.
   */
  async watch_job(http, { params }) {
    const context = http.get("jobs");
    const first = await findJob(http, params);
    const _origin = originOf(http);
    http.header("Cache-Control", "no-store");
    http.header("X-Accel-Buffering", "no");
    return streamSSE(http, async (stream) => {
      let isOver = false;
      stream.onAbort(() => {
        isOver = true;
      });
      const endsAt = Date.now() + STREAM_MS;
      let lastId = http.req.header("last-event-id") ?? null;
      let saidAt = Date.now();
      let guardedAt = Date.now();
      await stream.write(`retry: ${RECONNECT_MS}\n\n`);
      for (let job: typeof first | null = first; job !== null && !isOver; ) {
        const data = JSON.stringify(viewJob(job, clientOf(http)));
        for (const event of eventsAfter(job, lastId)) {
          await stream.writeSSE({ id: event.id, event: event.name, data });
          lastId = event.id;
          saidAt = Date.now();
        }
        if (hasEnded(job.status) || Date.now() >= endsAt) return;
        await stream.sleep(LOOK_EVERY_MS);
        if (Date.now() - saidAt >= COMMENT_EVERY_MS) {
          await stream.write(": still here\n\n");
          saidAt = Date.now();
        }
        if (Date.now() - guardedAt >= GUARD_EVERY_MS) {
          const isWelcome = await mayStillRead(http);
          if (isWelcome === false) return;
          // Nothing more is told until it is known who is told.
          if (isWelcome === null) continue;
          guardedAt = Date.now();
        }
        // A database away for a moment is no reason to hang up.
        job = await getJob(context.db, job.project, job.id).catch(() => job);
      }
    });
  },
} satisfies Partial<Handlers<typeof JOB_ROUTES>>;

/** null: it cannot be found out just now. */
async function mayStillRead(http: Http): Promise<boolean | null> {
  try {
    await guardAgain(http);
    return true;
  } catch (error) {
    return error instanceof AppError ? false : null;
  }
}
