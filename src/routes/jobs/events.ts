import { streamSSE } from "hono/streaming";
import type { Job } from "../../contract/job.ts";
import { AppError } from "../../errors.ts";
import { guardAgain } from "../../http/guard.ts";
import { clientOf, type Http } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { hasEnded } from "../../jobs/job.ts";
import { eventsAfter, isAfter, type JobEvent } from "../../jobs/job-events.ts";
import { openFeed } from "../../jobs/live/job-feed.ts";
import { getJob } from "../../storage/jobs.ts";
import { viewJob } from "./job-view.ts";
import { findJob } from "./jobs.ts";
import { listenerOf } from "./listen.ts";
import type { JOB_ROUTES } from "./routes.ts";

/**
 * What happens is told by the listeners' object; the row is looked at for what was not, and the key, which is refused from
 * the next request on once it is withdrawn: a stream is one long request.
 */
const LOOK_EVERY_MS = 5000;
/** Proxies cut connections that say nothing. */
const COMMENT_EVERY_MS = 15_000;
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
    http.header("Cache-Control", "no-store");
    http.header("X-Accel-Buffering", "no");
    return streamSSE(http, async (stream) => {
      let isOver = false;
      let lastId = http.req.header("last-event-id") ?? null;
      const feed = await openFeed(context, first, listenerOf(http, first, lastId));
      stream.onAbort(() => {
        isOver = true;
        feed.close();
      });
      const endsAt = Date.now() + STREAM_MS;
      let saidAt = Date.now();
      await stream.write(`retry: ${RECONNECT_MS}\n\n`);
      for (let job: typeof first | null = first; job !== null && !isOver; ) {
        const view = viewJob(job, clientOf(http));
        for (const event of eventsAfter(job, lastId)) await say(event, view);
        if (hasEnded(job.status) || Date.now() >= endsAt) return feed.close();
        const told = await feed.next(LOOK_EVERY_MS);
        if (told !== null) {
          if (isAfter(told.id, lastId)) await say({ id: told.id, name: told.event }, told.job);
          if (told.event === "done") return;
          continue;
        }
        if (Date.now() - saidAt >= COMMENT_EVERY_MS) {
          await stream.write(": still here\n\n");
          saidAt = Date.now();
        }
        const isWelcome = await mayStillRead(http);
        if (isWelcome === false) return feed.close();
        // Nothing more is told until it is known who is told.
        if (isWelcome === null) continue;
        // A database away for a moment is no reason to hang up.
        job = await getJob(context.db, job.project, job.id).catch(() => job);
      }

      async function say({ id, name }: Pick<JobEvent, "id" | "name">, job: Job): Promise<void> {
        await stream.writeSSE({ id, event: name, data: JSON.stringify(job) });
        lastId = id;
        saidAt = Date.now();
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
