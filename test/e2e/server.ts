import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../src/cli/start/ports.ts";

const START_MS = 90_000;

export interface RunningServer {
  origin: string;
  /** Where database and bucket lie. */
  directory: string;
  /** The end of a power cut: server and workerd die at once, nothing is flushed. */
  kill: () => Promise<void>;
  /** The same database and bucket, a new process. */
  restart: () => Promise<void>;
  /** The process all others hang below. */
  pid: () => number;
  /** What the server printed so far. */
  output: () => string;
  close: () => Promise<void>;
}

interface Place {
  /** A copy of the project, where a test changes files. */
  cwd?: string;
  /** Further arguments of `npm start`. */
  args?: readonly string[];
}

/** Starts the real server, as `npm start` does, on a free port with an empty database. */
export async function startServer(
  vars: Record<string, string> = {},
  { cwd = ".", args = [] }: Place = {},
): Promise<RunningServer> {
  const port = await findFreePort();
  const directory = mkdtempSync(join(tmpdir(), "touchstone-"));
  const origin = `http://localhost:${port}`;
  let child: ChildProcess;
  let output = "";

  async function start(): Promise<void> {
    const set = Object.entries({ ACCESS_MODE: "open", ...vars }).flatMap(([name, value]) => [
      "--var",
      `${name}:${value}`,
    ]);
    child = spawn(
      process.execPath,
      ["src/cli/start.ts", "--port", String(port), "--persist-to", directory, ...args, ...set],
      { cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] },
    );
    const collect = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) break;
      const health = await fetch(`${origin}/api/health`).catch(() => null);
      if (health?.ok) return;
      await pause(200);
    }
    throw new Error(`the server did not start:\n${output}`);
  }

  async function kill(): Promise<void> {
    if (child.pid === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    // The process group: node and workerd.
    process.kill(-child.pid, "SIGKILL");
    await ended;
  }

  await start();
  return {
    origin,
    directory,
    kill,
    restart: start,
    pid: () => child.pid ?? 0,
    output: () => output,
    close: async () => {
      await kill();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
