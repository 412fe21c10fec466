import type { D1Migration } from "@cloudflare/vitest-plugin";
import type { Env as WorkerEnv } from "../../src/config.ts";

declare global {
  namespace Cloudflare {
    interface Env extends WorkerEnv {
      TEST_MIGRATIONS: D1Migration[];
      SECOND: D1Database;
    }
    interface GlobalProps {
      mainModule: typeof import("./main.ts");
    }
  }
}
