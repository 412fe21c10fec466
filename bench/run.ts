import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, platform, totalmem } from "node:os";
import { type Figure, figuresOf } from "./figures.ts";

// `npm run bench [-- NAME …]`: all benchmarks or those named; prints a table, writes bench/results.json.

type Benchmark = (args: string[]) => Promise<object>;

const BENCHMARKS: Record<string, () => Promise<Benchmark>> = {
  bundle: async () => (await import("./bundle.ts")).benchBundle,
  ui: async () => (await import("./ui.ts")).benchUi,
  judge: async () => (await import("./judge.ts")).benchJudge,
  economy: async () => (await import("./economy.ts")).benchEconomy,
  "critical-path": async () => (await import("./critical-path.ts")).benchCriticalPath,
  accept: async () => (await import("./accept.ts")).benchAccept,
  drain: async () => (await import("./drain.ts")).benchDrain,
  receive: async () => (await import("./receive.ts")).benchReceive,
  "long-texts": async () => (await import("./long-texts.ts")).benchLongTexts,
  lists: async () => (await import("./lists.ts")).benchLists,
  kept: async () => (await import("./kept.ts")).benchKept,
  cost: async () => (await import("./cost.ts")).benchCost,
  live: async () => (await import("./live.ts")).benchLive,
  start: async () => (await import("./start.ts")).benchStart,
  experiments: async () => (await import("./experiments.ts")).benchExperiments,
  "kill-nine": async () => (await import("./kill-nine.ts")).benchKillNine,
  "kill-nine-channels": async () => (await import("./kill-nine-channels.ts")).benchKillNineChannels,
  "batch-memory": async () => (await import("./batch-memory.ts")).benchBatchMemory,
};

const args = process.argv.slice(2);
const names = args.filter((arg) => arg in BENCHMARKS);
const unknown = args.find(
  (arg, at) => !arg.startsWith("-") && !(arg in BENCHMARKS) && !args[at - 1]?.startsWith("--"),
);
if (unknown !== undefined) {
  console.error(
    `There is no benchmark "${unknown}". There are: ${Object.keys(BENCHMARKS).join(", ")}.`,
  );
  process.exit(1);
}
const options = args.filter((arg) => !(arg in BENCHMARKS));
const RESULTS = new URL("./results.json", import.meta.url);
const machine = {
  node: process.version,
  platform: `${platform()} ${arch()}`,
  processor: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memory_gb: Math.round(totalmem() / 2 ** 30),
};
const results = readResults();
const outcomes: { benchmark: string; seconds: number; outcome: string }[] = [];
const figures: (Figure & { benchmark: string })[] = [];
for (const name of names.length > 0 ? names : Object.keys(BENCHMARKS)) {
  console.log(`\n== ${name} ==`);
  const startedAt = performance.now();
  const outcome = await runOne(name);
  outcomes.push({
    benchmark: name,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    outcome,
  });
}
if (outcomes.length > 1) console.table(outcomes);
if (figures.length > 0) console.table(figures, ["benchmark", "what", "measured", "goal", "holds"]);
console.log("\nWrote bench/results.json");
process.exit(outcomes.some(({ outcome }) => outcome !== "done") ? 1 : 0);

/** One that breaks does not take the others with it; what a benchmark gave before is replaced by what it gives now. */
async function runOne(name: string): Promise<string> {
  const load = BENCHMARKS[name];
  if (!load) return "unknown";
  try {
    const result = await (await load())(options);
    figures.push(...figuresOf(result).map((figure) => ({ benchmark: name, ...figure })));
    // The load of a busy machine explains odd times.
    results[name] = { measured_at: new Date().toISOString(), machine, load: loadavg(), result };
    writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
    return "done";
  } catch (error) {
    console.error(error);
    return `failed: ${String(error).slice(0, 100)}`;
  }
}

function readResults(): Record<string, unknown> {
  return existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : {};
}
