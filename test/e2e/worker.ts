import type { D1Database } from "@cloudflare/workers-types";
import { createTestHarness } from "wrangler";
import { QUIET_WRANGLER } from "../../src/cli/run-tool.ts";
import { CHECK_SET } from "../../src/jobs/measure-judge/check-set.ts";
import { NOTHING_MEASURED } from "../../src/jobs/measure-judge/measure-claims.ts";
import { USUAL_MODELS } from "../../src/judges/decision/endpoint.ts";
import { type FakeOpenAi, startFakeOpenAi } from "../fakes/openai-server.ts";
import { BUILT_WORKER } from "./build-worker.ts";

export interface RunningWorker {
  origin: string;
  /** What the Worker logged so far. */
  logs: () => string;
  /** Its database, for rows that would take long to come by the API. */
  database: () => Promise<D1Database>;
  close: () => Promise<void>;
}

/**
 * The built upload in workerd with its own empty database, bucket and queues, in about a second. For what only
 * `npm start` has (a process to kill, files to look into, its output) there is `startServer`.
 */
export async function startWorker(
  vars: Record<string, string> = {},
  /** What the binding to Workers AI leads to; see `test/fakes/decision-server.ts`. Without one its model was measured and is no better. */
  aiUrl?: string,
): Promise<RunningWorker> {
  Object.assign(process.env, QUIET_WRANGLER);
  const harness = createTestHarness({
    workers: [
      {
        configPath: "wrangler.toml",
        prebuiltWorkerDir: BUILT_WORKER,
        vars: { ACCESS_MODE: "open", ...vars },
        bindingOverrides: { AI: "fake-ai" },
      },
      {
        config: {
          name: "fake-ai",
          main: "test/fakes/fake-ai.ts",
          compatibility_date: "2026-10-01",
          vars: { FAKE_URL: aiUrl ?? "http://127.0.0.1:1" },
        },
      },
    ],
  });
  const { url } = await harness.listen();
  await harness.getWorker().applyD1Migrations("DB");
  const database = async () => (await harness.getWorker<{ DB: D1Database }>().getEnv()).DB;
  if (aiUrl === undefined) await measureModel(await database());
  return {
    origin: url.origin,
    logs: () => JSON.stringify(harness.getLogs()),
    database,
    close: () => harness.close(),
  };
}

/** So no page offers to measure it. */
async function measureModel(database: D1Database): Promise<void> {
  const measured = { ...NOTHING_MEASURED, claims: CHECK_SET.length };
  await database
    .prepare("INSERT INTO judge_measures (model, day, measured) VALUES (?1, '2026-11-30', ?2)")
    .bind(`decision:${USUAL_MODELS["workers-ai"]}`, JSON.stringify(measured))
    .run();
}

export interface JudgedWorker extends RunningWorker {
  model: FakeOpenAi;
}

/** The same, judged by a model of a provider of the test's own. */
export async function startJudgedWorker(vars: Record<string, string> = {}): Promise<JudgedWorker> {
  const model = await startFakeOpenAi({});
  const worker = await startWorker({
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: "sk-a-secret-that-must-not-show",
    JUDGE_MODEL: "judge-1",
    ...vars,
  });
  const close = async () => {
    await worker.close();
    await model.close();
  };
  return { ...worker, model, close };
}
