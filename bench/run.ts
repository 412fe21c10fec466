import { writeFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";

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
  lists: async () => (await import("./lists.ts")).benchLists,
  cost: async () => (await import("./cost.ts")).benchCost,
  start: async () => (await import("./start.ts")).benchStart,
  "kill-nine": async () => (await import("./kill-nine.ts")).benchKillNine,
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
const results: Record<string, unknown> = {
  machine: {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
  },
};
for (const name of names.length > 0 ? names : Object.keys(BENCHMARKS)) {
  console.log(`\n== ${name} ==`);
  const load = BENCHMARKS[name];
  if (load) results[name] = await (await load())(options);
}
writeFileSync(new URL("./results.json", import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
console.log("\nWrote bench/results.json");
