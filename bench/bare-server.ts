import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spawnTool } from "../src/cli/run-tool.ts";
import { findFreePort } from "../src/cli/start/ports.ts";
import { pause } from "../test/e2e/server.ts";

const START_MS = 60_000;

/**
 * Starts a yardstick, the Worker in `main`, under the same `wrangler dev`, with an empty D1 and whatever `bindings` say.
 * It is up once `GET /ready` answers.
 */
export async function startBareServer(
  main: string,
  bindings: Record<string, unknown> = {},
): Promise<{ origin: string; close: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), "touchstone-bare-"));
  const config = join(directory, "wrangler.json");
  const settings = {
    name: "bare",
    main: resolve(main),
    compatibility_date: "2026-10-01",
    minify: true,
    d1_databases: [{ binding: "DB", database_name: "bare", database_id: "bare" }],
    ...bindings,
  };
  writeFileSync(config, JSON.stringify(settings));
  const port = await findFreePort();
  const origin = `http://localhost:${port}`;
  const child = spawnTool("wrangler", [
    "dev",
    ...["--config", config, "--port", String(port), "--inspector-port", "0"],
    ...["--persist-to", directory, "--show-interactive-dev-session=false", "--log-level", "error"],
  ]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk;
    });
  }
  const close = async () => {
    await end(child);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const ready = await fetch(`${origin}/ready`).catch(() => null);
    if (ready?.ok) return { origin, close };
    await pause(200);
  }
  await close();
  throw new Error(`the bare server did not start:\n${output}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((wait) => child.once("exit", wait));
  child.kill("SIGTERM");
  await ended;
}
