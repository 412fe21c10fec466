import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { estimateTokens } from "../../src/judges/chat/questions/estimate-tokens.ts";
import { type Brain, HONEST } from "./openai-brain.ts";

/** A question as every wire form says it, found again from what was sent. */
interface WireQuestion {
  id: string;
  kind: "choice" | "yes" | "score";
  ask: string;
  data: Record<string, string>;
  options: string[];
}

interface SeenDecision {
  path: string;
  dialect: "systemone" | "openai-decisions" | "workers-ai";
  model: string;
  /** Lines of each field of the state, as they were read (see `cutStateAt`). */
  state: Record<string, string[]>;
  questions: WireQuestion[];
  headers: Record<string, string | string[] | undefined>;
  /** Of state and questions, as a model that reads them counts. */
  inputTokens: number;
}

/** What the servers of this kind do beside answering. */
export interface Switches {
  omitOutputTokens?: boolean;
  omitUsage?: boolean;
  /** Numbers with two digits; sums may be 0.99. */
  roundTo2?: boolean;
  /** `{result, success, errors, messages}` around the reply, as Cloudflare's REST face does. */
  envelope?: boolean;
  /** This one of the questions (by place) is left out of the reply. */
  dropKey?: number | ((question: WireQuestion) => boolean);
  /** Every question is refused: no key, or a `refusal`. */
  refusal?: boolean;
  /** Only so many tokens of the state are read; the end is lost without a word. */
  cutStateAt?: number;
  /** Answered instead of a reply. */
  status?: keyof typeof FAILURES;
  /** How many calls get that answer; default all. */
  statusTimes?: number;
  otherModel?: string;
  /** Milliseconds. */
  delay?: number;
  /** Probability of what is answered; default 1: the rest goes to the other options. */
  sureness?: number;
  /** Says `supported` (and yes) to everything. */
  obeys?: boolean;
  /** The distribution is put through this, whatever comes of it. */
  spoil?: (probabilities: Record<string, number>) => Record<string, unknown>;
}

const FAILURES = {
  "429/3040": [429, cloudflare(3040, "Capacity temporarily exceeded, please try again.")],
  "429/4006": [
    429,
    cloudflare(4006, "you have used up your daily free allocation of 10,000 neurons"),
  ],
  "429/3036": [429, cloudflare(3036, "account limited")],
  "413/5021": [
    413,
    cloudflare(
      5021,
      "The estimated number of input and maximum output tokens exceeded this model context window limit",
    ),
  ],
  "422/5012": [422, cloudflare(5012, "validation failed: questions: at most 64")],
  "529": [529, cloudflare(5012, "inference failed")],
  "401/10000": [401, cloudflare(10000, "Authentication error")],
  "403/5035": [403, cloudflare(5035, "This model needs the Workers Paid plan")],
  "400/7000": [400, cloudflare(7000, "No route for that URI")],
  "422": [422, { detail: [{ loc: ["body", "questions"], msg: "field required" }] }],
  "400/too_long": [
    400,
    { error: { type: "max_tokens_exceeded", message: "the request has too many tokens" } },
  ],
  "500/page": [502, "<html><head><title>502 Bad Gateway</title></head></html>"],
} as const satisfies Record<string, readonly [number, object | string]>;

function cloudflare(code: number, message: string): object {
  return { result: null, success: false, errors: [{ code, message }], messages: [] };
}

interface DecisionBrain extends Brain {
  /** null: what `check` says decides. */
  distribution?(
    question: WireQuestion,
    state: Record<string, string[]>,
  ): Record<string, number> | null;
}

export interface FakeDecisions {
  /** Ends in `/v1`. */
  url: string;
  /** To which Workers AI's `/run/MODEL` is added. */
  accountUrl: string;
  readonly calls: readonly SeenDecision[];
  set(switches: Switches): void;
  setBrain(brain: Partial<DecisionBrain>): void;
  reset(): void;
  close(): Promise<void>;
}

/** A real HTTP server that speaks all three wire forms, told apart by path, and can misbehave. */
export async function startFakeDecisions({ port = 0 } = {}): Promise<FakeDecisions> {
  const fake = createFakeDecisions();
  const server = createServer((request, response) => {
    readText(request)
      .then((text) =>
        fake.answer(
          new URL(request.url ?? "/", "http://localhost").pathname,
          JSON.parse(text),
          request.headers,
        ),
      )
      .then(({ status, body }) => {
        const isPage = typeof body === "string";
        response.writeHead(status, { "content-type": isPage ? "text/html" : "application/json" });
        response.end(isPage ? body : JSON.stringify(body));
      })
      .catch((error: unknown) => {
        response.writeHead(500).end(JSON.stringify({ error: { message: String(error) } }));
      });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/v1`,
    accountUrl: `${origin}/client/v4/accounts/acc/ai`,
    get calls() {
      return fake.calls();
    },
    set: fake.set,
    setBrain: fake.setBrain,
    reset: fake.reset,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The same without a server, for a binding that is called directly. */
function createFakeDecisions() {
  let calls: SeenDecision[] = [];
  let switches: Switches = {};
  let brain: DecisionBrain = HONEST;
  let failed = 0;
  return {
    calls: () => calls,
    set: (next: Switches) => {
      switches = next;
      failed = 0;
    },
    setBrain: (next: Partial<DecisionBrain>) => {
      brain = { ...HONEST, ...next };
    },
    reset: () => {
      calls = [];
      switches = {};
      brain = HONEST;
      failed = 0;
    },
    async answer(
      path: string,
      body: Record<string, unknown>,
      headers: SeenDecision["headers"] = {},
    ): Promise<{ status: number; body: object | string }> {
      const seen = read(path, body, headers, switches.cutStateAt);
      if (!seen) return { status: 404, body: cloudflare(7000, "No route for that URI") };
      calls.push(seen);
      if (switches.delay) await new Promise((resolve) => setTimeout(resolve, switches.delay));
      if (switches.status && failed < (switches.statusTimes ?? Number.POSITIVE_INFINITY)) {
        failed += 1;
        const [status, failure] = FAILURES[switches.status];
        return { status, body: failure };
      }
      const problem = findProblem(seen);
      if (problem) return { status: 422, body: cloudflare(5012, problem) };
      const reply = replyTo(seen, brain, switches);
      const isWrapped = switches.envelope ?? seen.dialect === "workers-ai";
      return {
        status: 200,
        body: isWrapped ? { result: reply, success: true, errors: [], messages: [] } : reply,
      };
    },
  };
}

/** What the real ones refuse. */
function findProblem({ questions, dialect, model, path }: SeenDecision): string | null {
  if (questions.length === 0) return "questions: at least one";
  if (questions.length > 64) return "questions: at most 64";
  const bad = questions.find(
    ({ ask, kind, options }) =>
      ask.trim() === "" ||
      (kind === "choice" && (options.length < 2 || options.length > 255)) ||
      (kind === "score" && (options.length < 2 || options.length > 10)),
  );
  if (bad) return `${bad.id}: invalid`;
  if (dialect === "workers-ai" && !path.endsWith(`/${model}`)) return "model: not the path's";
  return null;
}

function read(
  path: string,
  body: Record<string, unknown>,
  headers: SeenDecision["headers"],
  cutAt: number | undefined,
): SeenDecision | null {
  const model = String(body.model ?? "");
  const isOpenAi = path.endsWith("/decisions");
  const dialect = isOpenAi
    ? "openai-decisions"
    : path.endsWith("/systemone")
      ? "systemone"
      : path.includes("/run/")
        ? "workers-ai"
        : null;
  if (dialect === null) return null;
  const sent = isOpenAi ? JSON.parse(String(body.input)) : body.state;
  const state = cut(sent as Record<string, string | string[]>, cutAt ?? Number.POSITIVE_INFINITY);
  const questions = isOpenAi
    ? (body.questions as Record<string, unknown>[]).map(readOpenAi)
    : Object.entries(body.questions as Record<string, Record<string, unknown>>).map(readSystemOne);
  const inputTokens =
    estimateTokens(JSON.stringify(sent)) + estimateTokens(JSON.stringify(body.questions));
  return { path, dialect, model, state, questions, headers, inputTokens };
}

function readSystemOne([id, question]: [string, Record<string, unknown>]): WireQuestion {
  const { type, instructions, criteria } = question;
  const { question: ask, ...data } =
    typeof instructions === "string"
      ? { question: instructions }
      : (instructions as Record<string, string>);
  return {
    id,
    kind: type === "noul" ? "yes" : (type as "choice" | "score"),
    ask: ask ?? "",
    data,
    options: Array.isArray(criteria)
      ? criteria.map((_, at) => String(at))
      : Object.keys(criteria ?? {}),
  };
}

function readOpenAi(question: Record<string, unknown>): WireQuestion {
  const instructions = String(question.instructions);
  const at = instructions.startsWith("{") ? instructions.indexOf("\n") : -1;
  const options = (question.choices ?? question.levels ?? []) as {
    value?: string;
    label?: string;
  }[];
  return {
    id: String(question.name),
    kind: question.type === "predicate" ? "yes" : (question.type as "choice" | "score"),
    ask: instructions.slice(at + 1),
    data: at < 0 ? {} : JSON.parse(instructions.slice(0, at)),
    options: options.map(({ value, label }) => value ?? label ?? ""),
  };
}

/** The state as far as the model reads it. */
function cut(sent: Record<string, string | string[]>, tokens: number): Record<string, string[]> {
  let left = tokens;
  const state: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(sent)) {
    state[name] = [];
    for (const line of typeof value === "string" ? [value] : value) {
      left -= estimateTokens(line);
      if (left < 0) return state;
      state[name].push(line);
    }
  }
  return state;
}

function replyTo(seen: SeenDecision, brain: DecisionBrain, switches: Switches): object {
  const isOpenAi = seen.dialect === "openai-decisions";
  const round = (p: number) =>
    switches.roundTo2 ? Math.round(p * 100) / 100 : Number(p.toFixed(4));
  const answers: (readonly [string, Record<string, unknown>])[] = [];
  for (const [at, question] of seen.questions.entries()) {
    const { dropKey } = switches;
    const isDropped = typeof dropKey === "function" ? dropKey(question) : dropKey === at;
    if (isDropped || switches.refusal) {
      if (isOpenAi) answers.push([question.id, { type: "refusal", name: question.id }]);
      continue;
    }
    const honest =
      brain.distribution?.(question, seen.state) ?? distributionOf(question, seen, brain, switches);
    const rounded = Object.fromEntries(Object.entries(honest).map(([name, p]) => [name, round(p)]));
    const given = switches.spoil ? switches.spoil(rounded) : rounded;
    answers.push([
      question.id,
      isOpenAi ? sayOpenAi(question, given) : saySystemOne(question, given),
    ]);
  }
  const model = switches.otherModel ?? seen.model;
  const usage = switches.omitUsage
    ? {}
    : {
        usage: {
          input_tokens: seen.inputTokens,
          ...(switches.omitOutputTokens ? {} : { output_tokens: 0 }),
        },
      };
  return {
    model,
    answers: isOpenAi ? answers.map(([, answer]) => answer) : Object.fromEntries(answers),
    ...usage,
  };
}

function saySystemOne({ kind }: WireQuestion, p: Record<string, unknown>): Record<string, unknown> {
  if (kind === "yes") return { type: "noul", noul: p.yes };
  const shares = Object.values(p).map(Number);
  const most = Math.max(...shares);
  const confidence = (shares.length * most - 1) / (shares.length - 1);
  if (kind === "score") {
    const score = shares.reduce((sum, share, level) => sum + level * share, 0);
    return { type: "score", score, legend: {}, probabilities: p, confidence };
  }
  const choice = Object.keys(p).find((name) => Number(p[name]) === most);
  return { type: "choice", choice, probabilities: p, confidence };
}

function sayOpenAi(
  { id, kind }: WireQuestion,
  p: Record<string, unknown>,
): Record<string, unknown> {
  if (kind === "yes") return { type: "predicate", name: id, probability: p.yes };
  const confidence = Math.max(...Object.values(p).map(Number));
  const probabilities = Object.entries(p).map(([name, probability], at) =>
    kind === "score" ? { value: at, label: name, probability } : { value: name, probability },
  );
  return kind === "score"
    ? { type: "score", name: id, score: 0, confidence, probabilities }
    : { type: "choice", name: id, choice: "", confidence, probabilities };
}

function distributionOf(
  question: WireQuestion,
  seen: SeenDecision,
  brain: DecisionBrain,
  { sureness = 1, obeys = false }: Switches,
): Record<string, number> {
  const { options, kind } = question;
  const all = kind === "yes" ? ["yes", "no"] : options;
  const chosen = obeys
    ? [all[0] ?? ""]
    : choose(question, seen, brain).filter((option) => all.includes(option));
  const rest = all.length - chosen.length;
  const sure = chosen.length === 0 ? 0 : rest === 0 ? 1 : sureness;
  return Object.fromEntries(
    all.map((option) => [
      option,
      chosen.includes(option) ? sure / chosen.length : (1 - sure) / Math.max(1, rest),
    ]),
  );
}

/** Which options hold: told by the fields the question speaks of and by what it offers. */
function choose(question: WireQuestion, { state }: SeenDecision, brain: DecisionBrain): string[] {
  const { ask, data, kind, options } = question;
  const fields = new Set([...ask.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ""));
  const lines = (name: string) => (state[name] ?? []).map(readLine);
  const claim = { id: "c", text: data.claim ?? "" };
  const asked = (state.question ?? []).join("\n");
  const yes = (is: boolean) => [is ? "yes" : "no"];
  if (kind === "choice") {
    if (options.includes("supported")) {
      const [field = ""] = ["passage", "passages", "reference", "answer"].filter((name) =>
        fields.has(name),
      );
      const isText = field === "reference" || field === "answer";
      return [
        isText ? brain.compare(claim, lines(field)) : brain.check(claim, lines(field)).verdict,
      ];
    }
    if (options.includes("full")) {
      const shown = [...lines("passages"), ...lines("passage")];
      return [shown.length > 0 ? "full" : "none"];
    }
    const offered = [...lines("passages")].filter(({ id }) => options.includes(id));
    return brain.check(claim, offered).evidence;
  }
  const criterion = data.criterion ?? "";
  if (kind === "score")
    return [options[Number(brain.meets(`(1-5) ${criterion}`, lines("answer"))) - 1] ?? ""];
  if (fields.has("passage")) {
    const text = fields.has("reference") ? "reference" : fields.has("answer") ? "answer" : null;
    if (text === null) return yes(brain.relevance(lines("passage"), asked) > 0);
    return yes(brain.useful(lines("passage"), lines(text)));
  }
  if (fields.has("criterion"))
    return yes(brain.meets(`(yes/no) ${criterion}`, lines("answer")) === "yes");
  if (fields.has("claim") && fields.has("question")) return yes(brain.onTopic(claim.text, asked));
  if (fields.has("claim"))
    return yes(lines("answer").some(({ text }) => text.includes(claim.text)));
  if (/character|字符/.test(ask)) return yes(lines("answer").length > 0);
  return yes(brain.abstains(lines("answer")));
}

function readLine(line: string): { id: string; text: string } {
  const match = /^\[(\d+\.\d+)\] (.*)$/s.exec(line);
  return match ? { id: match[1] ?? "", text: match[2] ?? "" } : { id: "", text: line };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
