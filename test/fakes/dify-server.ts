import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** A message as `GET /messages` gives it, as far as anybody reads it. */
export interface FakeMessage {
  id: string;
  query: string;
  answer: string;
  created_at: number;
  status?: "normal" | "error";
  error?: string | null;
  feedback?: { rating: "like" | "dislike" } | null;
  retriever_resources?: { content: string; position: number }[];
  agent_thoughts?: { tool: string; observation: string; thought?: string }[];
}

export interface FakeDify {
  origin: string;
  /** Path and query of every request, in order. */
  seen: string[];
  /** May answer a request before Dify does; true: it has. */
  interrupt: ((url: URL, response: ServerResponse, request: IncomingMessage) => boolean) | null;
  close: () => Promise<void>;
}

export interface FakeApp {
  key: string;
  /** Of each user the conversations, newest first, with their messages, newest last. */
  users: Record<string, { id: string; updated_at: number; messages: FakeMessage[] }[]>;
  annotations?: { question: string; answer: string }[];
}

/** The service API of a Dify: conversations by user, messages backwards in pages, annotations in numbered pages. */
export async function startFakeDify(app: FakeApp): Promise<FakeDify> {
  const dify: FakeDify = { origin: "", seen: [], interrupt: null, close: async () => undefined };
  const server: Server = createServer((request, response) => {
    const url = new URL(`http://dify.test${request.url ?? ""}`);
    dify.seen.push(`${url.pathname}${url.search}`);
    if (dify.interrupt?.(url, response, request)) return;
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `Bearer ${app.key}`) {
      return send(401, { code: "unauthorized", message: `bad ${request.headers.authorization}` });
    }
    const query = (name: string) => url.searchParams.get(name) ?? "";
    const limit = Number(query("limit") || 20);
    if (url.pathname.endsWith("/conversations")) {
      const all = (app.users[query("user")] ?? []).map(({ id, updated_at }) => ({
        id,
        updated_at,
      }));
      const from = query("last_id") ? all.findIndex(({ id }) => id === query("last_id")) + 1 : 0;
      return send(200, {
        data: all.slice(from, from + limit),
        has_more: from + limit < all.length,
      });
    }
    if (url.pathname.endsWith("/messages")) {
      const conversation = (app.users[query("user")] ?? []).find(
        ({ id }) => id === query("conversation_id"),
      );
      if (!conversation) return send(404, { code: "not_found" });
      const { messages } = conversation;
      const before = query("first_id")
        ? messages.findIndex(({ id }) => id === query("first_id"))
        : messages.length;
      const data = messages.slice(Math.max(0, before - limit), before);
      return send(200, { data, limit, has_more: before - limit > 0 });
    }
    if (url.pathname.endsWith("/apps/annotations")) {
      const all = app.annotations ?? [];
      const from = (Number(query("page")) - 1) * limit;
      return send(200, {
        data: all.slice(from, from + limit),
        has_more: from + limit < all.length,
      });
    }
    return send(404, { code: "not_found" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  dify.origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  dify.close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return dify;
}
