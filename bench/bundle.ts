import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { runTool } from "../src/cli/run-tool.ts";
import { CHROMIUM } from "../test/e2e/browser.ts";
import buildWorker, { BUILT_WORKER } from "../test/e2e/build-worker.ts";
import { bytesByRoute } from "./bundle-routes.ts";
import { atMost } from "./figures.ts";

const GOALS = {
  worker_bytes: 1_000_000,
  startup_ms: 100,
  initial_bytes: 60_000,
  route_bytes: 150_000,
};
const STARTUPS = 5;

/** What is uploaded and what a browser loads, in bytes of gzip at level 9; processor time of an isolate's start. */
export async function benchBundle(): Promise<Record<string, unknown>> {
  await runTool("vite", ["build", "ui", "--logLevel", "warn"]);
  await buildWorker();
  const startups: number[] = [];
  for (let at = 0; at < STARTUPS; at++) startups.push(await measureStartup());
  startups.sort((a, b) => a - b);
  const routes = CHROMIUM === null ? null : await bytesByRoute();
  const figures = [
    atMost("Worker, gzip bytes", gzipped(join(BUILT_WORKER, "worker.js")), GOALS.worker_bytes),
    // Other work on the machine makes it longer, never shorter.
    atMost(`start-up CPU, ms, least of ${STARTUPS}`, startups[0] ?? Number.NaN, GOALS.startup_ms),
    atMost("JavaScript of index.html, gzip bytes", initialBytes(), GOALS.initial_bytes),
  ];
  if (routes) {
    const largest = Math.max(...Object.values(routes));
    figures.push(
      atMost("JavaScript of /, gzip bytes", routes["/"] ?? Number.NaN, GOALS.initial_bytes),
      atMost("JavaScript of the largest route, gzip bytes", largest, GOALS.route_bytes),
    );
  }
  console.table(figures);
  if (routes) console.table(routes);
  else console.log("No Chromium was found, so the bytes of each route are not counted.");
  return { figures, startup_cpu_ms: startups, route_javascript_gzip_bytes: routes };
}

/** Processor time of `wrangler check startup`: V8's own samples of a fresh isolate on this machine. */
async function measureStartup(): Promise<number> {
  const output = await runTool("wrangler", [
    "check",
    "startup",
    "--outfile",
    join(BUILT_WORKER, "startup.cpuprofile"),
  ]);
  const milliseconds = output.match(/Active: ([\d.]+) ms/)?.[1];
  if (milliseconds === undefined) throw new Error(`wrangler measured no start-up:\n${output}`);
  return Number(milliseconds);
}

/** Scripts that index.html names itself. */
function initialBytes(): number {
  const html = readFileSync("dist/index.html", "utf8");
  const paths = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map((match) => match[1] ?? "");
  return paths.reduce((sum, path) => sum + gzipped(join("dist", path)), 0);
}

function gzipped(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length;
}

if (import.meta.main) await benchBundle();
