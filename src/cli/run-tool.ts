import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** No banner, no usage reports, no questions. */
const TOOL_ENVIRONMENT = { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" };

/** Starts a tool of this project's node_modules. */
export function spawnTool(
  tool: string,
  args: readonly string[],
  stdio: "inherit" | "pipe",
): ChildProcess {
  return spawn(join("node_modules", ".bin", tool), args, {
    stdio: ["ignore", stdio, stdio],
    env: { ...process.env, ...TOOL_ENVIRONMENT, ...(stdio === "pipe" ? { CI: "true" } : {}) },
  });
}

/** Runs a tool to its end without a word and gives back what it printed; when it fails, shows that and exits. */
export async function runTool(tool: string, args: readonly string[]): Promise<string> {
  const child = spawnTool(tool, args, "pipe");
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
  if (code === 0) return output;
  console.error(output);
  console.error(`${tool} ${args.join(" ")} failed; see above.`);
  process.exit(1);
}
