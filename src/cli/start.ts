import { parseArgs } from "node:util";
import { applyMigrations } from "./apply-migrations.ts";
import { buildStaleDashboard } from "./build-dashboard.ts";
import { readDatabases } from "./deploy/read-databases.ts";
import { spawnTool } from "./run-tool.ts";
import { announcement, Health } from "./start/announcement.ts";
import { claimFolder } from "./start/claim-folder.ts";
import { completeDevVars } from "./start/dev-vars.ts";
import { findFreePort, isPortTaken } from "./start/ports.ts";
import { serve } from "./start/serve.ts";

// `npm start`: everything for a first look. `npm run dev` (`--dev`): the same from the sources, for who changes them.

/** Where debuggers look first. */
const INSPECTOR_PORT = 9229;
/** Where wrangler keeps database and bucket unless told otherwise. */
const WRANGLER_STATE = ".wrangler/state";
/** Instead of the cron trigger of wrangler.toml, which never fires here; delayed messages do not outlive the process. */
const TICK_MS = 15_000;
/** After so long without an answer what the server has said so far is shown. */
const PATIENCE_MS = 60_000;

const USAGE =
  "npm start -- [--port 8787] [--ip 0.0.0.0] [--persist-to DIR] [--var NAME:VALUE]… [--tunnel]";

const values = readArguments();
const port = Number(values.port);
const folder = values["persist-to"];
const origin = `http://localhost:${port}`;

if (await isPortTaken(port)) {
  console.error(
    `Something runs at port ${port} already, perhaps another Touchstone. Stop it, or choose another port:\n  npm start -- --port ${port + 1}\n端口 ${port} 已被占用：请停止占用它的程序，或换一个端口。`,
  );
  process.exit(1);
}
const other = await claimFolder(folder, port);
if (other !== null) {
  console.error(
    `Another Touchstone uses this folder already, at http://localhost:${other.port} (process ${other.pid}). Use that one, stop it, or give this one a folder of its own:\n  npm start -- --port ${port} --persist-to .wrangler/second\n该数据目录已被另一个试金石使用（http://localhost:${other.port}，进程 ${other.pid}）：请直接使用它、停止它，或为本次启动另选一个目录。`,
  );
  process.exit(1);
}
completeDevVars();
await buildStaleDashboard();
console.log("Applying database migrations …");
for (const { binding } of readDatabases()) {
  await applyMigrations(binding, ["--local", "--persist-to", folder]);
}

console.log("Starting the server …");
/** What the server says until it answers: settings and warnings that only matter when it does not. */
let held: string[] | null = [];
const patience = setTimeout(() => {
  release();
  console.log(`The server does not answer at ${origin} yet; this is what it said.`);
}, PATIENCE_MS);
const workerPort = values.dev ? await findFreePort() : port;
const worker = `http://localhost:${workerPort}`;
const isInspected = values.dev && !(await isPortTaken(INSPECTOR_PORT));
const server = await serve({
  config: "wrangler.toml",
  host: values.dev ? "localhost" : values.ip,
  port: workerPort,
  inspectorPort: isInspected ? INSPECTOR_PORT : undefined,
  folder,
  vars: readVars(values.var),
  print: (text) => {
    if (held) held.push(text);
    else process.stdout.write(text);
  },
}).catch((error: unknown) => {
  release();
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
const tunnel = values.tunnel ? spawnTool("wrangler", ["tunnel", "quick-start", origin]) : null;
for (const stream of [tunnel?.stdout, tunnel?.stderr]) stream?.pipe(process.stdout);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    tunnel?.kill(signal);
    await server.stop();
    process.exit(0);
  });
}
const health = await waitForHealth();
clearTimeout(patience);
if (values.dev) {
  const { serveDashboard } = await import("./start/serve-dashboard.ts");
  await serveDashboard({ host: values.ip, port, worker, rebuild: server.rebuild });
}
held = null;
console.log(announcement(origin, health));
await tick();
setInterval(tick, TICK_MS);

/** Takes up what was under way when the last server ended, and what is due. */
async function tick(): Promise<void> {
  await server.tick().catch(console.error);
}

function release(): void {
  for (const text of held ?? []) process.stderr.write(text);
  held = null;
}

async function waitForHealth() {
  for (;;) {
    const answer = await fetch(`${worker}/api/health`).catch(() => null);
    if (answer?.ok) return Health.parse(await answer.json());
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** `NAME:VALUE`, as `wrangler dev` takes them. */
function readVars(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const [name = "", ...rest] = text.split(":");
      return [name, rest.join(":")];
    }),
  );
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "8787" },
        ip: { type: "string", default: "localhost" },
        "persist-to": { type: "string", default: WRANGLER_STATE },
        var: { type: "string", multiple: true, default: [] },
        tunnel: { type: "boolean", default: false },
        dev: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(1);
  }
}
