import { runTool } from "./run-tool.ts";

// `npm run deploy`: safe to run again. The first deploy creates D1, R2 and both queues, so the migrations follow it;
// for these seconds the API answers 503 `schema_missing`.

if (process.argv.includes("--dry-run")) {
  await runTool("vite", ["build", "ui", "--logLevel", "warn"]);
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
console.log("Building the dashboard …");
await runTool("vite", ["build", "ui", "--logLevel", "warn"]);
console.log("Deploying …");
const deployed = await runTool("wrangler", ["deploy"]);
console.log("Applying database migrations …");
await runTool("wrangler", ["d1", "migrations", "apply", "DB", "--remote"]);

const url =
  deployed.match(/https:\/\/\S+\.workers\.dev/)?.[0] ?? "(see `npx wrangler deployments list`)";
console.log(`
  Deployed    ${url}

  Next:
  1. npx wrangler secret put ADMIN_KEY        a long random key; until then the API answers 503
  2. npx wrangler secret put OPENAI_API_KEY   optional: score with a model instead of the offline judge
  3. ${url}/api/health                        says what is still missing
`);
