import { execFile } from "node:child_process";
import { resolve } from "node:path";

interface Place {
  cwd?: string;
  /** Only these: what is set on the machine that tests does not count. */
  env?: Record<string, string>;
}

/** Runs a command of this project to its end, as `npm run` does. */
export function runScript(script: string, args: readonly string[], { cwd, env }: Place = {}) {
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  return new Promise<{ code: number; stdout: string; stderr: string; output: string }>((done) => {
    execFile(
      process.execPath,
      [resolve(script), ...args],
      { cwd, env: env && { PATH, NODE_COMPILE_CACHE, ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        done({ code, stdout, stderr, output: stdout + stderr });
      },
    );
  });
}
