import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { FakeLangfuse, type LangfuseSetup } from "./langfuse-server.ts";

/*
 * The five group bots as their documentation describes them: one server, the path decides. It checks signature, size,
 * keyword, rate and form, and refuses in each bot's own words. It is told and asked by HTTP too, because what sends to
 * it may run in another process: PUT /_bots/ID makes a bot, or makes it anew with what it got, GET /_bots/ID tells what it got. A sender whose clock is
 * not this machine's says its time in `x-now`. Langfuse answers beside them, told and asked at /_langfuse/ID.
 */

export type BotName = "feishu" | "dingtalk" | "wecom" | "slack" | "teams";

interface BotSetup {
  kind: BotName;
  secret?: string | undefined;
  keyword?: string | undefined;
  /** Trouble that its owner or its host makes; absent: none. */
  trouble?: Trouble | undefined;
}
type Trouble = "gone" | "html" | "down" | "ip" | "archived" | "busy" | "dismissed";

export interface BotLog {
  /** Messages people see. */
  shown: { at: number; message: Message }[];
  /** What it said to the others. */
  refused: { at: number; status: number; body: string }[];
}

type Message = Record<string, unknown>;

interface Bot extends BotSetup, BotLog {
  id: string;
  /** Times of messages that count for its limit. */
  times: number[];
  silentUntil: number;
}

interface Asked {
  bot: Bot;
  url: URL;
  body: string;
  message: Message | null;
  now: number;
}

interface Answer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const bytes = (text: string) => Buffer.byteLength(text, "utf8");
const json = (value: object, status = 200): Answer => ({ status, body: JSON.stringify(value) });
const objectAt = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? (at as Message)[step] : undefined),
    value,
  );
const textAt = (value: unknown, ...path: (string | number)[]): string | null => {
  const found = objectAt(value, ...path);
  return typeof found === "string" ? found : null;
};

/** More than `most` within `windowMs`? The message at hand counts when it is taken. */
function isTooFast(bot: Bot, now: number, most: number, windowMs: number): boolean {
  return bot.times.filter((time) => time > now - windowMs).length >= most;
}

const BOTS: Readonly<Record<BotName, (asked: Asked) => Answer>> = {
  feishu({ bot, body, message, now }) {
    const say = (code: number, msg: string) => json({ code, msg, data: {} });
    if (bot.trouble === "ip") return say(19022, "Ip Not Allowed");
    if (message === null) return say(9499, "Bad Request");
    if (bytes(body) > 20 * 1024) return say(19036, "request body too large");
    if (bot.secret !== undefined) {
      const timestamp = textAt(message, "timestamp") ?? "";
      const wanted = createHmac("sha256", `${timestamp}\n${bot.secret}`)
        .update("")
        .digest("base64");
      const isFresh = Math.abs(now - Number(timestamp) * 1000) <= HOUR;
      if (textAt(message, "sign") !== wanted || !isFresh || !/^\d{10}$/.test(timestamp)) {
        return say(19021, "sign match fail or timestamp is not within one hour from current time");
      }
    }
    const elements = objectAt(message, "card", "elements");
    const isCard =
      textAt(message, "msg_type") === "interactive" &&
      textAt(message, "card", "header", "title", "content") !== null &&
      Array.isArray(elements) &&
      elements.every((one) => /^(div|hr|action)$/.test(textAt(one, "tag") ?? ""));
    const isText = textAt(message, "msg_type") === "text" && textAt(message, "content", "text");
    if (!isCard && !isText) return say(9499, "Bad Request");
    if (bot.keyword !== undefined && !body.includes(bot.keyword)) {
      return say(19024, "Key Words Not Found");
    }
    if (isTooFast(bot, now, 100, MINUTE) || isTooFast(bot, now, 5, 1000)) {
      return say(11232, "frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]");
    }
    return {
      status: 200,
      body: JSON.stringify({ StatusCode: 0, code: 0, data: {}, msg: "success" }),
    };
  },

  dingtalk({ bot, url, message, now }) {
    const say = (errcode: number, errmsg: string) => json({ errcode, errmsg });
    if (bot.trouble === "dismissed") return say(400013, "group has been dismissed");
    if (now < bot.silentUntil) {
      return say(130101, "send too fast, exceed 20 times per minute");
    }
    if (bot.trouble === "ip") return say(310000, "ip 203.0.113.7 not in whitelist");
    if (bot.secret !== undefined) {
      const timestamp = url.searchParams.get("timestamp") ?? "";
      const wanted = createHmac("sha256", bot.secret)
        .update(`${timestamp}\n${bot.secret}`)
        .digest("base64");
      if (Math.abs(now - Number(timestamp)) > HOUR || !/^\d{13}$/.test(timestamp)) {
        return say(310000, "invalid timestamp");
      }
      if (url.searchParams.get("sign") !== wanted) {
        return say(310000, "sign not match, more: [https://ding-doc.dingtalk.com/]");
      }
    }
    if (message === null) return say(40035, "缺少参数 json");
    const title = textAt(message, "markdown", "title");
    const text = textAt(message, "markdown", "text") ?? textAt(message, "text", "content");
    const type = textAt(message, "msgtype");
    if (type !== "markdown" && type !== "text") return say(400105, "unsupported msgtype");
    if (text === null || text === "" || (type === "markdown" && !title)) {
      return say(40035, "缺少参数 text");
    }
    if (bytes(text) > 20_000) return say(460101, "message too long, exceed 20000 bytes");
    if (bot.keyword !== undefined && !`${title} ${text}`.includes(bot.keyword)) {
      return say(
        310000,
        "keywords not in content, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]",
      );
    }
    if (isTooFast(bot, now, 20, MINUTE)) {
      bot.silentUntil = now + 10 * MINUTE;
      return say(130101, "send too fast, exceed 20 times per minute");
    }
    return say(0, "ok");
  },

  wecom({ bot, message, now }) {
    const say = (errcode: number, errmsg: string) => json({ errcode, errmsg });
    if (bot.trouble === "busy") return say(-1, "system busy");
    if (message === null) return say(40058, "invalid Request Parameter");
    const type = textAt(message, "msgtype");
    const [field, most] =
      type === "text" ? (["text", 2048] as const) : (["markdown", 4096] as const);
    if (type !== "text" && type !== "markdown") return say(40008, "invalid message type");
    const content = textAt(message, field, "content");
    if (content === null || content === "") return say(44004, "empty content");
    if (bytes(content) > most) {
      return say(40058, `${field}.content exceed max length ${most}. invalid Request Parameter`);
    }
    if (isTooFast(bot, now, 20, MINUTE)) {
      return say(45009, "api freq out of limit, hint: [1700000000123456789]");
    }
    return say(0, "ok");
  },

  slack({ bot, message, now }) {
    const say = (status: number, body: string, headers = {}): Answer => ({ status, body, headers });
    if (bot.trouble === "archived") return say(410, "channel_is_archived");
    const blocks = objectAt(message, "blocks");
    if (message === null || !Array.isArray(blocks) || blocks.length > 50) {
      return say(400, "invalid_payload");
    }
    const isRight = blocks.every((block) => {
      const fields = objectAt(block, "fields");
      const text = textAt(block, "text", "text");
      const most = textAt(block, "type") === "header" ? 150 : 3000;
      return (
        (text === null || (text.length > 0 && text.length <= most)) &&
        (fields === undefined ||
          (Array.isArray(fields) &&
            fields.length >= 1 &&
            fields.length <= 10 &&
            fields.every((one) => (textAt(one, "text") ?? "x".repeat(3000)).length <= 2000)))
      );
    });
    if (!isRight || (textAt(message, "text") ?? "").length > 40_000) {
      return say(400, "invalid_blocks");
    }
    if (isTooFast(bot, now, 3, 3000)) {
      return say(429, "rate_limited", { "Retry-After": "30" });
    }
    return say(200, "ok");
  },

  teams({ bot, url, body, message, now }) {
    const say = (status: number, code: string, text: string) =>
      json({ error: { code, message: text } }, status);
    if (bot.trouble === "dismissed") {
      return say(404, "WorkflowNotFound", "The workflow could not be found.");
    }
    if (url.searchParams.get("sig") !== bot.id) {
      return say(401, "DirectApiAuthorizationRequired", "The request must be authenticated.");
    }
    if (bytes(body) > 28 * 1024)
      return say(413, "RequestEntityTooLarge", "The message is too large.");
    const card = objectAt(message, "attachments", 0);
    if (
      textAt(message, "type") !== "message" ||
      textAt(card, "contentType") !== "application/vnd.microsoft.card.adaptive" ||
      textAt(card, "content", "type") !== "AdaptiveCard" ||
      !Array.isArray(objectAt(card, "content", "body"))
    ) {
      return say(400, "TriggerInputSchemaMismatch", "The input body did not match its schema.");
    }
    if (isTooFast(bot, now, 4, 1000)) return say(429, "TooManyRequests", "Rate limit is exceeded.");
    return { status: 202, body: "" };
  },
};

/** What each says of an address that is nobody's. */
const NOBODY: Readonly<Record<BotName, Answer>> = {
  feishu: json({ code: 19001, msg: "param invalid: incoming webhook access token invalid" }),
  dingtalk: json({ errcode: 300005, errmsg: "token is not exist" }),
  wecom: json({ errcode: 93000, errmsg: "invalid webhook url" }),
  slack: { status: 404, body: "no_service" },
  teams: json({ error: { code: "WorkflowNotFound", message: "No such workflow." } }, 404),
};

function addressed(url: URL): { kind: BotName; id: string } | null {
  const path = url.pathname;
  const feishu = /^\/open-apis\/bot\/v2\/hook\/([\w-]+)$/.exec(path)?.[1];
  if (feishu !== undefined) return { kind: "feishu", id: feishu };
  if (path === "/robot/send") {
    return { kind: "dingtalk", id: url.searchParams.get("access_token") ?? "" };
  }
  if (path === "/cgi-bin/webhook/send") {
    return { kind: "wecom", id: url.searchParams.get("key") ?? "" };
  }
  const slack = /^\/services\/T0\/B0\/([\w-]+)$/.exec(path)?.[1];
  if (slack !== undefined) return { kind: "slack", id: slack };
  const teams = /^\/workflows\/([\w-]+)\/triggers\/manual\/paths\/invoke$/.exec(path)?.[1];
  return teams === undefined ? null : { kind: "teams", id: teams };
}

/** The address of a bot at a server of fakes. */
export function botAddress(server: string, kind: BotName, id: string): string {
  const paths: Record<BotName, string> = {
    feishu: `/open-apis/bot/v2/hook/${id}`,
    dingtalk: `/robot/send?access_token=${id}`,
    wecom: `/cgi-bin/webhook/send?key=${id}`,
    slack: `/services/T0/B0/${id}`,
    teams: `/workflows/${id}/triggers/manual/paths/invoke?api-version=2016-06-01&sig=${id}`,
  };
  return `${server}${paths[kind]}`;
}

export async function startFakeBots(
  /** When a message is shown, before the bot has answered. */
  onShown: () => void = () => undefined,
): Promise<{ url: string; close(): Promise<void> }> {
  const bots = new Map<string, Bot>();
  const langfuse = new FakeLangfuse();
  const server = createServer((request, response) => {
    // One that is kept open may be closed just as the next message is written.
    response.setHeader("connection", "close");
    serve({ bots, langfuse, onShown }, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  // A test that computes for long must not find its connection closed.
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
  {
    bots,
    langfuse,
    onShown,
  }: { bots: Map<string, Bot>; langfuse: FakeLangfuse; onShown: () => void },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  const controlled = /^\/_bots\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (controlled !== undefined) {
    const known = bots.get(controlled);
    if (request.method === "PUT") {
      const fresh = { shown: [], refused: [], times: [], silentUntil: 0 };
      const setup = JSON.parse(body) as BotSetup;
      const before = known && {
        ...known,
        secret: undefined,
        keyword: undefined,
        trouble: undefined,
      };
      bots.set(controlled, { ...(before ?? fresh), ...setup, id: controlled });
    }
    const { shown = [], refused = [] } = bots.get(controlled) ?? {};
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ shown, refused } satisfies BotLog));
    return;
  }
  const project = /^\/_langfuse\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (project !== undefined) {
    if (request.method === "PUT") langfuse.set(project, JSON.parse(body) as LangfuseSetup);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(langfuse.log(project)));
    return;
  }
  if (url.pathname.startsWith("/api/public/")) {
    const { authorization = "" } = request.headers;
    const { method = "GET" } = request;
    langfuse.serve({ method, path: url.pathname, authorization, body }, response);
    return;
  }
  const to = addressed(url);
  if (to === null || request.method !== "POST") {
    response.writeHead(404).end("not found");
    return;
  }
  const bot = bots.get(to.id);
  const now = Number(request.headers["x-now"] ?? Date.now());
  const shownBefore = bot?.shown.length;
  const {
    status,
    headers,
    body: text,
  } = bot === undefined || bot.kind !== to.kind ? NOBODY[to.kind] : ask(bot, url, body, now);
  if (bot?.shown.length !== shownBefore) onShown();
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(text);
}

function ask(bot: Bot, url: URL, body: string, now: number): Answer {
  const message = parse(body);
  const answer = answerOf({ bot, url, body, message, now });
  if (isShown(bot.kind, answer) && message !== null) {
    bot.times.push(now);
    bot.shown.push({ at: now, message });
  } else bot.refused.push({ at: now, status: answer.status, body: answer.body });
  return answer;
}

function answerOf(asked: Asked): Answer {
  const { trouble, kind } = asked.bot;
  if (trouble === "gone") return NOBODY[kind];
  if (trouble === "html") return { status: 200, body: "<html><body>系统维护中</body></html>" };
  if (trouble === "down") return { status: 503, body: "upstream connect error" };
  return BOTS[kind](asked);
}

function isShown(kind: BotName, { status, body }: Answer): boolean {
  if (kind === "slack") return status === 200 && body === "ok";
  if (kind === "teams") return status === 202;
  return status === 200 && /"(?:errcode|code)":0\b/.test(body);
}

function parse(body: string): Message | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Message) : null;
  } catch {
    return null;
  }
}
