import * as z from "zod";
import { Job } from "./job.ts";

/** What is told of a job, by its socket and by its event stream. */
export const JobEventName = z.enum(["queued", "running", "progress", "done"]);
export type JobEventName = z.infer<typeof JobEventName>;

/** A message of a job's socket. */
export const LiveEvent = z.object({
  /** Grows with what happened; as `after` of the next connection it goes on behind it. */
  id: z.string(),
  event: JobEventName,
  job: Job,
});
export type LiveEvent = z.infer<typeof LiveEvent>;

/** Why the server closes a socket. */
export const LIVE_CLOSE = { done: 1000, notWelcome: 4401, gone: 4404 } as const;
/** The protocol of the sockets; beside it a program that cannot set headers names its key. */
export const LIVE_PROTOCOL = "touchstone";
/** Sent by a client now and then, and answered without waking anybody: so it learns that the line still holds. */
export const LIVE_BEAT = { ask: "ping", answer: "pong" } as const;
