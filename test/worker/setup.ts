import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { watchQueryPlans } from "./query-plans.ts";

// One workerd runs many files, because to start one takes longer than most of them: each file finds it as if new.
await reset();
vi.resetModules();
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
watchQueryPlans();
