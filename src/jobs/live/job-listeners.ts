import { checkPasses } from "../../access/pass.ts";
import type { Job } from "../../contract/job.ts";
import { LIVE_BEAT, LIVE_CLOSE, type LiveEvent } from "../../contract/live.ts";
import { errorForLog } from "../../error-for-log.ts";
import { noteListened } from "../../storage/facts.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { listJobsById } from "../../storage/jobs.ts";
import type { JobContext } from "../context.ts";
import { hasEnded } from "../job.ts";
import { eventsAfter } from "../job-events.ts";
import { Listener } from "./listener.ts";

/** Progress is read once in this time, however many listen and however much happens. */
const LOOK_MS = 1000;
/** So often it is asked who may still listen, and looked for what nobody told. */
const ROUND_MS = 5000;
/** Nothing is told to whom was not asked after for so long: an alarm may come late. */
const CHECKED_MS = 8000;
/** For how long consumers know that somebody listens. */
const LISTENED_MS = 30_000;
/** Of a project: one object holds as many with ease, and who opens more has made a mistake. */
const MOST_LISTENERS = 2000;

type Rooms = Pick<JobContext, "db" | "home" | "now" | "log">;

interface Listening {
  socket: WebSocket;
  listener: Listener;
}

/** The listeners of one project's jobs. Between two messages the platform may forget this object, but no socket of it. */
export class JobListeners {
  readonly #state: DurableObjectState;
  readonly #roomsOf: (project: string) => Rooms;
  readonly #view: (job: JobRecord, client: Listener["client"]) => Job;
  /** Jobs of which something is not told yet. */
  #changed = new Set<string>();
  /** Jobs as they were read at the last look. */
  #seen = new Map<string, { job: JobRecord | null; at: number }>();
  #lookedAt = 0;
  #checkedAt = 0;
  #listenedUntil = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Looks go one after the other. */
  #looking: Promise<void> = Promise.resolve();

  constructor(
    state: DurableObjectState,
    roomsOf: (project: string) => Rooms,
    view: (job: JobRecord, client: Listener["client"]) => Job,
  ) {
    this.#state = state;
    this.#roomsOf = roomsOf;
    this.#view = view;
    const { ask, answer } = LIVE_BEAT;
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(ask, answer));
  }

  /** Takes in one more, who was let in already, and tells what has happened to their job so far. */
  async join(listener: Listener): Promise<Response> {
    if (this.#listeners().length >= MOST_LISTENERS) return new Response(null, { status: 429 });
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#state.acceptWebSocket(ours, [listener.jobId]);
    ours.serializeAttachment(listener);
    // First the note, then the look: what ends before the note is seen here, what ends later is told.
    await this.#note(listener.project);
    await this.#plan();
    await this.#greet(ours, listener);
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Many may come for one job at once: what was read within the last second is told again, not read again. */
  async #greet(socket: WebSocket, listener: Listener): Promise<void> {
    const { project, jobId } = listener;
    this.#changed.add(jobId);
    const seen = this.#seen.get(jobId);
    if (seen === undefined || Math.abs(Date.now() - seen.at) >= LOOK_MS) return this.#look(project);
    this.#announce([{ socket, listener }], seen.job);
    await this.#lookSoon(project);
  }

  /** Something happened to a job. False: nobody listens to it. */
  async tell(project: string, jobId: string, isMove: boolean): Promise<boolean> {
    if (this.#listeners(jobId).length === 0) return false;
    this.#changed.add(jobId);
    // A job moves a few times only, and an object that waits for the next look cannot sleep.
    if (isMove) await this.#look(project);
    else await this.#lookSoon(project);
    return true;
  }

  /** The net below: an alarm outlives this object, a telling that was lost, and a key that was withdrawn. */
  async round(): Promise<void> {
    const [first] = this.#listeners();
    if (first === undefined) return;
    await this.#plan();
    const { project } = first.listener;
    try {
      await this.#check(project);
      for (const { listener } of this.#listeners()) this.#changed.add(listener.jobId);
      await this.#lookSoon(project);
      await this.#note(project);
    } catch (error) {
      // A database away for a moment is no reason to hang up; the next round is planned.
      this.#roomsOf(project).log({ event: "live.failed", error: errorForLog(error) });
    }
  }

  /** Of a job or of all. Whoever was hung up on is kept by the platform until they have hung up too, and is left out. */
  #listeners(jobId?: string): Listening[] {
    return this.#state.getWebSockets(jobId).flatMap((socket) => {
      if (socket.readyState !== WebSocket.OPEN) return [];
      const { data } = Listener.safeParse(socket.deserializeAttachment());
      return data === undefined ? [] : [{ socket, listener: data }];
    });
  }

  async #plan(): Promise<void> {
    if ((await this.#state.storage.getAlarm()) !== null) return;
    await this.#state.storage.setAlarm(Date.now() + ROUND_MS);
  }

  /** Lets consumers know that telling is worth it. */
  async #note(project: string): Promise<void> {
    const { db, now } = this.#roomsOf(project);
    if (this.#listenedUntil - now() > LISTENED_MS / 2) return;
    const until = now() + LISTENED_MS;
    await noteListened(db, project, until);
    this.#listenedUntil = until;
  }

  async #check(project: string): Promise<void> {
    const { home, now } = this.#roomsOf(project);
    const asked = this.#listeners();
    const passes = asked.map(({ listener }) => listener.pass);
    const isWelcome = await checkPasses(home, project, passes, now());
    for (const { socket, listener } of asked) {
      if (!isWelcome(listener.pass)) socket.close(LIVE_CLOSE.notWelcome, "no longer allowed");
    }
    this.#checkedAt = now();
  }

  async #lookSoon(project: string): Promise<void> {
    if (this.#timer !== null) return;
    const rest = this.#lookedAt + LOOK_MS - Date.now();
    if (rest <= 0 || rest > LOOK_MS) return this.#look(project);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#look(project).catch(() => undefined);
    }, rest);
  }

  /** Reads the jobs of which something is new, and tells it. What cannot be read now is left to the next look. */
  #look(project: string): Promise<void> {
    this.#looking = this.#looking
      .catch(() => undefined)
      .then(async () => {
        // Who waited for the look before was served by it.
        if (this.#changed.size === 0) return;
        const { db, now, log } = this.#roomsOf(project);
        const ids = [...this.#changed];
        this.#changed.clear();
        this.#lookedAt = Date.now();
        try {
          if (Math.abs(now() - this.#checkedAt) > CHECKED_MS) await this.#check(project);
          const jobs = await listJobsById(db, project, ids);
          const byId = new Map(jobs.map((job) => [job.id, job]));
          const at = Date.now();
          this.#seen = new Map(ids.map((id) => [id, { job: byId.get(id) ?? null, at }]));
          for (const [id, { job }] of this.#seen) this.#announce(this.#listeners(id), job);
        } catch (error) {
          for (const id of ids) this.#changed.add(id);
          log({ event: "live.failed", error: errorForLog(error) });
        }
      });
    return this.#looking;
  }

  #announce(to: readonly Listening[], job: JobRecord | null): void {
    const views = new Map<string, Job>();
    for (const { socket, listener } of to) {
      if (job === null) {
        socket.close(LIVE_CLOSE.gone, "gone");
        continue;
      }
      const { client } = listener;
      const key = `${client.reader} ${client.origin}`;
      const view = views.get(key) ?? this.#view(job, client);
      views.set(key, view);
      let { lastId } = listener;
      for (const event of eventsAfter(job, lastId)) {
        const message: LiveEvent = { id: event.id, event: event.name, job: view };
        socket.send(JSON.stringify(message));
        lastId = event.id;
      }
      if (hasEnded(job.status)) socket.close(LIVE_CLOSE.done, "done");
      else if (lastId !== listener.lastId) socket.serializeAttachment({ ...listener, lastId });
    }
  }
}
