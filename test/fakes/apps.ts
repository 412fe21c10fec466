import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerDify } from "./dify-app.ts";
import {
  type AppKind,
  type AppSetup,
  answerTo,
  type Exchange,
  type FakeApp,
  json,
  passagesFor,
  pause,
  SUPPLEMENT,
  troubleOf,
  workOn,
} from "./fake-app.ts";

/*
 * Apps that experiments ask, as their documentation describes them: one server, the path decides. It is told and asked by
 * HTTP too, because what asks it may run in another process: PUT /_apps/ID makes an app, GET /_apps/ID tells what it got.
 */

/** Apps without conversations: one JSON answer. */
async function answerPlainly(exchange: Exchange): Promise<void> {
  const { app, request, response, body } = exchange;
  const messages = Array.isArray(body.messages) ? (body.messages as { content: string }[]) : [];
  const question = String(messages.at(-1)?.content ?? body.question ?? body.q ?? "");
  app.log.sent.push({ headers: request.headers as Record<string, string>, body });
  const refuse = (status: number, code: string, message: string) => {
    app.log.refused.push(status);
    if (app.kind === "ragflow") json(response, { code: 102, message, data: null });
    else if (app.kind === "fastgpt")
      json(response, { code: status, statusText: code, message, data: null }, status);
    else json(response, { error: { code, message } }, status);
  };
  if (app.allowance !== undefined && app.log.worked.length >= app.allowance) {
    app.log.refused.push(429);
    const told = {
      code: "insufficient_quota",
      message: "You exceeded your current quota, 余额不足",
    };
    return json(response, { ...told, error: told }, 429);
  }
  const trouble = troubleOf(app, question);
  if (trouble === "redirect") {
    response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" });
    response.end();
    return;
  }
  const tooMany = () =>
    json(response, { error: { code: "rate_limited", message: "too many requests" } }, 429);
  const asked = { question, user: String(body.user ?? ""), conversation: "" };
  await workOn(exchange, asked, () => say(), tooMany);

  async function say(): Promise<void> {
    if (trouble === "slow") await pause(60_000);
    if (trouble === "dropped" || trouble === "lost") return void response.destroy();
    if (trouble === "refused") return refuse(400, "bad_request", `refused: ${question}`);
    if (trouble === "always_500" || trouble === "once_500")
      return refuse(500, "internal_error", "boom");
    if (trouble === "html") {
      response.writeHead(200, { "content-type": "text/html" });
      return void response.end("<html>系统维护中</html>");
    }
    const answer = trouble === "empty" ? "" : answerTo(app, question);
    const passages = passagesFor(question);
    if (app.kind === "ragflow") {
      const chunks = passages.map((content, n) => ({
        id: `c${n}`,
        content,
        document_name: "手册",
      }));
      const data = {
        answer: `${answer} [ID:0]`,
        reference: { chunks, doc_aggs: [] },
        session_id: "s",
      };
      if (body.stream !== true && trouble !== "replaced")
        return json(response, { code: 0, message: "", data });
      response.writeHead(200, { "content-type": "text/event-stream" });
      const half = Math.ceil(answer.length / 2);
      const event = (value: unknown) =>
        response.write(`data:${JSON.stringify({ code: 0, message: "", data: value })}\n\n`);
      event({ answer: answer.slice(0, half), reference: {} });
      event({ answer: answer.slice(half), reference: { chunks } });
      event(true);
      return void response.end();
    }
    const choices = [
      { index: 0, finish_reason: "stop", message: { role: "assistant", content: answer } },
    ];
    if (app.kind === "fastgpt") {
      if (trouble === "paused")
        return json(response, { id: "", choices, interactive: { type: "userSelect" } });
      const quoteList = passages.map((q, n) => ({
        id: `q${n}`,
        q,
        a: n === 1 ? SUPPLEMENT : "",
        score: 0.9,
      }));
      const responseData = [
        { moduleType: "datasetSearchNode", quoteList: [{ q: "searched", a: "" }] },
        { moduleType: "chatNode", quoteList, totalTokens: 40 },
      ];
      const detail = body.detail === true ? { responseData } : {};
      return json(response, { id: "", choices, usage: { total_tokens: 1 }, ...detail });
    }
    if (app.kind === "http") {
      const more = trouble === "huge" ? { secret: "x".repeat(100_000) } : { hidden: "never shown" };
      return json(response, {
        data: { answer, sources: passages.map((text) => ({ text, id: "d1" })) },
        error: null,
        ...more,
      });
    }
    const citations = passages.map((content) => ({ content, title: "手册", url: null }));
    const message = { ...choices[0]?.message, context: { citations } };
    json(response, { choices: [{ ...choices[0], message }], usage: { total_tokens: 50 } });
  }
}

export function appAddress(server: string, kind: AppKind, id: string): string {
  const ends = { dify: "/v1", ragflow: "", fastgpt: "/api", openai: "/v1", http: "/ask" };
  return `${server}/apps/${id}${ends[kind]}`;
}

export async function startFakeApps(): Promise<{ url: string; close(): Promise<void> }> {
  const apps = new Map<string, FakeApp>();
  const server = createServer((request, response) => {
    response.setHeader("connection", "close");
    serve(apps, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(
  apps: Map<string, FakeApp>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<unknown> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const body = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  const controlled = /^\/_apps\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (controlled !== undefined) {
    if (request.method === "PUT") {
      const log = { worked: [], requests: [], refused: [], most: 0, stopped: [], sent: [] };
      const fresh = { log, underWay: 0, serial: 0, failedOnce: new Set<string>(), kept: new Map() };
      apps.set(controlled, {
        ...(apps.get(controlled) ?? fresh),
        ...(body as unknown as AppSetup),
      });
    }
    return json(response, apps.get(controlled)?.log ?? null);
  }
  const [, id = "", path = ""] = /^\/apps\/([\w-]+)\/?(.*)$/.exec(url.pathname) ?? [];
  const app = apps.get(id);
  if (app === undefined)
    return json(response, { code: "not_found", message: "no app", status: 404 }, 404);
  app.log.requests.push(`${request.method} ${path}`);
  const sentKey =
    request.headers.authorization?.replace(/^Bearer /, "") ?? request.headers["x-app-key"];
  if (app.key !== undefined && sentKey !== app.key) {
    app.log.refused.push(401);
    return json(
      response,
      { code: "unauthorized", message: "Access token is invalid", status: 401 },
      401,
    );
  }
  const exchange = { app, request, response, path, query: url.searchParams, body };
  return app.kind === "dify" ? answerDify(exchange) : answerPlainly(exchange);
}
