import { existsSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DEFAULT_MODEL } from "../judges/openai/settings.ts";
import { buildStaleDashboard } from "./build-dashboard.ts";
import { readDatabases } from "./deploy/read-databases.ts";
import { runTool, spawnTool } from "./run-tool.ts";
import { announcement, Health } from "./start/announcement.ts";
import { claimFolder } from "./start/claim-folder.ts";
import { findFreePort, isPortTaken } from "./start/ports.ts";

// `npm start`: everything for a first look. Extra arguments go to `wrangler dev` as they are.
// `npm run dev` (`--dev`): the same, with the dashboard straight from its sources in front.

const OPEN_DEV_VARS = `# Written by \`npm start\`. This server is for your own machine: everybody who can reach it may use it.
ACCESS_MODE=open
# Set a key to score with a model instead of the built-in offline judge.
# OPENAI_API_KEY=
# OPENAI_BASE_URL=https://api.openai.com/v1
# JUDGE_MODEL=${DEFAULT_MODEL}
# EMBEDDING_MODEL=text-embedding-3-small
`;
/** Where wrangler keeps database and bucket unless told otherwise. */
const WRANGLER_STATE = ".wrangler/state";
/** After so long without an answer what the server has said so far is shown. */
const PATIENCE_MS = 60_000;

const extra = process.argv.slice(2);
const { values } = parseArgs({
  args: extra,
  options: {
    port: { type: "string" },
    "persist-to": { type: "string" },
    dev: { type: "boolean" },
  },
  strict: false,
});
const port = typeof values.port === "string" ? values.port : "8787";
const folder = typeof values["persist-to"] === "string" ? values["persist-to"] : null;
const persistTo = folder === null ? [] : ["--persist-to", folder];
const origin = `http://localhost:${port}`;

if (await isPortTaken(Number(port))) {
  console.error(
    `Something runs at port ${port} already, perhaps another Touchstone. Stop it, or choose another port:\n  npm start -- --port ${Number(port) + 1}\n端口 ${port} 已被占用：请停止占用它的程序，或换一个端口。`,
  );
  process.exit(1);
}
const other = await claimFolder(folder ?? WRANGLER_STATE, Number(port));
if (other !== null) {
  console.error(
    `Another Touchstone uses this folder already, at http://localhost:${other.port} (process ${other.pid}). Use that one, stop it, or give this one a folder of its own:\n  npm start -- --port ${port} --persist-to .wrangler/second\n该数据目录已被另一个试金石使用（http://localhost:${other.port}，进程 ${other.pid}）：请直接使用它、停止它，或为本次启动另选一个目录。`,
  );
  process.exit(1);
}
if (!existsSync(".dev.vars")) {
  writeFileSync(".dev.vars", OPEN_DEV_VARS);
  console.log("Wrote .dev.vars with ACCESS_MODE=open (this machine only).");
}
await buildStaleDashboard();
console.log("Applying database migrations …");
for (const { binding } of readDatabases()) {
  await runTool("wrangler", ["d1", "migrations", "apply", binding, "--local", ...persistTo]);
}

console.log("Starting the server …");
const workerPort = values.dev ? await findFreePort() : port;
const server = spawnTool("wrangler", [
  "dev",
  // With a domain in wrangler.toml every request would seem to be for it, and the name really asked for be lost.
  "--infer-origin-from-routes=false",
  "--port",
  String(workerPort),
  ...withoutOurs(extra),
]);
/** What the server says until it answers: settings and warnings that only matter when it does not. */
let held: Buffer[] | null = [];
for (const stream of ["stdout", "stderr"] as const) {
  server[stream]?.on("data", (chunk: Buffer) => {
    if (held) held.push(chunk);
    if (!held) process[stream].write(chunk);
  });
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill(signal));
server.on("close", (code) => {
  release();
  process.exit(code ?? 0);
});
const patience = setTimeout(() => {
  release();
  console.log(`The server does not answer at ${origin} yet; this is what it said.`);
}, PATIENCE_MS);
const health = await waitForHealth();
clearTimeout(patience);
if (values.dev) {
  const { serveDashboard } = await import("./start/serve-dashboard.ts");
  await serveDashboard(Number(port), `http://localhost:${workerPort}`);
}
// The address of a tunnel stands there, and who sets the level wants to read.
if (extra.some((arg) => /^--(tunnel|log-level)/.test(arg))) release();
held = null;
console.log(announcement(origin, health));

function release(): void {
  for (const chunk of held ?? []) process.stderr.write(chunk);
  held = null;
}

async function waitForHealth() {
  for (;;) {
    const answer = await fetch(`http://localhost:${workerPort}/api/health`).catch(() => null);
    if (answer?.ok) return Health.parse(await answer.json());
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function withoutOurs(args: readonly string[]): string[] {
  return args.filter((arg, at) => !/^--(port(=|$)|dev$)/.test(arg) && args[at - 1] !== "--port");
}
