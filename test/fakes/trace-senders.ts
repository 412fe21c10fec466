import type { SentBatch, SentSpan } from "./otlp-spans.ts";

/** What was said in one run of an app. */
export interface Conversation {
  id: string;
  question: string;
  answer: string;
  passages: string[];
  session: string;
  user: string;
  app: string;
}

export type Random = () => number;

/** Numbers that are the same in every run of the tests. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ZH = [
  "年假",
  "报销",
  "单据",
  "须在",
  "三个工作日",
  "内",
  "提交",
  "，",
  "由",
  "主管",
  "审批",
  "。",
  "“加急”",
  "流程",
  "\n",
  "２０２６",
  "🙂",
  "——",
  "（见",
  "附件",
  "）",
  "𠮷野家",
];
const EN = [
  "leave",
  "refund",
  "policy",
  "within",
  "30 days",
  "of",
  "delivery",
  ",",
  "the",
  "manager's",
  "approval",
  ".",
  '"urgent"',
  "path C:\\temp",
  "\n",
  "it's",
  "{{x}}",
  "100%",
  "café",
  "\t",
  "a|b",
  "[1]",
];

/** Texts as people write them, with what breaks careless readers: quotes, line breaks, backslashes, brackets, emoji. */
function text(random: Random, words: readonly string[], length: number): string {
  const glue = words === ZH ? "" : " ";
  const parts = Array.from({ length }, () => words[Math.floor(random() * words.length)] ?? "");
  return `${words === ZH ? "问" : "About"} ${Math.floor(random() * 1e6)} ${parts.join(glue)} end`;
}

export function makeConversations(count: number, seed = 7): Conversation[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, at) => {
    const words = at % 2 === 0 ? ZH : EN;
    const passages = Array.from({ length: at % 5 }, () => text(random, words, 20 + (at % 40)));
    return {
      id: uuid(random),
      question: text(random, words, 8),
      answer: text(random, words, 25),
      passages,
      session: uuid(random),
      user: at % 2 === 0 ? `用户${at}` : `user-${at}`,
      app: at % 2 === 0 ? "人事助手" : "helpdesk",
    };
  });
}

function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
}

/** Numbers that follow from a text. */
function ofText(text: string, start: number): Random {
  return seeded([...text].reduce((sum, one) => Math.imul(sum, 31) + one.charCodeAt(0), start));
}

function uuid(random: Random): string {
  const [a, b, c, d, e] = [8, 4, 4, 4, 12].map((digits) => hex(random, digits));
  return `${a}-${b}-${c}-${d}-${e}`;
}

/** As Python's `json.dumps` writes it, with blanks behind `,` and `:` and no escapes for what is no ASCII. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).map(
      ([key, one]) => `${JSON.stringify(key)}: ${pythonJson(one)}`,
    );
    return `{${parts.join(", ")}}`;
  }
  return JSON.stringify(value ?? null);
}

/** As Python's `repr` writes a string. */
function pythonString(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replaceAll("\r", "\\r")
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

/** Requests of one run, in the order a sender sends them. */
export type Requests = SentBatch[][];

const AT = 1_790_000_000_000;

/** Dify 1.20: one request a span, parents first, new ids whenever it is sent again. */
function difyChatflow(talk: Conversation, random: Random): Requests {
  const ids = Array.from({ length: 10 }, () => hex(random, 16));
  const traceId = hex(random, 32);
  const runId = `run-${talk.id}`;
  const metadata = {
    workflow_id: "wf-1",
    conversation_id: talk.session,
    workflow_run_id: runId,
    tenant_id: "tenant-1",
    elapsed_time: 3.2,
    status: "succeeded",
    total_tokens: 321,
    triggered_from: "app-run",
    user_id: "9b1d",
    app_id: "app-1",
    app_name: "",
  };
  const answer = { answer: talk.answer, files: [] };
  const result = talk.passages.map((content, at) => ({
    metadata: {
      _source: "knowledge",
      dataset_id: "ds-1",
      document_id: `doc-${at}`,
      document_name: "手册.md",
      segment_id: `seg-${at}`,
      score: 0.9 - at / 10,
      child_chunks: [],
      position: at + 1,
    },
    title: "手册.md",
    files: null,
    content,
    summary: null,
  }));
  const prompts = [
    { role: "system", text: `根据资料回答：${talk.passages.join("\n")}`, files: [] },
    { role: "user", text: `${talk.question}（请简短回答）`, files: [] },
  ];
  const node = (type: string, extra = {}) => ({
    total_tokens: 0,
    node_id: `n-${type}`,
    node_execution_id: `exec-${type}-${talk.id}`,
    node_type: type,
    status: "succeeded",
    ...extra,
  });
  const model = {
    model_provider: "langgenius/openai/openai",
    model_name: "gpt-6-mini",
    total_tokens: 321,
  };
  const spans: [string, string, string, unknown, unknown, object][] = [
    [
      `chatflow_${runId}`,
      "CHAIN",
      talk.id,
      talk.question,
      answer,
      { ...metadata, trace_entity_type: "message" },
    ],
    [
      `workflow_${runId}`,
      "CHAIN",
      runId,
      { "sys.query": talk.question, "sys.user_id": talk.user, "sys.files": [], 部门: "人事" },
      answer,
      metadata,
    ],
    [
      "start_开始",
      "CHAIN",
      `exec-start-${talk.id}`,
      { "sys.query": talk.question },
      {},
      node("start"),
    ],
    [
      "question-classifier_分类",
      "CHAIN",
      `exec-cl-${talk.id}`,
      { query: talk.question },
      { class_name: "HR" },
      node("question-classifier"),
    ],
    [
      "knowledge-retrieval_知识检索",
      "RETRIEVER",
      `exec-kr-${talk.id}`,
      { query: talk.question },
      { result },
      node("knowledge-retrieval"),
    ],
    [
      "code_整理",
      "CHAIN",
      `exec-code-${talk.id}`,
      { items: result },
      { context: talk.passages.join("\n") },
      node("code"),
    ],
    [
      "llm_回答",
      "LLM",
      `exec-llm-${talk.id}`,
      prompts,
      { text: talk.answer, usage: { total_tokens: 321 }, finish_reason: "stop" },
      node("llm", model),
    ],
    [
      "tool_日历",
      "TOOL",
      `exec-tool-${talk.id}`,
      { day: "today" },
      { text: "{}", files: [], json: [{}] },
      node("tool"),
    ],
    ["answer_直接回复", "CHAIN", `exec-answer-${talk.id}`, {}, answer, node("answer")],
    ["generate_name", "TOOL", `name-${talk.id}`, talk.question, "标题", { message_id: talk.id }],
  ];
  return spans.map(([name, kind, stable, input, output, meta], at) => [
    {
      resource: { "service.name": talk.app, "telemetry.sdk.language": "python" },
      scope: `unified_otel_${talk.app}`,
      spans: [
        {
          traceId,
          spanId: ids[at] ?? "",
          ...(at > 0 ? { parentId: ids[at - 1] ?? "" } : {}),
          name,
          start: AT + at * 100,
          end: at < 2 ? AT + 3200 : AT + at * 100 + 90,
          attributes: {
            "openinference.span.kind": kind,
            "input.value": pythonJson(input),
            "output.value": pythonJson(output),
            "input.mime_type": "application/json",
            "output.mime_type": "application/json",
            metadata: pythonJson({ ...meta, "dify.span.kind": kind }),
            "session.id": talk.session,
            "dify.span.id": stable,
            "dify.span.synthetic": false,
            ...(kind === "LLM"
              ? { "gen_ai.request.model": "gpt-6-mini", "gen_ai.usage.total_tokens": 321 }
              : {}),
          },
        },
      ],
    },
  ]);
}

/** A chat app of Dify 1.20: its retrieval comes as a span of its own, documents printed by Python. */
function difyChat(talk: Conversation, random: Random): Requests {
  const traceId = hex(random, 32);
  const [root, llm, retrieval, suggested] = Array.from({ length: 4 }, () => hex(random, 16));
  const prompts = [
    { role: "system", text: `资料：${talk.passages.join("\n")}`, files: [] },
    { role: "user", text: `回答用户：${talk.question}`, files: [] },
  ];
  const documents = talk.passages.map(
    (content, at) =>
      `page_content=${pythonString(content)} vector=None metadata={'score': 0.9, 'doc_id': 'd${at}', 'dataset_id': 'ds'} provider='dify' children=None`,
  );
  const metadata = {
    conversation_id: talk.session,
    ls_provider: "openai",
    ls_model_name: "gpt-6-mini",
    status: "normal",
    from_end_user_id: talk.user,
    from_source: "api",
    message_id: talk.id,
    app_id: "app-2",
    model_name: "gpt-6-mini",
    total_tokens: 321,
  };
  const make = (
    span: Partial<SentSpan> & Pick<SentSpan, "name">,
    kind: string,
    stable: string,
    input: unknown,
    output: unknown,
  ): SentBatch[] => [
    {
      resource: { "service.name": talk.app },
      scope: `unified_otel_${talk.app}`,
      spans: [
        {
          traceId,
          spanId: root ?? "",
          start: AT,
          end: AT + 3000,
          ...span,
          attributes: {
            "openinference.span.kind": kind,
            "input.value": pythonJson(input),
            "output.value": pythonJson(output),
            "input.mime_type": "application/json",
            "output.mime_type": "application/json",
            metadata: pythonJson(metadata),
            "session.id": talk.session,
            "dify.span.id": stable,
          },
        },
      ],
    },
  ];
  return [
    make({ name: "message" }, "CHAIN", talk.id, prompts, talk.answer),
    make(
      { name: "llm", spanId: llm ?? "", parentId: root ?? "" },
      "LLM",
      `${talk.id}:llm`,
      prompts,
      talk.answer,
    ),
    make(
      { name: "dataset_retrieval", spanId: retrieval ?? "", parentId: root ?? "" },
      "RETRIEVER",
      `${talk.id}:retrieval`,
      talk.question,
      { documents },
    ),
    make(
      { name: "suggested_question", spanId: suggested ?? "", parentId: root ?? "" },
      "TOOL",
      `${talk.id}:suggested`,
      talk.question,
      ["再问一句？"],
    ),
  ];
}

/** Dify's rewrite: the whole run in one request, structured values, ids that follow from the run. */
function difyRewrite(talk: Conversation): Requests {
  const random = ofText(talk.id, 7);
  const traceId = hex(random, 32);
  const [root, retrieval, llm] = Array.from({ length: 3 }, () => hex(random, 16));
  const common = {
    "dify.app_id": "app-3",
    "dify.session.id": talk.session,
    "dify.user.id": talk.user,
    "dify.trace.complete": true,
  };
  const span = (
    spanId: string,
    name: string,
    type: string,
    inputs: unknown,
    outputs: unknown,
    at: number,
  ): SentSpan => ({
    traceId,
    spanId,
    ...(at > 0 ? { parentId: root ?? "" } : {}),
    name,
    start: AT + at,
    end: AT + (at > 0 ? at + 50 : 3000),
    attributes: {
      ...common,
      "dify.span.id": `${type}-${talk.id}`,
      "dify.span.name": name,
      "dify.span.type": type,
      "dify.inputs": inputs,
      "dify.outputs": outputs,
      "dify.usage": { total_tokens: 321 },
    },
  });
  const documents = talk.passages.map((content) => ({
    document: { content, id: "d", score: 0.8, metadata: {} },
  }));
  return [
    [
      {
        resource: { "service.name": talk.app },
        scope: "dify",
        spans: [
          span(
            root ?? "",
            "workflow",
            "workflow",
            { query: talk.question, "sys.user_id": talk.user, 语言: "zh" },
            { answer: talk.answer },
            0,
          ),
          span(
            retrieval ?? "",
            "知识检索",
            "knowledge-retrieval",
            { query: talk.question },
            { result: documents },
            10,
          ),
          span(
            llm ?? "",
            "LLM",
            "llm",
            { prompts: [{ role: "user", text: "提示" }] },
            { text: talk.answer },
            20,
          ),
        ],
      },
    ],
  ];
}

/** Dify before 1.20 with the Phoenix provider: parents that are never sent, plain texts, a retriever that is called CHAIN. */
function difyAsPhoenix(talk: Conversation, random: Random): Requests {
  const stable = ofText(talk.id, 5);
  const traceId = hex(stable, 32);
  const make = (
    name: string,
    kind: string,
    input: string,
    output: string,
    metadata: object,
    at: number,
  ): SentBatch[] => [
    {
      resource: { "openinference.project.name": talk.app, model_id: talk.app },
      scope: "dify",
      spans: [
        {
          traceId,
          spanId: hex(random, 16),
          parentId: hex(random, 16),
          name,
          start: AT + at,
          end: AT + (at === 0 ? 3000 : at + 40),
          attributes: {
            "openinference.span.kind": kind,
            "input.value": input,
            "output.value": output,
            "session.id": talk.session,
            metadata: pythonJson(metadata),
          },
        },
      ],
    },
  ];
  const result = talk.passages.map((content, at) => ({
    content,
    title: "手册",
    metadata: { segment_id: `s${at}`, score: 0.8 },
  }));
  return [
    make(
      "message",
      "CHAIN",
      talk.question,
      talk.answer,
      { message_id: talk.id, from_end_user_id: talk.user, total_tokens: 321 },
      0,
    ),
    make(
      "knowledge-retrieval",
      "CHAIN",
      pythonJson({ query: talk.question }),
      pythonJson({ result }),
      { node_type: "knowledge-retrieval" },
      10,
    ),
    make(
      "llm",
      "LLM",
      pythonJson([{ role: "user", text: "提示" }]),
      talk.answer,
      { node_type: "llm", model_name: "gpt-6-mini" },
      20,
    ),
  ];
}

/** OpenInference: documents flattened out of order; some reranked; children before their parents, as batches end. */
function openInference(talk: Conversation, random: Random): Requests {
  const traceId = hex(random, 32);
  const [server, root, inner, retriever, reranker, llm] = Array.from({ length: 6 }, () =>
    hex(random, 16),
  );
  const documents = (prefix: string, texts: readonly string[]) =>
    Object.fromEntries(
      texts
        .flatMap((content, at) => [
          [`${prefix}.${at}.document.content`, content],
          [`${prefix}.${at}.document.id`, at],
          [`${prefix}.${at}.document.score`, 0.9 - at / 10],
          [`${prefix}.${at}.document.metadata`, '{"source": "x"}'],
        ])
        .reverse(),
    );
  const isReranked = talk.passages.length > 2;
  const found = isReranked ? [...talk.passages, "not wanted"].reverse() : talk.passages;
  const span = (
    spanId: string,
    parentId: string,
    name: string,
    kind: string,
    at: number,
    attributes: object,
  ): SentSpan => ({
    traceId,
    spanId,
    parentId,
    name,
    start: AT + at,
    end: AT + (at < 15 ? 3000 : at + 20),
    attributes: { "openinference.span.kind": kind, ...attributes },
  });
  const wrap = (name: string, value: unknown) => ({
    [`${name}.value`]: JSON.stringify(value),
    [`${name}.mime_type`]: "application/json",
  });
  const spans: SentSpan[] = [
    span(retriever ?? "", inner ?? "", "VectorStoreRetriever", "RETRIEVER", 20, {
      "input.value": talk.question,
      ...documents("retrieval.documents", found),
      ...(found.length === 0 ? wrap("output", []) : {}),
    }),
    ...(isReranked
      ? [
          span(reranker ?? "", inner ?? "", "CohereRerank", "RERANKER", 30, {
            "reranker.query": talk.question,
            ...documents("reranker.output_documents", talk.passages),
          }),
        ]
      : []),
    span(llm ?? "", inner ?? "", "ChatOpenAI", "LLM", 40, {
      "llm.model_name": "gpt-6-mini",
      "llm.token_count.total": 321,
      "llm.input_messages.0.message.role": "user",
      "llm.input_messages.0.message.content": `Context: … ${talk.question}`,
      "llm.output_messages.0.message.role": "assistant",
      "llm.output_messages.0.message.content": talk.answer,
    }),
    span(inner ?? "", root ?? "", "RunnableSequence", "CHAIN", 10, {
      ...wrap("input", { question: "inner", context: "x" }),
      ...wrap("output", { x: "inner" }),
    }),
    span(root ?? "", server ?? "", "RetrievalQA", "CHAIN", 5, {
      ...wrap("input", { input: talk.question }),
      ...wrap("output", { output: talk.answer }),
      "session.id": talk.session,
      "user.id": talk.user,
    }),
    {
      traceId,
      spanId: server ?? "",
      name: "POST /chat",
      start: AT,
      end: AT + 3100,
      attributes: { "http.request.method": "POST" },
    },
  ];
  return [
    [
      {
        resource: { "service.name": talk.app },
        scope: "openinference.instrumentation.langchain",
        spans,
      },
    ],
  ];
}

/** OpenTelemetry's own conventions: messages as JSON text, or as structured values. */
function genAi(talk: Conversation, random: Random, isStructured: boolean): Requests {
  const traceId = hex(random, 32);
  const [root, retrieval, chat] = Array.from({ length: 3 }, () => hex(random, 16));
  const value = (one: unknown) => (isStructured ? one : JSON.stringify(one));
  const message = (role: string, content: string, more = {}) => ({
    role,
    parts: [{ type: "text", content }],
    ...more,
  });
  const common = {
    "gen_ai.conversation.id": talk.session,
    "user.id": talk.user,
    "gen_ai.provider.name": "openai",
  };
  const documents = talk.passages.map((content, at) => ({ id: `d${at}`, score: 0.9, content }));
  const span = (
    spanId: string,
    name: string,
    operation: string,
    at: number,
    attributes: object,
  ): SentSpan => ({
    traceId,
    spanId,
    ...(at > 0 ? { parentId: root ?? "" } : {}),
    name,
    start: AT + at,
    end: AT + (at > 0 ? at + 30 : 3000),
    attributes: { "gen_ai.operation.name": operation, ...common, ...attributes },
  });
  const asked = [message("system", "be brief"), message("user", talk.question)];
  const said = [message("assistant", talk.answer, { finish_reason: "stop" })];
  return [
    [
      {
        resource: { "service.name": talk.app },
        scope: "opentelemetry.instrumentation.genai",
        spans: [
          span(retrieval ?? "", "retrieval kb", "retrieval", 10, {
            "gen_ai.retrieval.query.text": talk.question,
            "gen_ai.retrieval.documents": value(documents),
          }),
          span(chat ?? "", "chat gpt-6-mini", "chat", 20, {
            "gen_ai.request.model": "gpt-6-mini",
            "gen_ai.usage.input_tokens": 300,
            "gen_ai.usage.output_tokens": 21,
            "gen_ai.input.messages": value([message("user", `Context … ${talk.question}`)]),
            "gen_ai.output.messages": value(said),
          }),
          span(root ?? "", "invoke_agent helpdesk", "invoke_agent", 0, {
            "gen_ai.input.messages": value(asked),
            "gen_ai.output.messages": value(said),
          }),
        ],
      },
    ],
  ];
}

/** Langfuse's SDK: what is said of the trace stands at a span in the middle. */
function langfuse(talk: Conversation, random: Random): Requests {
  const traceId = hex(random, 32);
  const [root, retrieval, generation] = Array.from({ length: 3 }, () => hex(random, 16));
  const span = (
    spanId: string,
    name: string,
    type: string,
    at: number,
    attributes: object,
  ): SentSpan => ({
    traceId,
    spanId,
    ...(at > 0 ? { parentId: root ?? "" } : {}),
    name,
    start: AT + at,
    end: AT + (at > 0 ? at + 30 : 3000),
    attributes: {
      "langfuse.observation.type": type,
      "langfuse.session.id": talk.session,
      "user.id": talk.user,
      ...attributes,
    },
  });
  return [
    [
      {
        resource: { "service.name": talk.app },
        scope: "langfuse-sdk",
        spans: [
          span(retrieval ?? "", "retrieve", "retriever", 10, {
            "langfuse.observation.input": JSON.stringify({ query: talk.question }),
            "langfuse.observation.output": JSON.stringify(
              talk.passages.map((page_content) => ({ page_content, metadata: {} })),
            ),
            "langfuse.trace.input": JSON.stringify({ question: talk.question }),
            "langfuse.trace.output": JSON.stringify({ answer: talk.answer }),
          }),
          span(generation ?? "", "answer", "generation", 20, {
            "langfuse.observation.model.name": "gpt-6-mini",
            "langfuse.observation.usage_details": '{"input": 300, "output": 21, "total": 321}',
            "langfuse.observation.input": JSON.stringify([{ role: "user", content: "prompt" }]),
            "langfuse.observation.output": talk.answer,
          }),
          span(root ?? "", "handle", "span", 0, {
            "langfuse.observation.input": "{}",
            "langfuse.observation.output": "null",
          }),
        ],
      },
    ],
  ];
}

/** OpenLLMetry: a decorated workflow, a retriever task, numbered prompts. */
function traceloop(talk: Conversation, random: Random): Requests {
  const traceId = hex(random, 32);
  const [root, retrieval, chat] = Array.from({ length: 3 }, () => hex(random, 16));
  const span = (spanId: string, name: string, at: number, attributes: object): SentSpan => ({
    traceId,
    spanId,
    ...(at > 0 ? { parentId: root ?? "" } : {}),
    name,
    start: AT + at,
    end: AT + (at > 0 ? at + 30 : 3000),
    attributes: {
      "traceloop.association.properties.session_id": talk.session,
      "traceloop.association.properties.user_id": talk.user,
      ...attributes,
    },
  });
  return [
    [
      {
        resource: { "service.name": talk.app },
        scope: "opentelemetry.instrumentation.langchain",
        spans: [
          span(retrieval ?? "", "retriever.task", 10, {
            "traceloop.span.kind": "task",
            "traceloop.entity.input": pythonJson({ args: [talk.question], kwargs: {} }),
            "traceloop.entity.output": pythonJson(
              talk.passages.map((content) => ({ page_content: content })),
            ),
          }),
          span(chat ?? "", "openai.chat", 20, {
            "llm.request.type": "chat",
            "gen_ai.request.model": "gpt-6-mini",
            "llm.usage.total_tokens": 321,
            "gen_ai.prompt.0.role": "user",
            "gen_ai.prompt.0.content": `Context … ${talk.question}`,
            "gen_ai.completion.0.role": "assistant",
            "gen_ai.completion.0.content": talk.answer,
          }),
          span(root ?? "", "qa.workflow", 0, {
            "traceloop.span.kind": "workflow",
            "traceloop.entity.input": pythonJson({
              inputs: { question: talk.question },
              kwargs: {},
            }),
            "traceloop.entity.output": pythonJson({ outputs: { answer: talk.answer }, kwargs: {} }),
          }),
        ],
      },
    ],
  ];
}

export const SENDERS: Readonly<Record<string, (talk: Conversation, random: Random) => Requests>> = {
  "dify chatflow": difyChatflow,
  "dify chat": difyChat,
  "dify rewrite": difyRewrite,
  "dify as phoenix": difyAsPhoenix,
  openinference: openInference,
  "gen_ai text": (talk, random) => genAi(talk, random, false),
  "gen_ai structured": (talk, random) => genAi(talk, random, true),
  langfuse,
  traceloop,
};
