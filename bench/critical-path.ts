import { parseArgs } from "node:util";
import { createChatJudge } from "../src/judges/chat/chat-judge.ts";
import { createCapabilityMemory } from "../src/judges/chat/endpoint/capabilities.ts";
import { JUDGE_SLOTS } from "../src/judges/chat/endpoint/settings.ts";
import { DEFAULT_METRICS, type MetricName } from "../src/scoring/metrics/registry.ts";
import { scoreSample } from "../src/scoring/score-sample.ts";
import { type FakeOpenAi, startFakeOpenAi } from "../test/fakes/openai-server.ts";
import { CORE_METRICS } from "../test/scoring/core-metrics.ts";
import { atLeast, atMost } from "./figures.ts";
import { referenceSample } from "./judged/reference-sample.ts";

const RUNS = 20;
const ALLOWANCE_MS = 60;

/**
 * How close scoring is to the time the provider takes: for one sample, and for many over the shared slots.
 * `--samples N` changes how many the many are (200).
 */
export async function benchCriticalPath(args: string[] = []) {
  const { values } = parseArgs({ args, options: { samples: { type: "string" } }, strict: false });
  const samples = Math.max(1, Number(values.samples ?? 200) || 200);
  const one = [await timeOne(100), await timeOne(300), await timeOne(500)];
  const many = [await timeMany(100, samples), await timeMany(500, samples)];
  console.table(one);
  console.table(many);
  const figures = [
    ...one.flatMap(({ latencyMs, wallMs, limitMs, ratio }) => [
      atMost(`one sample at ${latencyMs} ms a call, ms`, wallMs, limitMs),
      ...(latencyMs === 500 ? [atMost("one sample ÷ (rounds × 500 ms)", ratio, 1.1)] : []),
    ]),
    ...many.map(({ latencyMs, shareOfLimit }) =>
      atLeast(`${samples} samples ÷ limit of the slots at ${latencyMs} ms`, shareOfLimit, 0.85),
    ),
  ];
  return { one, many, figures };
}

async function timeOne(latencyMs: number) {
  const fake = await startFakeOpenAi({ latencyMs });
  try {
    const walls: number[] = [];
    for (let run = 0; run <= RUNS; run += 1) {
      fake.reset();
      walls.push(await timed(() => score(judgeAt(fake), run, CORE_METRICS)));
    }
    const [firstWallMs = Number.NaN, ...warm] = walls;
    warm.sort((a, b) => a - b);
    const wallMs = warm[Math.floor(warm.length / 2)] ?? Number.NaN;
    const rounds = fake.rounds();
    const limitMs = 2 * latencyMs + ALLOWANCE_MS;
    return {
      latencyMs,
      // Median and worst of twenty samples, none of them remembered.
      wallMs: round(wallMs),
      worstWallMs: round(warm.at(-1) ?? Number.NaN),
      // The very first sample of the process: code not yet compiled, no connection open.
      firstWallMs: round(firstWallMs),
      rounds,
      // Twice the provider's time for one call, and what scoring may take on top.
      limitMs,
      withinLimit: `${walls.filter((wall) => wall <= limitMs).length} of ${walls.length}`,
      // 1 is as fast as waiting for the provider allows.
      ratio: round(wallMs / (rounds * latencyMs)),
    };
  } finally {
    await fake.close();
  }
}

async function timeMany(latencyMs: number, samples: number) {
  const fake = await startFakeOpenAi({ latencyMs });
  try {
    const judge = judgeAt(fake, null);
    const wallMs = await timed(() =>
      Promise.all(Array.from({ length: samples }, (_, at) => score(judge, at, DEFAULT_METRICS))),
    );
    const calls = fake.calls.length;
    const callsPerSecond = (calls / wallMs) * 1000;
    const limit = (JUDGE_SLOTS / latencyMs) * 1000;
    return {
      latencyMs,
      samples,
      calls,
      wallMs: round(wallMs),
      callsPerSecond: round(callsPerSecond),
      // Throughput ÷ what the slots allow (slots ÷ latency).
      shareOfLimit: round(callsPerSecond / limit),
    };
  } finally {
    await fake.close();
  }
}

function judgeAt(fake: FakeOpenAi, embeddingModel: string | null = "fake") {
  return createChatJudge({
    baseURL: fake.url,
    apiKey: "bench",
    model: "fake",
    embeddingModel,
    capabilities: createCapabilityMemory(),
  });
}

function score(judge: ReturnType<typeof judgeAt>, seed: number, metrics: readonly MetricName[]) {
  return scoreSample(referenceSample(5, seed), { id: `s${seed}`, metrics, judge });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

if (import.meta.main) await benchCriticalPath(process.argv.slice(2));
