import { openSecret } from "../../access/sealed-secret.ts";
import { TargetKindName } from "../../contract/target.ts";
import { collectBytes } from "../../net/collect-bytes.ts";
import {
  addressAt,
  type Destination,
  findLookupProblem,
  openDestination,
  type Reach,
} from "../../net/destination.ts";
import { AnswerTooLarge, drop } from "../../net/read-answer.ts";
import { readEvents } from "../../net/read-events.ts";
import type { Settings } from "../../settings.ts";
import type { TargetRecord } from "../../storage/targets.ts";
import { KINDS } from "../../targets/kinds.ts";
import type {
  App,
  Call,
  Question,
  Reading,
  Refusal,
  TargetKind,
} from "../../targets/target-kind.ts";
import { type Said, said } from "../../words/said.ts";
import type { JobContext } from "../context.ts";

const ANSWER_BYTES = 4 * 1024 * 1024;
/** The events of one answer: every node of a workflow repeats the passages. */
const STREAM_BYTES = 64 * 1024 * 1024;
const REFUSAL_BYTES = 64 * 1024;
const LOOK_UP_MS = 20_000;

/** How it was tried to ask an app. */
export type Asked =
  | { kind: "read"; reading: Reading }
  | { kind: "refused"; refusal: Refusal }
  /** It may not be asked at all: where it lies, or its key. */
  | { kind: "closed"; why: Said }
  /** Nobody knows what became of it. */
  | { kind: "lost"; why: Said; isTimeout: boolean };

export interface OpenTarget {
  kind: TargetKind;
  app: App;
  /** JSON of a call that must succeed. @throws TargetRefusal */
  get: (call: Call) => Promise<unknown>;
  ask: (
    question: Question,
    life: { signal: AbortSignal; onHandle: (handle: Question["handle"]) => Promise<void> },
  ) => Promise<Asked>;
  /** Tells the app that nobody waits any more. Never throws. */
  stop: (question: Question, handle: Question["handle"]) => Promise<void>;
}

/** An app that says no, or that cannot be reached. */
export class TargetRefusal extends Error {
  readonly why: Said;
  readonly refusal: Refusal | null;
  constructor(why: Said, refusal: Refusal | null) {
    super(why.code);
    this.why = why;
    this.refusal = refusal;
  }
}

/** Where apps may be: as webhooks, and the hosts the operator names. */
export function targetReach({
  accessMode,
  targetHosts,
}: Pick<Settings, "accessMode" | "targetHosts">): Reach {
  return {
    isLocalhostAllowed: accessMode === "open",
    namedOrigins: targetHosts.flatMap((host) =>
      [`http://${host}`, `https://${host}`].map((url) => new URL(url).origin),
    ),
  };
}

/** The kind of a row, which was checked when it was written. */
export function kindOf({ kind }: Pick<TargetRecord, "kind">): TargetKind {
  return KINDS[TargetKindName.parse(kind)];
}

type Connected = Pick<
  TargetRecord,
  "project" | "id" | "kind" | "mode" | "baseUrl" | "apiKey" | "options" | "inputs"
>;

/** Makes the requests to one app. Addresses are built from the checked one, and no redirect is followed. */
export async function openTarget(context: JobContext, target: Connected): Promise<OpenTarget> {
  const kind = kindOf(target);
  const app: App = { mode: target.mode, options: target.options, inputs: target.inputs };
  const place = openDestination(target.baseUrl, targetReach(context.settings));
  const secretPlace = { project: target.project, row: target.id, field: "api_key" };
  const key =
    target.apiKey === null ? null : await openSecret(context.settings, secretPlace, target.apiKey);

  async function send(call: Call, signal: AbortSignal): Promise<Response> {
    if ("code" in place) throw new TargetRefusal(said("base_url", { problem: place }), null);
    const problem = await findLookupProblem(place, context.outside.resolve);
    if (problem !== null) throw new TargetRefusal(problem, null);
    return context.outside.fetch(addressOf(place, call), {
      method: call.method,
      redirect: "manual",
      headers: {
        Accept: "application/json, text/event-stream",
        "User-Agent": "Touchstone-Experiments/1",
        ...(call.body === undefined ? {} : { "Content-Type": "application/json" }),
        ...call.headers,
        ...keyHeader(kind, app, key),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      signal,
    });
  }

  async function get(call: Call): Promise<unknown> {
    const response = await send(call, AbortSignal.timeout(LOOK_UP_MS)).catch((error: unknown) => {
      throw error instanceof TargetRefusal
        ? error
        : new TargetRefusal(said("target_unreachable"), null);
    });
    const body = await readBody(response, ANSWER_BYTES);
    if (response.ok && body !== undefined) return body;
    const refusal = kind.refuse(response.status, body);
    throw new TargetRefusal(said("target_said", { words: refusal.words }), refusal);
  }

  return {
    kind,
    app,
    get,
    async ask(question, { signal, onHandle }) {
      const reader = kind.createReader(app);
      try {
        const response = await send(kind.build(app, question), signal);
        if (!response.ok) {
          const body = await readBody(response, REFUSAL_BYTES);
          return { kind: "refused", refusal: kind.refuse(response.status, body) };
        }
        if (
          !/event-stream/.test(response.headers.get("content-type") ?? "") ||
          response.body === null
        ) {
          reader.push(await readBody(response, ANSWER_BYTES), null);
        } else {
          await follow(response.body, reader, onHandle);
        }
      } catch (error) {
        if (error instanceof TargetRefusal) return { kind: "closed", why: error.why };
        if (error instanceof AnswerTooLarge) {
          return {
            kind: "refused",
            refusal: { means: "row", code: "too_large", words: error.message },
          };
        }
        const isTimeout = signal.reason instanceof Error && signal.reason.name === "TimeoutError";
        return {
          kind: "lost",
          why: said(isTimeout ? "target_slow" : "target_unreachable"),
          isTimeout,
        };
      }
      const reading = reader.end();
      if (reading === null)
        return { kind: "lost", why: said("target_broke_off"), isTimeout: false };
      const { refusal } = reading;
      return refusal === null ? { kind: "read", reading } : { kind: "refused", refusal };
    },
    async stop(question, handle) {
      const call = kind.stop?.(app, question, handle) ?? null;
      if (call !== null) await get(call).catch(() => undefined);
    },
  };
}

/** Ids are kept as soon as they come: they are what a lost answer is found by. */
async function follow(
  body: ReadableStream<Uint8Array>,
  reader: ReturnType<TargetKind["createReader"]>,
  onHandle: (handle: Question["handle"]) => Promise<void>,
): Promise<void> {
  let isKept = false;
  for await (const { event, data } of readEvents(body, {
    eventBytes: ANSWER_BYTES,
    allBytes: STREAM_BYTES,
  })) {
    reader.push(parse(data), event);
    const handle = reader.handle();
    if (isKept || (handle.conversation_id ?? handle.workflow_run_id) === undefined) continue;
    isKept = true;
    await onHandle(handle);
  }
}

function addressOf(place: Destination, { path, query }: Call): string {
  return addressAt(place, path, query).href;
}

function keyHeader(
  { keyHeader: headerOf }: TargetKind,
  app: App,
  key: string | null,
): Record<string, string> {
  if (key === null) return {};
  const name = headerOf?.(app.options) ?? null;
  return name === null ? { Authorization: `Bearer ${key}` } : { [name]: key };
}

/** Undefined: it is no JSON. */
async function readBody(response: Response, limitBytes: number): Promise<unknown> {
  if (Number(response.headers.get("content-length") ?? 0) > limitBytes) {
    await drop(response);
    throw new AnswerTooLarge(limitBytes);
  }
  const bytes = await collectBytes(response.body, limitBytes);
  if (bytes === null) throw new AnswerTooLarge(limitBytes);
  return parse(new TextDecoder().decode(bytes));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
