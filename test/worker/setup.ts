import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { beginFile } from "./own-queue.ts";
import { watchQueryPlans } from "./query-plans.ts";
import { untilNoneRuns } from "./running.ts";

// One workerd runs many files, because to start one takes longer than most of them: each file finds it as if new.
await untilNoneRuns(3000);
beginFile();
// A consumer of the file before may still be asking while its database is taken away, and keep it: seen on a busy machine.
do await reset();
while (await env.DB.prepare("SELECT 1 FROM sqlite_master WHERE name = 'jobs'").first());
vi.resetModules();
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
watchQueryPlans();
