import * as z from "zod";
import { AppError } from "../../errors.ts";
import { said } from "../../words/said.ts";
import { DifyRefusal, type ReadPage } from "./client.ts";
import { Message, type MessageRow, toMessageRow } from "./message-row.ts";

/** What to read from a Dify app. */
export interface DifyPull {
  /** End users as the app knows them; the service API tells conversations only by user. */
  users: readonly string[];
  /** Seconds since 1970; older messages are left out. */
  sinceSeconds: number;
}

/** What is to be said of an import besides its messages. */
export interface PullNotes {
  /** Messages Dify marks as broken; there is no answer to score. */
  failed: number;
  /** Messages of which nobody knows what was retrieved. */
  unknownRetrieval: number;
  /** Users whose messages were read to the end. */
  usersRead: number;
  /** Annotations beyond those that one import reads. */
  hasMoreAnnotations: boolean;
}

const MOST_ANNOTATIONS = 10_000;

const page = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), has_more: z.boolean().default(false) });
const Conversations = page(z.object({ id: z.string(), updated_at: z.number().nullish() }));
const Messages = page(Message);
const Annotations = page(
  z.object({ question: z.string().nullish(), answer: z.string().nullish() }),
);

/**
 * Reads messages of the given users, newest conversations first. Annotations of the app serve as ground truth where
 * their question is the same. Throws AppError with what the person can do when Dify refuses.
 */
export async function* pullDifyMessages(
  readPage: ReadPage,
  pull: DifyPull,
  notes: PullNotes,
): AsyncGenerator<MessageRow> {
  const references = await readAnnotations(readPage, notes);
  for (const user of pull.users) {
    for await (const conversationId of listConversations(readPage, user, pull.sinceSeconds)) {
      for await (const message of listMessages(readPage, user, conversationId, pull.sinceSeconds)) {
        if (message.status === "error") {
          notes.failed += 1;
          continue;
        }
        const reference = references.get(normalize(message.query ?? "")) ?? null;
        const row = toMessageRow(message, conversationId, reference);
        if (row.contexts === null) notes.unknownRetrieval += 1;
        yield row;
      }
    }
    notes.usersRead += 1;
  }
}

async function* listConversations(
  readPage: ReadPage,
  user: string,
  since: number,
): AsyncGenerator<string> {
  let lastId = "";
  for (;;) {
    const found = read(
      Conversations,
      await readPage("conversations", (size) => ({
        user,
        limit: String(size),
        sort_by: "-updated_at",
        ...(lastId ? { last_id: lastId } : {}),
      })),
    );
    for (const conversation of found.data) {
      if (conversation.updated_at != null && conversation.updated_at < since) return;
      yield conversation.id;
    }
    lastId = found.data.at(-1)?.id ?? "";
    if (!found.has_more || !lastId) return;
  }
}

/** Pages go back in time: `first_id` is the oldest message seen. */
async function* listMessages(
  readPage: ReadPage,
  user: string,
  conversationId: string,
  since: number,
): AsyncGenerator<Message> {
  let firstId = "";
  for (;;) {
    const found = read(
      Messages,
      await readPage("messages", (size) => ({
        user,
        conversation_id: conversationId,
        limit: String(size),
        ...(firstId ? { first_id: firstId } : {}),
      })),
    );
    for (const message of found.data) if (message.created_at >= since) yield message;
    const oldest = found.data.toSorted((a, b) => a.created_at - b.created_at)[0];
    if (!found.has_more || !oldest || oldest.created_at < since) return;
    firstId = oldest.id;
  }
}

/** Question → answer; an app without annotations, or a key that may not read them, gives none. */
async function readAnnotations(readPage: ReadPage, notes: PullNotes): Promise<Map<string, string>> {
  const references = new Map<string, string>();
  for (let from = 0; from < MOST_ANNOTATIONS; ) {
    let asked = 0;
    const found = Annotations.safeParse(
      await readPage("apps/annotations", (size) => {
        asked = size;
        return { page: String(from / size + 1), limit: String(size) };
      }).catch((error: unknown) => {
        // A key that is wrong for everything is told of by the next request.
        const status = error instanceof DifyRefusal ? error.difyStatus : null;
        if (status === null || status === 429 || status >= 500) throw error;
        return null;
      }),
    );
    if (!found.success) return references;
    for (const { question, answer } of found.data.data) {
      if (question && answer) references.set(normalize(question), answer);
    }
    from += asked;
    if (!found.data.has_more) return references;
  }
  notes.hasMoreAnnotations = true;
  return references;
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError(said("invalid_request.no_dify"));
}

function normalize(question: string): string {
  return question.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
}
