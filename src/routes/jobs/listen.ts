import { passOf } from "../../access/pass.ts";
import { isSocket } from "../../access/same-origin.ts";
import { LIVE_PROTOCOL } from "../../contract/live.ts";
import { AppError } from "../../errors.ts";
import { clientOf, type Http } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import type { Listener } from "../../jobs/live/listener.ts";
import { said } from "../../words/said.ts";
import { findJob } from "./jobs.ts";
import type { JOB_ROUTES } from "./routes.ts";

const RETRY_AFTER_SECONDS = 10;

export const LISTEN_HANDLERS = {
  /** The socket itself is held by the object of the project's listeners; what is sent back is its other end. */
  async listen_to_job(http, { params, query }) {
    if (!isSocket(http.req.raw)) {
      const events = http.req.path.replace(/live$/, "events");
      const headers = { Upgrade: "websocket", Connection: "Upgrade" };
      throw new AppError(said("upgrade_required.socket", { events }), { headers });
    }
    const job = await findJob(http, params);
    const answer = await http.get("jobs").live.open(listenerOf(http, job, query.after ?? null));
    if (answer.webSocket === null) {
      throw new AppError(said("rate_limited.listeners"), {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    const offered = http.req.header("sec-websocket-protocol")?.split(/\s*,\s*/) ?? [];
    const headers = offered.includes(LIVE_PROTOCOL)
      ? { "Sec-WebSocket-Protocol": LIVE_PROTOCOL }
      : undefined;
    return new Response(null, { status: 101, webSocket: answer.webSocket, headers });
  },
} satisfies Partial<Handlers<typeof JOB_ROUTES>>;

export function listenerOf(
  http: Http,
  { project, id }: { project: string; id: string },
  lastId: string | null,
): Listener {
  return { project, jobId: id, lastId, client: clientOf(http), pass: passOf(http.get("caller")) };
}
