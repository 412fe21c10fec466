import type { TargetKindName } from "../contract/target.ts";
import { isRecord } from "../intake/parse-json.ts";
import { said } from "../words/said.ts";
import { DIFY } from "./dify.ts";
import { fillHeaders, fillTemplate } from "./fill-template.ts";
import { readJsonAnswer, refuseByStatus } from "./read-json-answer.ts";
import { numberOf, readPath, textOf } from "./read-path.ts";
import type { Question, Refusal, TargetKind } from "./target-kind.ts";

function messagesOf({ history, question }: Question): { role: string; content: string }[] {
  const said = history.flatMap((turn) => [
    { role: "user", content: turn.question },
    { role: "assistant", content: turn.answer },
  ]);
  return [...said, { role: "user", content: question }];
}

/** Errors that come with a success: `code` says that it is none. */
function refusedByCode(body: unknown): Refusal | null {
  const code = isRecord(body) ? numberOf(body.code) : null;
  if (code === null || code === 0 || code === 200) return null;
  return { ...refuseByStatus(200, body), code: String(code) };
}

function refusedByError(body: unknown): Refusal | null {
  const error = readPath(body, "error");
  return error === undefined || error === null ? null : refuseByStatus(200, body);
}

const RAGFLOW: TargetKind = {
  mode: "chat",
  problem: ({ options }) => (options.chat_id === undefined ? said("target_chat_id") : null),
  build: ({ options }, question) => ({
    method: "POST",
    path: "api/v1/chat/completions",
    body: { chat_id: options.chat_id, messages: messagesOf(question), stream: false },
  }),
  createReader({ options }) {
    const inner = readJsonAnswer(options, {
      answer: "data.answer",
      contexts: ["data.reference.chunks"],
      refusalOf: refusedByCode,
      clean: (answer) => answer.replace(/\s?\[ID:\d+\]/g, ""),
    });
    // Some versions stream whatever they are asked: pieces, or each time all of it, and `true` at the end.
    let streamed: Record<string, unknown> | null = null;
    let text = "";
    return {
      ...inner,
      push(body, event) {
        const data = isRecord(body) ? body.data : null;
        if (event === null) inner.push(body, null);
        else if (data === true) inner.push({ code: 0, data: { ...streamed, answer: text } }, null);
        else if (!isRecord(data)) inner.push(body, null);
        else {
          const piece = textOf(data.answer) ?? "";
          text = piece.length > text.length && piece.startsWith(text) ? piece : text + piece;
          streamed = { ...streamed, ...data };
        }
      },
    };
  },
  refuse: refuseByStatus,
};

const FASTGPT: TargetKind = {
  mode: "chat",
  build: (_app, question) => ({
    method: "POST",
    path: "v1/chat/completions",
    body: {
      stream: false,
      detail: true,
      messages: messagesOf(question),
      variables: question.inputs,
    },
  }),
  createReader({ options }) {
    const inner = readJsonAnswer(options, {
      answer: "choices[0].message.content",
      contexts: ["quotes"],
      refusalOf: (body) => refusedByCode(body) ?? refusedByError(body),
      pausedAt: "interactive",
      // Its own count is made up.
      tokensAt: "responseData[0].totalTokens",
    });
    return {
      ...inner,
      push: (body, event) =>
        inner.push(isRecord(body) ? { ...body, quotes: quotesOf(body) } : body, event),
    };
  },
  refuse: refuseByStatus,
};

/** What the model saw, else what was searched; a question and its answer are one passage. */
function quotesOf(body: Record<string, unknown>): string[] {
  const nodes = Array.isArray(body.responseData) ? body.responseData.filter(isRecord) : [];
  const lists = ["chatNode", "datasetSearchNode"].flatMap((type) =>
    nodes.flatMap(({ moduleType, quoteList }) =>
      moduleType === type && Array.isArray(quoteList) && quoteList.length > 0
        ? [quoteList.filter(isRecord)]
        : [],
    ),
  );
  return (lists[0] ?? []).map(({ q, a }) => [textOf(q), textOf(a)].filter(Boolean).join("\n"));
}

const OPENAI: TargetKind = {
  mode: "chat",
  build: ({ options }, question) => ({
    method: "POST",
    path: "chat/completions",
    body: { model: options.model ?? "model", messages: messagesOf(question), stream: false },
  }),
  createReader: ({ options }) =>
    readJsonAnswer(options, {
      answer: "choices[0].message.content",
      contexts: [
        "choices[0].message.context.citations[].content",
        "choices[0].message.reference",
        "choices[0].message.references",
        "citations",
        "search_results",
        "sources[].document[]",
        "retriever_resources",
        "metadata.retriever_resources",
        "responseData[].quoteList[]",
      ],
      refusalOf: refusedByError,
    }),
  refuse: refuseByStatus,
};

const HTTP: TargetKind = {
  mode: "http",
  keyHeader: ({ key_header: header }) => header ?? null,
  problem: ({ options }) => (options.answer === undefined ? said("target_answer_path") : null),
  build({ options }, question) {
    return {
      method: "POST",
      path: "",
      headers: fillHeaders(options.headers ?? {}, question),
      body: fillTemplate(
        options.body ?? { question: "{{question}}", inputs: question.inputs },
        question,
      ),
    };
  },
  createReader: ({ options }) =>
    readJsonAnswer(options, {
      answer: "answer",
      contexts: [],
      refusalOf: () => null,
      mostBeside: 64 * 1024,
    }),
  refuse: refuseByStatus,
};

export const KINDS: Readonly<Record<TargetKindName, TargetKind>> = {
  dify: DIFY,
  ragflow: RAGFLOW,
  fastgpt: FASTGPT,
  openai: OPENAI,
  http: HTTP,
};
