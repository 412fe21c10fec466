import { spawnTool } from "../run-tool.ts";
import { findFreePort } from "./ports.ts";
import type { LocalServer, ServeOptions } from "./serve.ts";
import { serveDashboard } from "./serve-dashboard.ts";

/**
 * For work on the project: `wrangler dev`, which starts the Worker anew when its sources change, behind Vite, which
 * changes a page where it stands. Exits when `wrangler dev` does.
 */
export async function serveSources(options: ServeOptions): Promise<LocalServer> {
  const worker = await findFreePort();
  const vars = Object.entries(options.vars).flatMap(([name, value]) => [
    "--var",
    `${name}:${value}`,
  ]);
  const child = spawnTool("wrangler", [
    "dev",
    // With a domain in wrangler.toml every request would seem to be for it, and the name really asked for be lost.
    "--infer-origin-from-routes=false",
    ...["--config", options.config, "--port", String(worker), "--persist-to", options.folder],
    ...vars,
  ]);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => options.print(String(chunk)));
  }
  child.on("close", (code) => process.exit(code ?? 0));
  const origin = `http://localhost:${worker}`;
  await serveDashboard(options.host, options.port, origin);
  return {
    tick: async () => {
      await fetch(`${origin}/cdn-cgi/handler/scheduled`);
    },
    stop: async () => {
      child.kill();
    },
  };
}
