import { realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import { createServer, type ProxyOptions } from "vite";
import { unstable_readConfig } from "wrangler";
import * as z from "zod";

const Assets = z.object({ assets: z.object({ run_worker_first: z.array(z.string()) }) });
/** What the Worker is made of and set by. */
const WORKER_SOURCES = ["src", "wrangler.toml", ".dev.vars"].map((path) => resolve(path));

interface Front {
  host: string;
  port: number;
  /** Where the Worker answers. */
  worker: string;
  rebuild: () => Promise<void>;
}

/**
 * The dashboard from its sources, at the address `npm start` has it at; a change shows at once, and one of the Worker
 * runs it anew. What the Worker answers before any file is passed on to it under the name the browser asked for, so that
 * a write comes from its own site.
 */
export async function serveDashboard({ host, port, worker, rebuild }: Front): Promise<void> {
  const { assets } = Assets.parse(unstable_readConfig({ config: "wrangler.toml" }));
  const proxy = Object.fromEntries(
    assets.run_worker_first.map((path): [string, ProxyOptions] => [
      toPattern(path),
      { target: worker, changeOrigin: false, ws: true },
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
  const renew = oneAtATime(rebuild);
  server.watcher.add(WORKER_SOURCES).on("all", (_event, path) => {
    const isOfWorker = (source: string) => path === source || path.startsWith(source + sep);
    if (WORKER_SOURCES.some(isOfWorker)) renew();
  });
}

/** A path of wrangler.toml, where `*` stands for anything, as Vite wants it: held against path and query. */
function toPattern(path: string): string {
  const parts = path.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return `^${parts.join("[^?]*")}(\\?|$)`;
}

/** However often it is asked for meanwhile, it is done once more. */
function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let isRunning = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await run().catch(console.error);
    }
    isRunning = false;
  };
}
