import { type ChildProcess, spawn } from "node:child_process";
import { delimiter, join, resolve } from "node:path";

/** No banner, no usage reports, nothing fetched. */
export const QUIET_WRANGLER = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  // `Request.cf` is not used; without this a machine with no network waits for it in vain.
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  // Else every call, statement and log line is written down in a database beside ours: time, and texts nobody deletes.
  X_LOCAL_OBSERVABILITY: "false",
};

/** Garbage is taken out sooner: a batch of ten thousand rows stays below 400 MB of memory, in the same time. */
const SPARING_V8 = "--max-semi-space-size=1 --optimize-for-size";

/** For wrangler, and for workerd below it. */
export const TOOL_ENVIRONMENT = {
  ...QUIET_WRANGLER,
  MINIFLARE_WORKERD_V8_FLAGS: process.env.MINIFLARE_WORKERD_V8_FLAGS ?? SPARING_V8,
  // The build command of wrangler.toml wants this project's Node too, as under npm.
  PATH: [resolve("node_modules", ".bin"), process.env.PATH].join(delimiter),
};

/** Run by path under this very Node, whatever `node` the PATH of the caller means. */
const SCRIPTS = { wrangler: "wrangler/bin/wrangler.js", vite: "vite/bin/vite.js" } as const;

export type Tool = keyof typeof SCRIPTS;

/** Starts a tool of this project's node_modules; `input` is what it is typed. */
export function spawnTool(tool: Tool, args: readonly string[], input?: string): ChildProcess {
  const child = spawn(process.execPath, [join("node_modules", SCRIPTS[tool]), ...args], {
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    env: { ...process.env, ...TOOL_ENVIRONMENT, CI: "true" },
  });
  // A tool that ends without having read it says itself why.
  child.stdin?.on("error", () => {}).end(input);
  return child;
}

/**
 * Runs a tool to its end without a word and gives back what it printed; when it fails, shows that, and what it means
 * where `explain` knows, and exits.
 */
export async function runTool(
  tool: Tool,
  args: readonly string[],
  {
    explain = () => null,
    input,
    isThereAlready,
  }: {
    explain?: (output: string) => string | null;
    input?: string;
    /** What it says when there was nothing left to do, which is no failure. */
    isThereAlready?: RegExp;
  } = {},
): Promise<string> {
  const { code, output } = await finishTool(tool, args, input);
  if (code === 0 || isThereAlready?.test(output)) return output;
  console.error(output);
  console.error(`${tool} ${args.join(" ")} failed; see above.`);
  const meaning = explain(output);
  if (meaning !== null) console.error(`\n${meaning}`);
  process.exit(1);
}

/** Runs a tool to its end, however it ends. */
export async function finishTool(
  tool: Tool,
  args: readonly string[],
  input?: string,
): Promise<{ code: number | null; output: string }> {
  const child = spawnTool(tool, args, input);
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
  return { code, output };
}
