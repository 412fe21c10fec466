import { basename, join, resolve } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import * as z from "zod";
import { finishTool, runTool, TOOL_ENVIRONMENT } from "../run-tool.ts";

const Vars = z.record(z.string(), z.json());

/**
 * The simulator leads every request through two Workers that look for a file first. Calls of the API, which have none, take
 * the way past them that they have on the platform.
 */
const FRONT = (main: string) => `import worker from "./${main}";
export * from "./${main}";
export default worker;
export const front = {
  fetch: (request, env, execution) =>
    new URL(request.url).pathname.startsWith("/api/")
      ? worker.fetch(request, env, execution)
      : env.WITH_FILES.fetch(request),
};
`;
/**
 * Messages of a local batch. One batch is under way at a time here, where the platform has ten: with five in it, a server
 * that is also asked all the time scored next to nothing of what it accepted.
 */
const BATCH_MESSAGES = 25;

export interface LocalServer {
  /** What the cron triggers of a deployed Worker do: nothing else calls it here. */
  tick: () => Promise<void>;
  /** Builds and runs the Worker as its sources are now; while they do not build, the last one stays. */
  rebuild: () => Promise<void>;
  stop: () => Promise<void>;
}

export interface ServeOptions {
  config: string;
  host: string;
  port: number;
  /** Where `wrangler … --persist-to` has its database and bucket; the built Worker lies beside them. */
  folder: string;
  /** Put over those of wrangler.toml and .dev.vars. */
  vars: Record<string, string>;
  /** Where a debugger finds the Worker; none: nowhere. */
  inspectorPort?: number;
  /** What the Worker and its runtime print. */
  print: (text: string) => void;
}

/**
 * Builds the Worker as it is uploaded and runs it in workerd, with D1, R2 and queues in `folder`.
 *
 * Requests come straight to the Worker, so that it knows the name a browser asked for. `wrangler dev` puts servers of its
 * own before it, which believe the headers `MF-Original-URL` and `MF-Route-Override` of any page. The one such server
 * that Miniflare opens for itself, at a port of its choice, speaks TLS with a certificate no browser accepts.
 * @throws Error when workerd does not start; exits when the Worker cannot be built
 */
export async function serve(options: ServeOptions): Promise<LocalServer> {
  const { config, folder, host, port, inspectorPort, print, vars } = options;
  Object.assign(process.env, TOOL_ENVIRONMENT);
  const bundle = resolve(folder, "worker");
  const build = ["deploy", "--dry-run", "--config", config, "--outdir", bundle];
  await runTool("wrangler", build);
  // It warns of Workers AI, which is not bound here.
  process.env.WRANGLER_LOG ??= "error";
  // Read late: it is half a second of work, which other commands shall not pay.
  const { unstable_getMiniflareWorkerOptions: readWorker } = await import("wrangler");
  const describe = () => {
    const { workerOptions: worker, main = "" } = readWorker(config);
    const script = `${basename(main, ".ts")}.js`;
    const hasFiles = worker.assets !== undefined;
    return convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: 0,
      https: true,
      cf: false,
      inspectorPort,
      telemetry: { enabled: false },
      resourcePersistencePath: join(folder, "v3"),
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }) => print(`${message}\n`),
      workers: [
        {
          ...worker,
          // Workers AI answers nobody without an account: here it is not bound, rather than bound and failing.
          ai: undefined,
          name: "touchstone",
          rootPath: bundle,
          modules: [
            { type: "ESModule", path: join(bundle, "front.js"), contents: FRONT(script) },
            { type: "ESModule", path: join(bundle, script) },
          ],
          queueConsumers: Object.fromEntries(
            Object.entries(worker.queueConsumers ?? {}).map(([queue, consumer]) => [
              queue,
              { ...consumer, maxBatchSize: BATCH_MESSAGES },
            ]),
          ),
          // All is on this machine, which is in no jurisdiction that the simulator knows.
          bindings: { ...Vars.parse(worker.bindings), JURISDICTION: "", ...vars },
          ...(hasFiles ? { serviceBindings: { WITH_FILES: "touchstone" } } : {}),
          unsafeDirectSockets: [{ host, port, ...(hasFiles ? { entrypoint: "front" } : {}) }],
        },
      ],
    });
  };
  const miniflare = new Miniflare(describe());
  await miniflare.ready;
  return {
    tick: async () => {
      await (await miniflare.getWorker("touchstone")).scheduled();
    },
    rebuild: async () => {
      const { code, output } = await finishTool("wrangler", build);
      if (code !== 0) return print(output);
      await miniflare.setOptions(describe());
      print("The Worker runs anew.\n");
    },
    stop: () => miniflare.dispose(),
  };
}
