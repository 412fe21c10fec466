import { createChatJudge } from "../src/judges/chat/chat-judge.ts";
import { createCapabilityMemory } from "../src/judges/chat/endpoint/capabilities.ts";
import { JUDGE_PLANS, type JudgePlan } from "../src/judges/chat/settings.ts";
import { cutSample } from "../src/scoring/cut-text.ts";
import { DEFAULT_METRICS, type MetricName } from "../src/scoring/metrics/registry.ts";
import { needsOf } from "../src/scoring/needs.ts";
import { startFakeOpenAi } from "../test/fakes/openai-server.ts";
import { CORE_METRICS } from "../test/scoring/core-metrics.ts";
import { atMost, type Figure } from "./figures.ts";
import { referenceSample } from "./judged/reference-sample.ts";

export interface EconomyRow {
  judge: string;
  metrics: "default four" | "core seven";
  passages: number;
  chatCalls: number;
  embeddingCalls: number;
  /** Rounds of calls that wait for each other; null where not published. */
  rounds: number | null;
  /** Prompt characters that do not depend on the sample: system, frames, labels, schema. */
  fixedCharacters: number;
  promptCharacters: number | null;
  replyCharacters: number | null;
}

const PASSAGES = [1, 5, 10];
const SETS = [
  ["default four", DEFAULT_METRICS],
  ["core seven", CORE_METRICS],
] as const;

/**
 * What one sample costs: calls, rounds and characters as a real HTTP server counted them, beside the published costs
 * of Ragas (legacy prompts, with answer correctness among its seven) and RAGChecker for 8 + 6 claims.
 */
export async function benchEconomy(): Promise<{ rows: EconomyRow[]; figures: Figure[] }> {
  const rows: EconomyRow[] = [];
  for (const [name, metrics] of SETS) {
    for (const passages of PASSAGES) {
      for (const plan of JUDGE_PLANS) rows.push(await measure(plan, name, metrics, passages));
      rows.push(ragas(name, passages));
      if (name === "core seven") rows.push(ragChecker(passages));
    }
  }
  console.table(rows);
  return { rows, figures: rows.filter(isGoal).flatMap(figuresOfRow) };
}

/** The goals are for five passages, all seven metrics, and the plan a new installation uses. */
function isGoal({ judge, metrics, passages }: EconomyRow): boolean {
  return judge === "touchstone block" && metrics === "core seven" && passages === 5;
}

function figuresOfRow(row: EconomyRow): Figure[] {
  return [
    atMost("chat calls a sample, seven metrics, five passages", row.chatCalls, 4),
    atMost("rounds of them", row.rounds ?? Number.NaN, 2),
    atMost("fixed prompt characters of them", row.fixedCharacters, 8_000),
  ];
}

async function measure(
  plan: JudgePlan,
  name: EconomyRow["metrics"],
  metrics: readonly MetricName[],
  passages: number,
): Promise<EconomyRow> {
  const fake = await startFakeOpenAi({ latencyMs: 25 });
  try {
    const judge = createChatJudge({
      baseURL: fake.url,
      apiKey: "bench",
      model: "fake",
      embeddingModel: "fake",
      plan,
      slots: 20,
      capabilities: createCapabilityMemory(),
    });
    const sample = referenceSample(passages);
    await judge.fill(cutSample(sample), needsOf(metrics, sample));
    const chats = fake.calls.filter(({ kind }) => kind === "chat");
    const sum = (of: (call: (typeof chats)[number]) => number) =>
      chats.reduce((total, call) => total + of(call), 0);
    return {
      judge: `touchstone ${plan}`,
      metrics: name,
      passages,
      chatCalls: chats.length,
      embeddingCalls: fake.calls.length - chats.length,
      rounds: fake.rounds(),
      fixedCharacters: sum((call) => call.fixedCharacters),
      promptCharacters: sum((call) => call.promptCharacters),
      replyCharacters: sum((call) => call.replyCharacters),
    };
  } finally {
    await fake.close();
  }
}

/** Formulas of the published prompts: calls and fixed characters grow with every passage. */
function ragas(name: EconomyRow["metrics"], k: number): EconomyRow {
  const four = { calls: 6 + k, characters: 5_173 + 4_002 + 3_755 + 3_953 * k };
  const seven = {
    calls: 16 + 3 * k,
    characters: four.characters + 8_381 + 9_776 + 3_292 + 3_527 * (2 * k + 1),
  };
  const { calls, characters } = name === "default four" ? four : seven;
  return published("ragas", name, k, calls, characters);
}

function ragChecker(k: number): EconomyRow {
  const checks = (1 + k) * (Math.ceil(8 / 5) + Math.ceil(6 / 5));
  return published("ragchecker", "core seven", k, 2 + checks, 2 * 2_165 + 1_196 * checks);
}

function published(
  judge: string,
  metrics: EconomyRow["metrics"],
  passages: number,
  chatCalls: number,
  fixedCharacters: number,
): EconomyRow {
  const unknown = {
    embeddingCalls: 0,
    rounds: null,
    promptCharacters: null,
    replyCharacters: null,
  };
  return { judge, metrics, passages, chatCalls, fixedCharacters, ...unknown };
}

if (import.meta.main) await benchEconomy();
