import * as z from "zod";
import type { Tokens } from "../chat/endpoint/exchange.ts";
import type { DecisionQuestion, DialectName, Distribution } from "./endpoint.ts";

/** A wire form: pure writing and reading, no sending. */
interface Dialect {
  /** Below the base address. */
  path(model: string): string;
  toBody(
    model: string,
    state: Readonly<Record<string, unknown>>,
    questions: readonly DecisionQuestion[],
  ): object;
  /** null: the body is no reply. */
  fromBody(body: unknown, questions: readonly DecisionQuestion[]): ReadDecisions | null;
}

interface ReadDecisions {
  answers: Map<string, Distribution>;
  model: string | null;
  tokens: Tokens;
}

const WIRE_TYPES = { choice: "choice", yes: "noul", score: "score" } as const;

/** TypeSafe's form, spoken by 百炼, LiteLLM, Ollama, llama.cpp and OpenRouter as well. */
const SYSTEM_ONE: Dialect = {
  path: () => "systemone",
  toBody: (model, state, questions) => ({
    model,
    state,
    questions: Object.fromEntries(
      questions.map(({ id, kind, ask, data, options = [] }) => [
        id,
        {
          type: WIRE_TYPES[kind],
          instructions: data ? { ...data, question: ask } : ask,
          ...(kind === "choice"
            ? { criteria: Object.fromEntries(options.map((option) => [option.id, option.means])) }
            : {}),
          ...(kind === "score"
            ? { criteria: options.map((option) => option.means ?? option.id) }
            : {}),
        },
      ]),
    ),
  }),
  fromBody(body, questions) {
    const reply = SystemOneReply.safeParse(unwrap(body));
    if (!reply.success) return null;
    const answers = new Map<string, Distribution>();
    for (const question of questions) {
      const { id, kind, options = [] } = question;
      const given = Object.hasOwn(reply.data.answers, id) ? reply.data.answers[id] : undefined;
      const answer = SystemOneAnswer.safeParse(given);
      if (!answer.success || answer.data.type !== WIRE_TYPES[kind]) continue;
      const { noul, probabilities } = answer.data;
      const found =
        kind === "yes"
          ? yesOrNo(noul)
          : distribution(
              question,
              probabilities &&
                new Map(
                  Object.entries(probabilities).map(([name, p]) => [
                    kind === "score" ? (options[Number(name)]?.id ?? name) : name,
                    p,
                  ]),
                ),
            );
      if (found) answers.set(id, found);
    }
    return { answers, model: reply.data.model, tokens: tokensOf(reply.data.usage) };
  },
};

/** Cloudflare's: the same body under the model's own path, and over HTTP an envelope around the reply. */
const WORKERS_AI: Dialect = {
  ...SYSTEM_ONE,
  path: (model) => `run/${model}`,
  toBody: (model, state, questions) =>
    SYSTEM_ONE.toBody(model.slice(model.lastIndexOf("/") + 1), state, questions),
};

const OPENAI_DECISIONS: Dialect = {
  path: () => "decisions",
  toBody: (model, state, questions) => ({
    model,
    input: JSON.stringify(state),
    questions: questions.map(({ id, kind, ask, data, options = [] }) => ({
      type: kind === "yes" ? "predicate" : kind,
      name: id,
      instructions: data ? `${JSON.stringify(data)}\n${ask}` : ask,
      ...(kind === "choice"
        ? { choices: options.map((option) => ({ value: option.id, ...described(option.means) })) }
        : {}),
      ...(kind === "score"
        ? { levels: options.map((option) => ({ label: option.id, ...described(option.means) })) }
        : {}),
    })),
  }),
  fromBody(body, questions) {
    const reply = OpenAiReply.safeParse(unwrap(body));
    if (!reply.success) return null;
    const given = new Map<string, z.infer<typeof OpenAiAnswer>>();
    const doubled = new Set<string>();
    for (const one of reply.data.answers) {
      const answer = OpenAiAnswer.safeParse(one);
      if (!answer.success) continue;
      if (given.has(answer.data.name)) doubled.add(answer.data.name);
      given.set(answer.data.name, answer.data);
    }
    const answers = new Map<string, Distribution>();
    for (const question of questions) {
      const { id, kind } = question;
      const answer = given.get(id);
      if (answer?.type !== (kind === "yes" ? "predicate" : kind) || doubled.has(id)) continue;
      const { probability, probabilities } = answer;
      const found =
        kind === "yes"
          ? yesOrNo(probability)
          : distribution(
              question,
              probabilities &&
                new Map(
                  probabilities.map(({ value, label, probability }) => [
                    String(kind === "score" ? label : value),
                    probability,
                  ]),
                ),
            );
      if (found) answers.set(id, found);
    }
    return { answers, model: reply.data.model, tokens: tokensOf(reply.data.usage) };
  },
};

export const DIALECT: Readonly<Record<DialectName, Dialect>> = {
  systemone: SYSTEM_ONE,
  "openai-decisions": OPENAI_DECISIONS,
  "workers-ai": WORKERS_AI,
};

const Share = z.number().min(0).max(1);
const Count = z.number().nonnegative().nullish().catch(null);
const Usage = z.object({ input_tokens: Count, output_tokens: Count }).nullish().catch(null);
const Model = z
  .string()
  .nullish()
  .catch(null)
  .transform((name) => name ?? null);
const SystemOneReply = z.object({
  model: Model,
  answers: z.record(z.string(), z.unknown()),
  usage: Usage,
});
const SystemOneAnswer = z.object({
  type: z.string(),
  noul: Share.optional(),
  probabilities: z.record(z.string(), Share).optional(),
});
const OpenAiReply = z.object({ model: Model, answers: z.array(z.unknown()), usage: Usage });
const OpenAiAnswer = z.object({
  type: z.string(),
  name: z.string(),
  probability: Share.optional(),
  probabilities: z
    .array(
      z.object({
        value: z.union([z.string(), z.number(), z.boolean()]),
        label: z.string().optional(),
        probability: Share,
      }),
    )
    .optional(),
});

function described(means: string | null) {
  return means === null ? {} : { description: means };
}

/** A gateway, and Workers AI over HTTP, put the reply under `result`. */
function unwrap(body: unknown): unknown {
  const isWrapped =
    typeof body === "object" && body !== null && !("answers" in body) && "result" in body;
  return isWrapped ? body.result : body;
}

/** Output costs nothing, and some leave its count out. */
function tokensOf(usage: z.infer<typeof Usage>): Tokens {
  const prompt = usage?.input_tokens ?? null;
  return { prompt, completion: usage?.output_tokens ?? (prompt === null ? null : 0) };
}

function yesOrNo(yes: number | undefined): Distribution | null {
  return yes === undefined
    ? null
    : new Map([
        ["yes", yes],
        ["no", 1 - yes],
      ]);
}

/** Servers round to two digits, so many options may miss 1 by as many halves of a hundredth. */
const ROUNDING = 0.005;
const LEAST_TOLERANCE = 0.05;

/** What was offered, as shares of 1; null: an option that was not offered, or numbers that are no distribution. */
function distribution(
  { options = [] }: DecisionQuestion,
  given: ReadonlyMap<string, number> | undefined,
): Distribution | null {
  if (!given) return null;
  const offered = new Set(options.map(({ id }) => id));
  if ([...given.keys()].some((id) => !offered.has(id))) return null;
  const sum = [...given.values()].reduce((total, p) => total + p, 0);
  const tolerance = Math.max(LEAST_TOLERANCE, ROUNDING * options.length);
  if (sum <= 0 || Math.abs(sum - 1) > tolerance) return null;
  return new Map(options.map(({ id }) => [id, (given.get(id) ?? 0) / sum]));
}
