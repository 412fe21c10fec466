import { randomBytes } from "node:crypto";
import { applyMigrations } from "./apply-migrations.ts";
import { nextSteps } from "./deploy/next-steps.ts";
import { readDatabases } from "./deploy/read-databases.ts";
import { findAddress, readJsonList } from "./deploy/wrangler-output.ts";
import { runTool } from "./run-tool.ts";

// `npm run deploy`: safe to run again, also after it broke off. `-- --dry-run` does all that needs no account.
// Every deployment migrates first: old code runs on the new schema, new code never on the old. The bucket and both
// queues are made by `wrangler deploy` itself when they are missing; databases are made here, to be migrated first.

console.log("Building the dashboard …");
await runTool("vite", ["build", "ui", "--logLevel", "warn"]);
// npm keeps a `--dry-run` without the two dashes before it for itself, and would have it deploy.
if (process.argv.includes("--dry-run") || process.env.npm_config_dry_run === "true") {
  console.log(await runTool("wrangler", ["deploy", "--dry-run"]));
  process.exit(0);
}
if (/not authenticated/i.test(await runTool("wrangler", ["whoami"]))) {
  console.error(
    "You are not signed in to Cloudflare. Run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.",
  );
  process.exit(1);
}
process.on("exit", (code) => {
  if (code === 0) return;
  console.error("Deploying broke off. Mend what is said above and run `npm run deploy` again.");
});

const databases = readDatabases();
const existing = readJsonList(await runTool("wrangler", ["d1", "list", "--json"]));
for (const { name, binding } of databases) {
  if (!existing.some((database) => database.name === name)) {
    console.log(`Creating the database "${name}" …`);
    await runTool("wrangler", ["d1", "create", name]);
  }
  console.log(`Applying the migrations of "${name}" …`);
  await applyMigrations(binding, ["--remote"]);
}
console.log("Deploying; a missing bucket or queue is created …");
const deployed = await runTool("wrangler", ["deploy"]);
const listed = readJsonList(await runTool("wrangler", ["secret", "list", "--format", "json"]));
const secrets = new Set(listed.map(({ name }) => name));
if (!secrets.has("SECRETS_KEY")) {
  console.log("Making the key that secrets are stored under (SECRETS_KEY) …");
  const input = randomBytes(32).toString("base64");
  await runTool("wrangler", ["secret", "put", "SECRETS_KEY"], { input });
}

console.log(nextSteps(findAddress(deployed), secrets));
