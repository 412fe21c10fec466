import { existsSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { buildStaleDashboard } from "./build-dashboard.ts";
import { runTool, spawnTool } from "./run-tool.ts";

// `npm start`: everything for a first look. Extra arguments go to `wrangler dev` as they are.

const OPEN_DEV_VARS = `# Written by \`npm start\`. This server is for your own machine: everybody who can reach it may use it.
ACCESS_MODE=open
# Set a key to score with a model instead of the built-in offline judge.
# OPENAI_API_KEY=
# OPENAI_BASE_URL=https://api.openai.com/v1
# JUDGE_MODEL=gpt-4o-mini
# EMBEDDING_MODEL=text-embedding-3-small
`;

const extra = process.argv.slice(2);
const { values } = parseArgs({
  args: extra,
  options: { port: { type: "string" }, "persist-to": { type: "string" } },
  strict: false,
});
const port = typeof values.port === "string" ? values.port : "8787";
const persistTo =
  typeof values["persist-to"] === "string" ? ["--persist-to", values["persist-to"]] : [];

if (!existsSync(".dev.vars")) {
  writeFileSync(".dev.vars", OPEN_DEV_VARS);
  console.log("Wrote .dev.vars with ACCESS_MODE=open (this machine only).");
}
await buildStaleDashboard();
console.log("Applying database migrations …");
await runTool("wrangler", ["d1", "migrations", "apply", "DB", "--local", ...persistTo]);

const server = spawnTool(
  "wrangler",
  ["dev", "--port", port, "--show-interactive-dev-session=false", ...withoutPort(extra)],
  "inherit",
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill(signal));
server.on("exit", (code) => process.exit(code ?? 0));
await announce(`http://localhost:${port}`);

function withoutPort(args: readonly string[]): string[] {
  return args.filter((arg, at) => !/^--port(=|$)/.test(arg) && args[at - 1] !== "--port");
}

async function announce(origin: string): Promise<void> {
  for (let second = 0; second < 120; second++) {
    const health = await fetch(`${origin}/api/health`).catch(() => null);
    if (health?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  console.log(`
  Dashboard   ${origin}
  API         ${origin}/api

  Score a first answer:

  curl -s ${origin}/api/score/async -H 'Content-Type: application/json' -d '{
    "question": "How long is the warranty of the X200?",
    "answer": "The X200 has a warranty of three years, and repairs are free.",
    "contexts": ["The X200 comes with a two-year warranty.", "Repairs within the warranty are free of charge."],
    "ground_truth": "Two years; repairs within it are free."
  }'

  Ten samples at once: npm run demo
  Stop with Ctrl+C.
`);
}
