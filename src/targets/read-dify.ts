import { isRecord } from "../intake/parse-json.ts";
import { numberOf, readPath, textOf, textsOf } from "./read-path.ts";
import {
  type AnswerReader,
  type App,
  NO_COST,
  NOTHING_READ,
  type Reading,
  type Refusal,
} from "./target-kind.ts";

/** Puts the events of a Dify app together. Passages: as a retrieval node gave them, as the answer cites them, or a variable. */
export class DifyReader implements AnswerReader {
  readonly #app: App;
  readonly #handle: Record<string, string> = {};
  #text = "";
  #isOver = false;
  #special: Reading["special"] = null;
  #refusal: Refusal | null = null;
  #cost: Reading["cost"] = NO_COST;
  /** null: no retrieval node has told. */
  #retrieved: Record<string, unknown>[] | null = null;
  #isCut = false;
  #resources: Record<string, unknown>[] = [];
  #output: ReturnType<typeof pickOutput> | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  push(data: unknown): void {
    if (!isRecord(data)) return;
    for (const name of ["task_id", "conversation_id", "message_id", "workflow_run_id"]) {
      const id = textOf(data[name]);
      if (id !== null && id !== "") this.#handle[name] = id;
    }
    const inner = isRecord(data.data) ? data.data : {};
    switch (data.event) {
      case "message":
        // A new agent closes with the whole answer; blocking answers come as one.
        this.#text = this.#app.mode === "agent" ? said(data) : this.#text + said(data);
        if (isRecord(data.metadata)) this.#end(data.metadata);
        break;
      case "agent_message":
        this.#text += said(data);
        break;
      case "message_replace":
        this.#text = said(data);
        break;
      case "message_end":
        this.#end(isRecord(data.metadata) ? data.metadata : {});
        break;
      case "text_chunk":
        this.#text += textOf(inner.text) ?? "";
        break;
      case "node_finished":
        this.#readNode(inner);
        break;
      case "workflow_finished":
        this.#finish(inner);
        break;
      case "human_input_required":
      case "workflow_paused":
        this.#special = "paused";
        this.#isOver = true;
        break;
      case "error":
        this.#refuse(refuseDify(numberOf(data.status) ?? 400, data));
        break;
      // The one answer of a workflow that was not streamed.
      case undefined:
        if (isRecord(data.data)) this.#finish(inner);
        break;
      default:
    }
  }

  handle(): Readonly<Record<string, string>> {
    return this.#handle;
  }

  end(): Reading | null {
    if (!this.#isOver) return null;
    const read = {
      ...NOTHING_READ,
      special: this.#special,
      handle: this.#handle,
      cost: this.#cost,
    };
    if (this.#refusal !== null) return { ...read, refusal: this.#refusal };
    if (this.#special === "paused") return read;
    const output = this.#output;
    const passages = this.#passages();
    if (this.#app.mode !== "workflow") return { ...read, ...passages, answer: this.#text };
    if (output === null || output.refusal !== null) return { ...read, ...output, ...passages };
    return { ...read, ...output, ...(passages.contexts === null ? {} : passages) };
  }

  #end(metadata: Record<string, unknown>): void {
    this.#isOver = true;
    const { usage, retriever_resources: resources, annotation_reply: annotation } = metadata;
    if (isRecord(usage)) {
      const currency = textOf(usage.currency);
      this.#cost = {
        tokens: numberOf(usage.total_tokens),
        price: numberOf(usage.total_price),
        currency,
      };
    }
    if (Array.isArray(resources)) this.#resources = resources.filter(isRecord);
    if (isRecord(annotation)) this.#special = "canned";
  }

  #readNode({ node_type: type, outputs, outputs_truncated: isCut }: Record<string, unknown>): void {
    if (type !== "knowledge-retrieval" || !isRecord(outputs)) return;
    if (isCut === true) this.#isCut = true;
    const result = Array.isArray(outputs.result) ? outputs.result.filter(isRecord) : [];
    this.#retrieved = [...(this.#retrieved ?? []), ...result];
  }

  #finish({ status, outputs, error, total_tokens: tokens }: Record<string, unknown>): void {
    const isChat = this.#app.mode !== "workflow";
    if (!isChat) this.#cost = { ...this.#cost, tokens: numberOf(tokens) };
    if (status === "paused") {
      this.#special = "paused";
      this.#isOver = true;
    } else if (status === "failed" || status === "stopped") {
      const words = textOf(error) ?? String(status);
      this.#refuse({ means: "row", code: `workflow_${status}`, words });
    } else if (!isChat) {
      this.#output = pickOutput(this.#app, outputs);
      this.#isOver = true;
    }
  }

  /** The first says most: an error that follows a failed node only repeats it. */
  #refuse(refusal: Refusal): void {
    this.#refusal ??= refusal;
    if (refusal.means !== "row") this.#refusal = refusal;
    this.#isOver = true;
  }

  #passages(): Pick<Reading, "contexts" | "retrievedIds" | "contextsFrom"> {
    // What was cut on the way is not what the model saw.
    const isWhole = this.#retrieved !== null && !this.#isCut;
    const list = isWhole ? (this.#retrieved ?? []) : this.#resources;
    if (!isWhole && list.length === 0)
      return { contexts: null, retrievedIds: null, contextsFrom: null };
    const ids = list.map((one) => textOf(one.segment_id ?? readPath(one, "metadata.segment_id")));
    return {
      contexts: list.flatMap(({ content }) => textOf(content) ?? []),
      retrievedIds: ids.filter((id) => id !== null),
      contextsFrom: isWhole ? "retrieval_node" : "retriever_resources",
    };
  }
}

function said({ answer }: Record<string, unknown>): string {
  return textOf(answer) ?? "";
}

const ANSWER_NAMES = ["answer", "text", "result", "output"];

/** The answer among what a workflow gives, and the passages where it gives them. */
export function pickOutput(
  { options }: App,
  outputs: unknown,
): Pick<Reading, "answer" | "contexts" | "retrievedIds" | "contextsFrom" | "refusal"> {
  const given = isRecord(outputs) ? outputs : {};
  const texts = Object.keys(given).filter((name) => typeof given[name] === "string");
  const name =
    options.answer ??
    (texts.length === 1 ? texts[0] : ANSWER_NAMES.find((candidate) => texts.includes(candidate)));
  const answer = name === undefined ? null : textOf(readPath(given, name));
  const contexts =
    options.contexts === undefined ? null : textsOf(readPath(given, options.contexts));
  const found = {
    contexts,
    retrievedIds: null,
    contextsFrom: contexts === null ? null : "variable",
  };
  if (answer !== null) return { ...found, answer, refusal: null };
  const words = `answer? ${Object.keys(given).join(", ")}`;
  return { ...found, answer: null, refusal: { means: "row", code: "no_answer_variable", words } };
}

/** No other question would fare better: the key, the app or what is left of an allowance. */
const STOPS: ReadonlySet<string> = new Set([
  "rate_limit_error",
  "unauthorized",
  "forbidden",
  "app_unavailable",
  "not_chat_app",
  "not_workflow_app",
  "not_completion_app",
  "provider_not_initialize",
  "provider_quota_exceeded",
  "model_currently_not_support",
  "agent_not_published",
  "workflow_version_execution_not_allowed",
  "not_found",
]);

export function refuseDify(status: number, body: unknown): Refusal {
  const code = (isRecord(body) && textOf(body.code)) || `http_${status}`;
  const words = (isRecord(body) && textOf(body.message)) || `HTTP ${status}`;
  const told = { code, words };
  if (code === "too_many_requests" || (status === 429 && !STOPS.has(code)))
    return { ...told, means: "busy" };
  if (STOPS.has(code) || status === 401 || status === 403) return { ...told, means: "stop" };
  return { ...told, means: status >= 500 ? "again" : "row" };
}
