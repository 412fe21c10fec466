import { errorForLog } from "../../error-for-log.ts";
import { listenedUntil } from "../../storage/facts.ts";
import type { JobContext, JobNews, Live } from "../context.ts";
import type { JobListeners } from "./job-listeners.ts";
import type { Listener } from "./listener.ts";

/** A job is told of so often at most; its end always. */
const TOLD_MS = 1000;
/** So long it is believed that nobody listens. Who comes meanwhile is told by their own look, and of the end at once. */
const SILENT_MS = 2000;
/** More jobs than this at once are not told apart. */
const REMEMBERED = 1000;

/** The object of a project's listeners, as the platform gives it. */
interface Stub extends Pick<JobListeners, "tell"> {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** Of this isolate: until when a project is listened to, and when it is asked for again if it is not. */
const projects = new Map<string, { listened: number; silent: number }>();
/** When a job may be told of again. */
const jobs = new Map<string, number>();

/** `stubOf`: where the listeners of a project are. */
export function openLive(
  { db, later, now, log }: Pick<JobContext, "db" | "later" | "now" | "log">,
  stubOf: (project: string) => Stub,
): Live {
  async function tell(project: string, id: string, news: JobNews): Promise<void> {
    const isEnd = news === "ended";
    const name = `${project} ${id}`;
    if (!isEnd && isBefore(now(), jobs.get(name))) return;
    if (!(await isListened(project, isEnd))) return;
    remember(jobs, name, now() + TOLD_MS);
    const isHeard = await stubOf(project).tell(project, id, news !== "progress");
    if (!isHeard) remember(jobs, name, now() + SILENT_MS);
  }

  /** Known for as long as it was said; that nobody listens is asked anew for an end, which must not be missed. */
  async function isListened(project: string, isEnd: boolean): Promise<boolean> {
    const known = projects.get(project);
    if (isBefore(now(), known?.listened)) return true;
    if (!isEnd && isBefore(now(), known?.silent)) return false;
    const listened = await listenedUntil(db, project);
    remember(projects, project, { listened, silent: now() + SILENT_MS });
    return isBefore(now(), listened);
  }

  return {
    tell: ({ project, id }, news) => {
      later(
        tell(project, id, news).catch((error: unknown) =>
          log({ event: "live.untold", job_id: id, error: errorForLog(error) }),
        ),
      );
    },
    open: (listener: Listener) =>
      stubOf(listener.project).fetch("https://live.invalid/", {
        headers: {
          Upgrade: "websocket",
          "X-Listener": encodeURIComponent(JSON.stringify(listener)),
        },
      }),
  };
}

/** A clock may be set back. */
function isBefore(now: number, until = 0): boolean {
  return now < until && until - now < 60_000;
}

function remember<Value>(map: Map<string, Value>, name: string, value: Value): void {
  const [oldest] = map.keys();
  if (map.size >= REMEMBERED && oldest !== undefined) map.delete(oldest);
  map.set(name, value);
}
