import type { Settings } from "../settings.ts";
import type { ChosenJudge, JudgeRequest } from "./chosen-judge.ts";
import type { Listener } from "./live/listener.ts";
import type { WakeUp } from "./messages.ts";

/** What the life of a job needs from outside; `worker.ts` builds it, tests build their own. */
export interface JobContext {
  /** The database of the project at hand; see `storage/databases.ts`. */
  db: D1Database;
  /** The one that knows projects, keys and who did what. */
  home: D1Database;
  bucket: R2Bucket;
  settings: Settings;
  /** Sends wake-ups; a throw is survivable, the row is the outbox. */
  wake: (messages: readonly { message: WakeUp; delaySeconds?: number }[]) => Promise<void>;
  /** Messages that wait in the queue, as far as it tells. */
  backlog: () => Promise<number>;
  /** Milliseconds since 1970. */
  now: () => number;
  newId: () => string;
  chooseJudge: (request: JudgeRequest) => Promise<ChosenJudge>;
  outside: Outside;
  /** Work nobody waits for: the platform lets it end after the answer or the message. */
  later: (work: Promise<void>) => void;
  log: (line: LogLine) => void;
  live: Live;
}

/** More samples are done; it began, or waits again; nothing more will happen. */
export type JobNews = "progress" | "moved" | "ended";

/** Those who listen to jobs of a project while they are scored. */
export interface Live {
  /** That something happened. Nobody waits for it: what is not told, listeners find a few seconds later. */
  tell: (job: { project: string; id: string }, news: JobNews) => void;
  /** A socket by which one more is told; status 429: there are too many. */
  open: (listener: Listener) => Promise<Response>;
}

/** What webhooks need of the world. */
export interface Outside {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Addresses of a host name; throws when there are none. */
  resolve: (host: string) => Promise<string[]>;
}

/** One line of JSON a transition; ids and numbers only, never judged text. */
export interface LogLine {
  event: string;
  [field: string]: string | number | boolean | null;
}
