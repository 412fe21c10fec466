import * as z from "zod";
import { AppError } from "../errors.ts";

/** What to read from a Dify app; the key is used for these requests and kept nowhere. */
export interface DifyPull {
  /** Address of the service API, such as https://api.dify.ai/v1. */
  baseUrl: URL;
  appKey: string;
  /** End users as the app knows them; the service API tells conversations only by user. */
  users: readonly string[];
  /** Seconds since 1970; older messages are left out. */
  sinceSeconds: number;
}

/** A message as fields for `readScoreRequest`; shapes of `retriever_resources` are intake's business. */
export interface PulledMessage {
  id: string;
  question: string;
  answer: string;
  contexts: unknown;
  ground_truth: string | null;
  tags: Record<string, string>;
}

/** The service API gives at most a hundred items a page. */
const PAGE_SIZE = 100;
/** One import stays far below the subrequests of an invocation. */
const MOST_REQUESTS = 500;
export const MOST_PULLED_MESSAGES = 5000;
const TIMEOUT_MS = 20_000;

const Conversations = z.object({
  data: z.array(z.object({ id: z.string(), updated_at: z.number().nullish() })),
  has_more: z.boolean().default(false),
});
const Messages = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      query: z.string().nullish(),
      answer: z.string().nullish(),
      created_at: z.number(),
      retriever_resources: z.array(z.unknown()).nullish(),
    }),
  ),
  has_more: z.boolean().default(false),
});
const Annotations = z.object({
  data: z.array(z.object({ question: z.string().nullish(), answer: z.string().nullish() })),
  has_more: z.boolean().default(false),
});

/**
 * Reads messages of the given users, newest conversations first. Annotations of the app serve as ground truth where
 * their question is the same. Throws AppError with what the person can do when Dify refuses.
 */
export async function* pullDifyMessages(
  pull: DifyPull,
  send: typeof fetch,
): AsyncGenerator<PulledMessage> {
  const client = createClient(pull, send);
  const references = await readAnnotations(client);
  let count = 0;
  for (const user of pull.users) {
    for await (const conversationId of listConversations(client, user, pull.sinceSeconds)) {
      for await (const message of listMessages(client, user, conversationId, pull.sinceSeconds)) {
        if (!message.query?.trim() || !message.answer?.trim()) continue;
        yield {
          id: message.id,
          question: message.query,
          answer: message.answer,
          contexts: message.retriever_resources ?? [],
          ground_truth: references.get(normalize(message.query)) ?? null,
          tags: { source: "dify", conversation: conversationId.slice(0, 64) },
        };
        count += 1;
        if (count >= MOST_PULLED_MESSAGES) return;
      }
    }
  }
}

type Client = (path: string, query: Record<string, string>) => Promise<unknown>;

function createClient(pull: DifyPull, send: typeof fetch): Client {
  let requests = 0;
  return async function get(path, query) {
    requests += 1;
    if (requests > MOST_REQUESTS) {
      throw new AppError(
        "invalid_request",
        "This is more than one import can read; narrow `users` or `since`.",
      );
    }
    const url = new URL(`${pull.baseUrl.pathname.replace(/\/+$/, "")}/${path}`, pull.baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const answer = await send(url, {
      headers: { Authorization: `Bearer ${pull.appKey}`, Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause) => {
      throw new AppError("invalid_request", `Dify at ${url.host} did not answer.`, { cause });
    });
    if (!answer.ok) throw refusal(url, answer.status);
    return answer.json().catch(() => null);
  };
}

/** Nothing of Dify's own text: it may repeat the key. */
function refusal(url: URL, status: number): AppError {
  const reason =
    status === 401 || status === 403
      ? "it refused the app key; take a key from the API access page of the app"
      : status >= 300 && status < 400
        ? "it answered with a redirect; use the final https address of the service API"
        : `it answered ${status}`;
  return new AppError("invalid_request", `Nothing was imported from ${url.host}: ${reason}.`);
}

async function* listConversations(
  client: Client,
  user: string,
  since: number,
): AsyncGenerator<string> {
  let lastId = "";
  for (;;) {
    const query = { user, limit: String(PAGE_SIZE), sort_by: "-updated_at" };
    const page = read(
      Conversations,
      await client("conversations", lastId ? { ...query, last_id: lastId } : query),
    );
    for (const conversation of page.data) {
      if (conversation.updated_at != null && conversation.updated_at < since) return;
      yield conversation.id;
    }
    lastId = page.data.at(-1)?.id ?? "";
    if (!page.has_more || !lastId) return;
  }
}

/** Pages go back in time: `first_id` is the oldest message seen. */
async function* listMessages(client: Client, user: string, conversationId: string, since: number) {
  let firstId = "";
  for (;;) {
    const query = { user, conversation_id: conversationId, limit: String(PAGE_SIZE) };
    const page = read(
      Messages,
      await client("messages", firstId ? { ...query, first_id: firstId } : query),
    );
    for (const message of page.data) if (message.created_at >= since) yield message;
    const oldest = page.data.toSorted((a, b) => a.created_at - b.created_at)[0];
    if (!page.has_more || !oldest || oldest.created_at < since) return;
    firstId = oldest.id;
  }
}

/** Question → answer; an app without annotations, or a key that may not read them, gives none. */
async function readAnnotations(client: Client): Promise<Map<string, string>> {
  const references = new Map<string, string>();
  for (let page = 1; page <= 20; page++) {
    const answer = await client("apps/annotations", {
      page: String(page),
      limit: String(PAGE_SIZE),
    }).catch(() => null);
    const annotations = Annotations.safeParse(answer);
    if (!annotations.success) break;
    for (const { question, answer } of annotations.data.data) {
      if (question && answer) references.set(normalize(question), answer);
    }
    if (!annotations.data.has_more) break;
  }
  return references;
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError(
    "invalid_request",
    "What answered is not Dify's service API; `base_url` ends in /v1 on Dify Cloud and on your own server.",
  );
}

function normalize(question: string): string {
  return question.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
}
