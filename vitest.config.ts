import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { PAGE_MS } from "./test/e2e/pages/open-page.ts";
import { divide } from "./test/worker/divided/divide.ts";

// Commands and servers are started many times: what Node compiled for the first is there for the next.
process.env.NODE_COMPILE_CACHE ??= resolve("node_modules/.cache/node");

// Three kinds of test: pure code in plain Node, everything with bindings in workerd with the real migrations,
// and the pages in a real browser against the real server (own file, because it needs a build first).
export default defineConfig(async () => ({
  test: {
    // One more than there are cores: of three files one waits, for a lease to run out, a retry, a toast to go.
    maxWorkers: availableParallelism() + 1,
    // A process runs many files: to load wrangler, a browser or workerd takes longer than most files do.
    isolate: false,
    projects: [
      {
        test: {
          name: "node",
          include: [
            "test/{scoring,judges,intake,net,reports,channels,traces,words,cli,shape,ui}/**/*.test.ts",
            "test/*.test.ts",
          ],
          testTimeout: 120_000,
        },
      },
      {
        plugins: [
          divide,
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            main: "./test/worker/main.ts",
            // Workers AI answers nobody without an account; what it says is played by a server of the tests.
            remoteBindings: false,
            miniflare: {
              // A batch of the queue goes out at once; waiting a second for more is not what is tested here.
              queueConsumers: {
                "touchstone-jobs": {
                  maxBatchSize: 5,
                  maxBatchTimeout: 0,
                  maxRetries: 10,
                  deadLetterQueue: "touchstone-jobs-dead",
                },
                "touchstone-jobs-dead": { maxBatchSize: 10, maxBatchTimeout: 0 },
              },
              // For the map project → database, divided.
              d1Databases: { SECOND: "second" },
              bindings: {
                ACCESS_MODE: "open",
                OPEN_HOSTS: "touchstone.test",
                SECRETS_KEY: "dGhlIGtleSBvZiB0ZXN0cywgMzIgYnl0ZXMgbG9uZyE=",
                TEST_MIGRATIONS: await readD1Migrations("migrations"),
              },
            },
          }),
        ],
        test: {
          name: "worker",
          globalSetup: ["./test/worker/build.ts", "./test/worker/bots.ts"],
          include: ["test/worker/**/*.test.ts"],
          setupFiles: ["./test/worker/setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // The Worker logs in contexts of its own (a request, a batch of the queue). Vitest would carry such a line by a
          // call that a file's end waits for, and the pool keeps it until the file sends something else: a line that comes
          // last is never sent, and the run never ends (cloudflare/workers-sdk 15719).
          disableConsoleIntercept: true,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["./test/e2e/build-worker.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: PAGE_MS } },
        },
      },
    ],
  },
}));
