import type { JudgeChoice, Usage } from "../contract/outcome.ts";
import type { ConsistencyChoice } from "../contract/score-request.ts";
import type { EngineerBrief } from "../reports/text/engineer-brief.ts";
import type { Judge } from "../scoring/judge.ts";
import type { Settings } from "../settings.ts";
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
  chooseJudge: (request: JudgeRequest) => ChosenJudge;
  outside: Outside;
  /** Work nobody waits for: the platform lets it end after the answer or the message. */
  later: (work: Promise<void>) => void;
  log: (line: LogLine) => void;
}

/** What webhooks need of the world. */
export interface Outside {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Addresses of a host name; throws when there are none. */
  resolve: (host: string) => Promise<string[]>;
}

export interface JudgeRequest {
  judge: JudgeChoice | null;
  judgeModel: string | null;
  embeddingModel: string | null;
  /** Ask twice where its word is doubtful; absent or null: as the settings say. */
  consistency?: ConsistencyChoice | null;
  /** Judge answers repeat what was judged, so those of a project that keeps no texts are not remembered. */
  keepsNoTexts?: boolean;
}

export interface ChosenJudge {
  judge: Judge;
  /** As shown to people: `offline`, or `llm`. */
  kind: "llm" | "offline";
  model: string | null;
  embeddingModel: string | null;
  versions: Record<string, string>;
  /** Puts advice into an engineer's words; only where a model judges. */
  writeAdvice?: (brief: EngineerBrief) => Promise<{ reply: unknown; usage: Usage }>;
}

/** One line of JSON a transition; ids and numbers only, never judged text. */
export interface LogLine {
  event: string;
  [field: string]: string | number | boolean | null;
}
