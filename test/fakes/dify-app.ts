import {
  answerTo,
  type Exchange,
  type FakeApp,
  json,
  passagesFor,
  pause,
  type Trouble,
  troubleOf,
  workOn,
} from "./fake-app.ts";

// The service API of one Dify app, in its five modes, with what goes wrong there.

const CHATS = ["chat", "advanced-chat", "agent-chat", "agent"];

function refuse({ app, response }: Exchange, status: number, code: string, message: string): void {
  app.log.refused.push(status);
  json(response, { status, code, message }, status);
}

export async function answerDify(exchange: Exchange): Promise<unknown> {
  const { app, request, response, query, body } = exchange;
  const path = exchange.path.replace(/^v1\/?/, "");
  const mode = app.mode ?? "chat";
  if (request.method === "GET") return tell(exchange, path, query);
  if (path.endsWith("/stop")) {
    app.log.stopped.push(path);
    return json(response, { result: "success" });
  }
  const wanted = CHATS.includes(mode)
    ? "chat-messages"
    : mode === "completion"
      ? "completion-messages"
      : "workflows/run";
  if (path !== wanted)
    return refuse(
      exchange,
      400,
      `not_${mode}_app`,
      "Please check if your app mode matches the right API route.",
    );
  if (typeof body.user !== "string" || typeof body.inputs !== "object") {
    return refuse(exchange, 400, "invalid_param", "user and inputs are required");
  }
  if (body.response_mode !== "streaming" && (mode === "agent-chat" || mode === "agent")) {
    return refuse(exchange, 400, "bad_request", "Agent Chat App does not support blocking mode");
  }
  const inputs = body.inputs as Record<string, unknown>;
  const question = String(
    CHATS.includes(mode) ? body.query : (inputs.query ?? inputs.question ?? ""),
  );
  app.log.sent.push({ headers: request.headers as Record<string, string>, body });
  if (app.allowance !== undefined && app.log.worked.length >= app.allowance) {
    return refuse(exchange, 429, "rate_limit_error", "Your plan’s message credits are used up.");
  }
  const trouble = troubleOf(app, question);
  if (trouble === "always_500" || (trouble === "once_500" && !app.failedOnce.has(question))) {
    app.failedOnce.add(question);
    return refuse(exchange, 500, "internal_server_error", "Internal Server Error");
  }
  if (trouble === "refused")
    return refuse(exchange, 400, "completion_request_error", `模型拒绝：${question}`);
  if (trouble === "redirect") {
    response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" });
    response.end();
    return;
  }
  const serial = ++app.serial;
  const conversation = String(body.conversation_id || `conv-${serial}`);
  const tooMany = () =>
    refuse(
      exchange,
      429,
      "too_many_requests",
      `Too many requests. Please try again later. The current maximum concurrent requests allowed for this app is ${app.atOnce}.`,
    );
  const asked = { question, user: body.user, conversation };
  await workOn(
    exchange,
    asked,
    () => stream(exchange, { mode, question, trouble, serial, conversation, user: asked.user }),
    tooMany,
  );
}

interface Work {
  mode: string;
  question: string;
  trouble: Trouble | null;
  serial: number;
  conversation: string;
  user: string;
}

async function stream({ app, response }: Exchange, work: Work): Promise<void> {
  const { mode, question, trouble, serial, conversation, user } = work;
  const isFlow = mode === "workflow" || mode === "advanced-chat";
  const isChat = CHATS.includes(mode);
  const answer = trouble === "empty" ? "" : answerTo(app, question);
  const passages = passagesFor(question);
  // The new agent cites nothing, neither in its stream nor in the list of its messages.
  const cited = mode === "agent" ? [] : passages;
  const resources = cited.map((content, n) => ({
    position: n + 1,
    segment_id: `seg-${n}`,
    document_name: "手册",
    content,
    score: 0.9,
  }));
  const runId = `run-${serial}`;
  const ids = {
    task_id: `task-${serial}`,
    ...(isFlow ? { workflow_run_id: runId } : {}),
    ...(mode === "workflow" ? {} : { message_id: `m-${serial}`, created_at: 1 }),
    ...(isChat ? { conversation_id: conversation } : {}),
  };
  const kept: Record<string, unknown> = {
    work,
    answer: "",
    status: "normal",
    run: "running",
    resources: [],
  };
  app.kept.set(`${user} ${serial}`, kept);
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (event: string, more: object = {}) =>
    response.write(`data: ${JSON.stringify({ event, ...ids, ...more })}\n\n`);
  response.write("event: ping\n\n");
  // Gone before it has said a word; its work is done all the same.
  if (trouble === "lost") return end(kept, answer, () => response.destroy(), resources);
  if (isFlow) send("workflow_started", { data: { id: runId, workflow_id: "w" } });
  if (trouble === "slow") {
    response.write("event: ping\n\n");
    await pause(60_000);
  }
  if (isFlow) {
    const result = passages.map((content, n) => ({
      content,
      title: "手册",
      metadata: { segment_id: `seg-${n}`, _source: "knowledge" },
    }));
    const isCut = trouble === "truncated";
    send("node_finished", {
      data: {
        ...{
          id: "n1",
          node_id: "kr",
          node_type: "knowledge-retrieval",
          title: "知识检索",
          status: "succeeded",
        },
        outputs: { result: isCut ? [{ ...result[0], content: "cut…" }] : result },
        outputs_truncated: isCut,
      },
    });
  }
  if (trouble === "error_after_start") {
    kept.run = "failed";
    kept.status = "error";
    kept.error = "LLM provider overloaded";
    send("error", {
      status: 400,
      code: "completion_request_error",
      message: "LLM provider overloaded",
    });
    return void response.end();
  }
  if (trouble === "failed" || trouble === "stopped") {
    const error = trouble === "failed" ? "Node LLM failed" : null;
    kept.run = trouble;
    kept.status = "error";
    kept.error = error ?? trouble;
    if (isFlow)
      send("workflow_finished", {
        data: { id: runId, status: trouble, outputs: {}, error, total_tokens: 3 },
      });
    if (mode !== "workflow")
      send("error", { status: 400, code: "completion_request_error", message: error ?? "stopped" });
    return void response.end();
  }
  if (trouble === "paused") {
    kept.run = "paused";
    send("human_input_required", { data: { form_id: "f" } });
    send("workflow_paused", { data: { status: "paused" } });
    return void response.end();
  }
  const half = Math.ceil(answer.length / 2);
  const delta = mode === "agent-chat" || mode === "agent" ? "agent_message" : "message";
  if (mode === "workflow")
    send("text_chunk", { data: { text: answer, from_variable_selector: ["llm", "text"] } });
  else {
    if (trouble === "replaced") send(delta, { answer: "不合规的内容" });
    if (trouble === "replaced")
      send("message_replace", { answer: answer.slice(0, half), reason: "moderation" });
    else send(delta, { answer: answer.slice(0, half) });
    if (mode === "agent-chat")
      send("agent_thought", {
        position: 1,
        thought: "",
        tool: "dataset",
        tool_input: "{}",
        observation: "…",
      });
  }
  response.write("event: ping\n\n");
  if (trouble === "dropped") return end(kept, answer, () => response.destroy(), resources);
  if (mode !== "workflow") {
    send(delta, { answer: answer.slice(half) });
    if (mode === "agent") send("message", { answer });
    send("message_end", {
      metadata: {
        usage: { total_tokens: 120, total_price: "0.0012", currency: "USD", latency: 0.3 },
        ...(mode === "agent" ? {} : { retriever_resources: resources }),
        ...(trouble === "canned"
          ? { annotation_reply: { id: "a1", account: { id: "u", name: "编辑" } } }
          : {}),
      },
    });
  }
  if (isFlow) {
    const outputs = mode === "workflow" ? { answer, lang: 1 } : { answer };
    send("workflow_finished", {
      data: { id: runId, status: "succeeded", outputs, error: null, total_tokens: 120 },
    });
  }
  end(kept, answer, () => response.end(), resources);
}

function end(
  kept: Record<string, unknown>,
  answer: string,
  close: () => void,
  resources: object[],
): void {
  Object.assign(kept, { answer, run: "succeeded", resources });
  close();
}

/** What it tells when it is only asked how things are. */
function tell(exchange: Exchange, path: string, query: URLSearchParams): unknown {
  const { app, response } = exchange;
  if (path === "info")
    return json(response, {
      name: "客服助手",
      description: "",
      tags: [],
      mode: app.mode ?? "chat",
      author_name: "x",
    });
  if (path === "parameters") {
    return json(response, {
      ...{ opening_statement: "", suggested_questions: [], user_input_form: formOf(app) },
      ...{ retriever_resource: { enabled: true }, annotation_reply: { enabled: false } },
      ...app.parameters,
    });
  }
  if (path === "apps/annotations") {
    const all = app.annotations ?? [];
    const limit = Number(query.get("limit") ?? 20);
    const from = (Number(query.get("page") ?? 1) - 1) * limit;
    return json(response, {
      data: all.slice(from, from + limit),
      has_more: from + limit < all.length,
      limit,
      total: all.length,
    });
  }
  const user = query.get("user") ?? query.get("created_by_end_user_session_id") ?? "";
  const own = [...app.kept.entries()]
    .filter(([key]) => key.startsWith(`${user} `))
    .map(([, kept]) => kept);
  const workOf = (kept: Record<string, unknown>) => kept.work as Work;
  if (path === "conversations") {
    const ids = [...new Set(own.map((kept) => workOf(kept).conversation))].reverse();
    return json(response, {
      data: ids.map((id) => ({ id, name: "", updated_at: 1 })),
      has_more: false,
      limit: 20,
    });
  }
  if (path === "messages") {
    const data = own
      .filter((kept) => workOf(kept).conversation === query.get("conversation_id"))
      .map((kept) => ({
        ...{
          id: `m-${workOf(kept).serial}`,
          query: workOf(kept).question,
          answer: kept.answer,
          created_at: 1,
        },
        ...{ status: kept.status, error: kept.error ?? null, retriever_resources: kept.resources },
      }));
    return json(response, { data, has_more: false, limit: 100 });
  }
  if (path === "workflows/logs") {
    const data = own.map((kept) => ({
      id: "l",
      workflow_run: { id: `run-${workOf(kept).serial}`, status: kept.run },
    }));
    return json(response, {
      data: data.reverse(),
      has_more: false,
      limit: 20,
      page: 1,
      total: data.length,
    });
  }
  const run = /^workflows\/run\/run-(\d+)$/.exec(path)?.[1];
  const found = [...app.kept.values()].find((kept) => String(workOf(kept).serial) === run);
  if (found !== undefined) {
    const outputs = found.run === "succeeded" ? { answer: found.answer, lang: 1 } : {};
    return json(response, {
      id: `run-${run}`,
      status: found.run,
      inputs: "{}",
      outputs,
      error: found.error ?? null,
      total_tokens: 120,
    });
  }
  refuse(exchange, 404, "not_found", "Not found");
}

function formOf({ mode }: FakeApp): object[] {
  if (mode !== "workflow" && mode !== "completion") return [];
  return [{ paragraph: { label: "问题", variable: "query", required: true, default: "" } }];
}
