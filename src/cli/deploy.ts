import { unstable_readConfig } from "wrangler";
import { runTool } from "./run-tool.ts";

// `npm run deploy`: safe to run again. `-- --dry-run` builds and checks everything that needs no account.
// The first deploy creates D1, R2 and both queues, so its migrations follow it, and for these seconds the API answers
// 503 `schema_missing`. Every later one migrates first: old code runs on the new schema, new code never on the old.

console.log("Building the dashboard …");
await runTool("vite", ["build", "ui", "--logLevel", "warn"]);
if (process.argv.includes("--dry-run")) {
  console.log(await runTool("wrangler", ["deploy", "--dry-run"]));
  process.exit(0);
}

const account = await runTool("wrangler", ["whoami"]);
if (/not authenticated/i.test(account)) {
  console.error(
    "You are not signed in to Cloudflare. Run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.",
  );
  process.exit(1);
}
const isFirst = !(await hasDatabase());
if (!isFirst) await migrate();
console.log("Deploying …");
const deployed = await runTool("wrangler", ["deploy"]);
if (isFirst) await migrate();

const url =
  deployed.match(/https:\/\/\S+\.workers\.dev/)?.[0] ?? "(see `npx wrangler deployments list`)";
console.log(`
  Deployed    ${url}

  Next:
  1. npx wrangler secret put ADMIN_KEY        a long random key; until then the API answers 503
  2. npx wrangler secret put OPENAI_API_KEY   optional: score with a model instead of the offline judge
  3. ${url}/api/health                        says what is still missing
`);

async function hasDatabase(): Promise<boolean> {
  const [database] = unstable_readConfig({ config: "wrangler.toml" }).d1_databases;
  const listed = await runTool("wrangler", ["d1", "list", "--json"]);
  // Warnings may stand before the list.
  const databases = JSON.parse(listed.slice(listed.indexOf("["))) as { name: string }[];
  return databases.some(({ name }) => name === database?.database_name);
}

async function migrate(): Promise<void> {
  console.log("Applying database migrations …");
  await runTool("wrangler", ["d1", "migrations", "apply", "DB", "--remote"]);
}
