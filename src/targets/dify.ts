import { isRecord } from "../intake/parse-json.ts";
import { said } from "../words/said.ts";
import { DifyReader, pickOutput, refuseDify } from "./read-dify.ts";
import { numberOf, textOf } from "./read-path.ts";
import {
  type App,
  type AppFacts,
  type Call,
  type Found,
  NOTHING_READ,
  type Question,
  type TargetKind,
} from "./target-kind.ts";

/** A Dify app: its mode decides endpoint and form. Always streamed, or a proxy cuts what takes longer than 100 s. */
export const DIFY: TargetKind = {
  async discover(get): Promise<AppFacts> {
    const info = await get({ method: "GET", path: "info" });
    const parameters = await get({ method: "GET", path: "parameters" });
    const mode = (isRecord(info) && textOf(info.mode)) || "chat";
    const isOn = (name: string) =>
      isRecord(parameters) && isRecord(parameters[name]) && parameters[name].enabled === true;
    const isChat = CHATS.has(mode);
    return {
      mode,
      inputs: inputsOf(isRecord(parameters) ? parameters.user_input_form : null),
      notes: [
        ...(isChat && !isOn("retriever_resource") ? [said("target_no_citations")] : []),
        ...(isOn("annotation_reply") ? [said("target_annotations_answer")] : []),
      ],
    };
  },

  questionInput: (app) => (CHATS.has(app.mode) ? null : questionInput(app)),
  takesFiles: true,

  problem(app) {
    if (CHATS.has(app.mode) || app.mode === "completion") return null;
    return questionInput(app) === null ? said("target_question_input") : null;
  },

  build(app, { question, inputs, files, user, handle }): Call {
    const sent = files.map(({ type, url }) => ({ type, transfer_method: "remote_url", url }));
    const common = {
      user,
      response_mode: "streaming",
      ...(sent.length > 0 ? { files: sent } : {}),
    };
    const { workflow_id: version } = app.options;
    if (app.mode === "workflow") {
      const path =
        version === undefined ? "workflows/run" : `workflows/${encodeURIComponent(version)}/run`;
      return {
        method: "POST",
        path,
        body: { ...common, inputs: { ...inputs, [questionInput(app) ?? "query"]: question } },
      };
    }
    if (app.mode === "completion") {
      const body = { ...common, inputs: { ...inputs, [questionInput(app) ?? "query"]: question } };
      return { method: "POST", path: "completion-messages", body };
    }
    return {
      method: "POST",
      path: "chat-messages",
      body: {
        ...common,
        query: question,
        inputs,
        // A name for the conversation would cost a call of a model each time.
        auto_generate_name: false,
        ...(handle.conversation_id ? { conversation_id: handle.conversation_id } : {}),
        ...(version === undefined ? {} : { workflow_id: version }),
      },
    };
  },

  createReader: (app) => new DifyReader(app),
  refuse: refuseDify,

  async lookUp(app, question, get): Promise<Found> {
    if (CHATS.has(app.mode)) return lookUpMessage(question, get);
    // What a text generator made is listed nowhere.
    return app.mode === "workflow" ? lookUpRun(app, question, get) : "untold";
  },

  async *annotations(get) {
    for (let page = 1; ; page++) {
      const query = { page: String(page), limit: "100" };
      const found = await get({ method: "GET", path: "apps/annotations", query });
      for (const { question, answer } of listOf(found)) {
        const [asked, written] = [textOf(question), textOf(answer)];
        if (asked && written) yield { question: asked, answer: written };
      }
      if (!isRecord(found) || found.has_more !== true) return;
    }
  },

  stop(app, { user }, { task_id: task }) {
    if (task === undefined) return null;
    const place = encodeURIComponent(task);
    const paths: Readonly<Record<string, string>> = {
      workflow: `workflows/tasks/${place}/stop`,
      completion: `completion-messages/${place}/stop`,
    };
    return {
      method: "POST",
      path: paths[app.mode] ?? `chat-messages/${place}/stop`,
      body: { user },
    };
  },
};

const CHATS: ReadonlySet<string> = new Set(["chat", "advanced-chat", "agent-chat", "agent"]);

/** The input that takes the question: as it was chosen, of the usual names, or the only text there is. */
function questionInput({ options, inputs, mode }: App): string | null {
  if (options.question_input !== undefined) return options.question_input;
  const usual = ["query", "question", "input", "text"];
  const named = inputs.find(({ name }) => usual.includes(name.toLowerCase()));
  if (named !== undefined) return named.name;
  const texts = inputs.filter(({ type }) => type === "text-input" || type === "paragraph");
  if (texts.length === 1) return texts[0]?.name ?? null;
  return mode === "completion" ? "query" : null;
}

function inputsOf(form: unknown): AppFacts["inputs"] {
  if (!Array.isArray(form)) return [];
  return form.flatMap((field) => {
    const [type, body] = isRecord(field) ? (Object.entries(field)[0] ?? []) : [];
    if (type === undefined || !isRecord(body)) return [];
    const name = textOf(body.variable);
    if (name === null) return [];
    return [{ name, type, label: textOf(body.label) ?? name, required: body.required === true }];
  });
}

type Get = (call: Call) => Promise<unknown>;
type Asked = Pick<Question, "user" | "handle" | "question">;

function listOf(page: unknown): Record<string, unknown>[] {
  return isRecord(page) && Array.isArray(page.data) ? page.data.filter(isRecord) : [];
}

/** The user is of this ask alone, so its one conversation is the one that was begun. */
async function lookUpMessage({ user, handle, question }: Asked, get: Get): Promise<Found> {
  const query = { user, limit: "1" };
  const known = handle.conversation_id;
  const [conversation] =
    known === undefined
      ? listOf(await get({ method: "GET", path: "conversations", query }))
      : [{ id: known }];
  const id = conversation === undefined ? null : textOf(conversation.id);
  if (id === null) return "none";
  const messages = listOf(
    await get({
      method: "GET",
      path: "messages",
      query: { user, conversation_id: id, limit: "100" },
    }),
  );
  const message = messages.findLast(({ query: asked }) => asked === question);
  if (message === undefined) return "none";
  const found = { ...NOTHING_READ, handle: { conversation_id: id } };
  if (message.status === "error") {
    const words = textOf(message.error) ?? "error";
    return { ...found, refusal: { means: "row", code: "message_error", words } };
  }
  const answer = textOf(message.answer) ?? "";
  if (answer === "") return "running";
  const resources = Array.isArray(message.retriever_resources)
    ? message.retriever_resources.filter(isRecord)
    : [];
  const contexts = resources.flatMap(({ content }) => textOf(content) ?? []);
  return {
    ...found,
    answer,
    contexts: contexts.length > 0 ? contexts : null,
    retrievedIds: resources.flatMap(({ segment_id }) => textOf(segment_id) ?? []),
    contextsFrom: contexts.length > 0 ? "retriever_resources" : null,
  };
}

async function lookUpRun(app: App, { user, handle }: Asked, get: Get): Promise<Found> {
  const known = handle.workflow_run_id;
  const query = { created_by_end_user_session_id: user, limit: "1" };
  const [log] =
    known === undefined
      ? listOf(await get({ method: "GET", path: "workflows/logs", query }))
      : [{ workflow_run: { id: known } }];
  const id = log !== undefined && isRecord(log.workflow_run) ? textOf(log.workflow_run.id) : null;
  if (id === null) return "none";
  const run = await get({ method: "GET", path: `workflows/run/${encodeURIComponent(id)}` });
  if (!isRecord(run) || run.status === "running") return "running";
  const found = { ...NOTHING_READ, handle: { workflow_run_id: id } };
  const tokens = numberOf(run.total_tokens);
  if (run.status === "paused") return { ...found, special: "paused" };
  if (run.status !== "succeeded" && run.status !== "partial-succeeded") {
    const words = textOf(run.error) ?? textOf(run.status) ?? "failed";
    return {
      ...found,
      refusal: { means: "row", code: `workflow_${textOf(run.status) ?? "failed"}`, words },
    };
  }
  return { ...found, ...pickOutput(app, run.outputs), cost: { ...found.cost, tokens } };
}
