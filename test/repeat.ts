import { spawn } from "node:child_process";
import { Worker } from "node:worker_threads";

/** A run that takes longer hangs. */
const LONGEST_MINUTES = 15;

/**
 * `node test/repeat.ts TIMES [what vitest run takes]`: runs tests so often while one core is kept busy, and says how often
 * they failed or did not end. What depends on who comes first, or on how fast a machine is, shows here.
 */
const [times = "", ...args] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(times)) {
  console.error("node test/repeat.ts 100 --project node test/judges/chat/criteria.test.ts");
  process.exit(2);
}

const busy = new Worker("for (;;);", { eval: true });
let failures = 0;
for (let run = 1; run <= Number(times); run++) {
  const { ending, seconds, output } = await runOnce();
  if (ending !== "passed") {
    failures += 1;
    console.log(output);
  }
  console.log(`${run}/${times}: ${ending} in ${seconds} s`);
}
await busy.terminate();
console.log(`${Number(times) - failures} passed, ${failures} failed`);
process.exitCode = failures > 0 ? 1 : 0;

async function runOnce() {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...args], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pieces: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (piece: Buffer) => pieces.push(piece));
  }
  let isHanging = false;
  const timer = setTimeout(() => {
    isHanging = true;
    // Its workers and their workerd too.
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, LONGEST_MINUTES * 60_000);
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearTimeout(timer);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const ending = isHanging ? "did not end" : code === 0 ? "passed" : "failed";
  return { ending, seconds, output: Buffer.concat(pieces).toString() };
}
