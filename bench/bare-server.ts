import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findFreePort } from "../src/cli/start/ports.ts";
import { serve } from "../src/cli/start/serve.ts";

/** Starts a yardstick, the Worker in `main`, as `npm start` starts ours, with an empty D1 and whatever `bindings` say; `GET /ready` makes its tables. */
export async function startBareServer(
  main: string,
  bindings: Record<string, unknown> = {},
): Promise<{ origin: string; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-bare-"));
  const config = join(folder, "wrangler.json");
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
  const server = await serve({
    ...{ config, folder, port },
    host: "localhost",
    vars: {},
    print: (text) => process.stderr.write(text),
  });
  const origin = `http://localhost:${port}`;
  const ready = await fetch(`${origin}/ready`);
  if (!ready.ok) throw new Error(`the bare server is not ready: ${await ready.text()}`);
  return {
    origin,
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
