import { realpathSync } from "node:fs";
import { createServer, type ProxyOptions } from "vite";
import { unstable_readConfig } from "wrangler";
import * as z from "zod";

const Assets = z.object({ assets: z.object({ run_worker_first: z.array(z.string()) }) });

/**
 * The dashboard from its sources, at the address `npm start` has it at; a change shows at once. What the Worker answers
 * before any file is passed on to it under the name the browser asked for, so that a write comes from its own site.
 */
export async function serveDashboard(host: string, port: number, worker: string): Promise<void> {
  const { assets } = Assets.parse(unstable_readConfig({ config: "wrangler.toml" }));
  const proxy = Object.fromEntries(
    assets.run_worker_first.map((path): [string, ProxyOptions] => [
      toPattern(path),
      { target: worker, changeOrigin: false },
    ]),
  );
  const server = await createServer({
    configFile: "ui/vite.config.ts",
    clearScreen: false,
    server: {
      host,
      port,
      strictPort: true,
      proxy,
      // An answer has the headers the Worker gives it, no others.
      cors: false,
      // A second checkout may share the packages of the first by a link.
      fs: { allow: [process.cwd(), realpathSync("node_modules")] },
    },
  });
  await server.listen();
}

/** A path of wrangler.toml, where `*` stands for anything, as Vite wants it: held against path and query. */
function toPattern(path: string): string {
  const parts = path.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return `^${parts.join("[^?]*")}(\\?|$)`;
}
