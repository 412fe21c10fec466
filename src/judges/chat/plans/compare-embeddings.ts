import * as z from "zod";
import type { Judged, ReplyTrouble } from "../../../scoring/judge.ts";
import { addUsage, ONE_REMEMBERED } from "../../../scoring/usage.ts";
import { type Said, said } from "../../../words/said.ts";
import { judgementKey } from "../../cache/judgement-key.ts";
import { readRemembered, remember } from "../../cache/judgement-store.ts";
import { countCall, type JudgeContext, noteTrouble } from "./judge-context.ts";

interface EmbeddingTask {
  question: string;
  /** Compared with the question; null: not wanted. */
  reverseQuestions: readonly string[] | null;
  /** Compared with each other; null: not wanted. */
  pair: readonly [string, string] | null;
}

export interface EmbeddingResult {
  questionSimilarities: Judged<number[]> | null;
  similarity: Judged<number> | null;
}

const Cosine = z.number().min(-1).max(1);
const Remembered = z.object({ questions: z.array(Cosine).nullable(), pair: Cosine.nullable() });
type Remembered = z.infer<typeof Remembered>;

/**
 * All embeddings of a sample in one call; only cosines leave it. Vectors of one call are compared with each other
 * and with nothing else, so an endpoint that changes its dimension cannot give a wrong number.
 */
export async function compareEmbeddings(
  context: JudgeContext,
  model: string,
  task: EmbeddingTask,
): Promise<EmbeddingResult> {
  const { reverseQuestions, pair } = task;
  const { store } = context;
  const key = store && (await judgementKey(["embed", ...context.origin, model, task]));
  const known = key && (await readRemembered(store, key, (stored) => Remembered.parse(stored)));
  if (known && isFor(known, task)) {
    context.usage = addUsage(context.usage, ONE_REMEMBERED);
    return publish(known, task);
  }
  const questions = reverseQuestions ? [task.question, ...reverseQuestions] : [];
  const texts = [...questions, ...(pair ?? [])].map((text) => (text.trim() === "" ? " " : text));
  const reply = await context.endpoint.embed(texts, context.signal);
  const giveUp = (code: ReplyTrouble["code"], why: Said) => {
    noteTrouble(context, code, why);
    return fail(task, "judge_error");
  };
  if (reply.kind === "cancelled") return fail(task, "cancelled");
  if (reply.kind === "missing") {
    const why = said("embeddings_no_model", { model, theirs: reply.words ?? "" });
    // Without embeddings answer relevancy has another way (on-topic flags), semantic similarity has none.
    return { ...giveUp("embeddings_unusable", why), questionSimilarities: null };
  }
  if (reply.kind === "too_long") {
    return giveUp("judge_text_too_long", said("embeddings_long"));
  }
  countCall(context, reply.tokens, { prompt: texts, completion: "" });
  if (reply.kind === "invalid") return giveUp("embeddings_unusable", said("embeddings_missing"));
  const cosines = compare(reply.vectors, questions.length, pair !== null);
  if (!cosines) return giveUp("embeddings_unusable", said("embeddings_zero"));
  if (key) await remember(store, key, cosines);
  return publish(cosines, task);
}

function compare(vectors: number[][], questions: number, hasPair: boolean): Remembered | null {
  const [question, ...others] = vectors.slice(0, questions);
  const similarities = question ? others.map((other) => cosine(question, other)) : null;
  const [first, second] = vectors.slice(questions);
  const pair = hasPair && first && second ? cosine(first, second) : null;
  const parsed = Remembered.safeParse({ questions: similarities, pair });
  return parsed.success ? parsed.data : null;
}

/** NaN for a zero vector; rounding beyond ±1 is cut off. */
function cosine(a: readonly number[], b: readonly number[]): number {
  let dot = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let at = 0; at < a.length; at += 1) {
    const x = a[at] ?? Number.NaN;
    const y = b[at] ?? Number.NaN;
    dot += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return Math.min(1, Math.max(-1, dot / Math.sqrt(squaresA * squaresB)));
}

function isFor(known: Remembered, task: EmbeddingTask): boolean {
  const count = task.reverseQuestions?.length ?? null;
  return (
    (known.questions?.length ?? null) === count && (known.pair !== null) === (task.pair !== null)
  );
}

function publish(cosines: Remembered, task: EmbeddingTask): EmbeddingResult {
  const { questions, pair } = cosines;
  return {
    questionSimilarities:
      task.reverseQuestions && questions ? { ok: true, value: questions } : null,
    similarity: task.pair && pair !== null ? { ok: true, value: pair } : null,
  };
}

function fail(task: EmbeddingTask, reason: "cancelled" | "judge_error"): EmbeddingResult {
  return {
    questionSimilarities: task.reverseQuestions ? { ok: false, reason } : null,
    similarity: task.pair ? { ok: false, reason } : null,
  };
}
