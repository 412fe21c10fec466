import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { applyMigrations } from "./apply-migrations.ts";
import {
  askPlace,
  type Place,
  pinPlace,
  placeArguments,
  readPlace,
} from "./deploy/choose-place.ts";
import { nextSteps } from "./deploy/next-steps.ts";
import { readDatabases, readQueues } from "./deploy/read-databases.ts";
import { findAddress, readJsonList } from "./deploy/wrangler-output.ts";
import { runTool } from "./run-tool.ts";

// `npm run deploy`: safe to run again, also after it broke off. `-- --dry-run` does all that needs no account.
// Every deployment migrates first: old code runs on the new schema, new code never on the old. The bucket and both
// queues are made by `wrangler deploy` itself when they are missing, unless a place was chosen for them; databases are made
// here, to be migrated first. The first deployment asks for the place (`-- --location apac`, `-- --jurisdiction eu`).

const values = readArguments();
console.log("Building the dashboard …");
await runTool("vite", ["build", "ui", "--logLevel", "warn"]);
// npm keeps a `--dry-run` without the two dashes before it for itself, and would have it deploy.
if (values["dry-run"] || process.env.npm_config_dry_run === "true") {
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
const isThere = ({ name }: { name: string }) => existing.some((one) => one.name === name);
const asked = values.jurisdiction ?? values.location;
if (asked !== undefined && databases.some(isThere)) {
  console.log(
    "The data lies where the first deployment put it; the place that was named changes nothing.",
  );
}
// Databases come last: while there is none, a deployment that broke off is begun again from here.
const place = databases.some(isThere) ? readPlace("") : await choosePlace();
await makeAt(place);
for (const { name, binding } of databases) {
  if (!isThere({ name })) {
    console.log(`Creating the database "${name}" …`);
    await runTool("wrangler", ["d1", "create", name, ...placeArguments(place)]);
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

async function choosePlace(): Promise<Place> {
  if (asked === undefined) return askPlace();
  try {
    return readPlace(asked);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** Makes what `wrangler deploy` would make anywhere: the bucket, and in a jurisdiction the queues. */
async function makeAt(chosen: Place): Promise<void> {
  const where = placeArguments(chosen);
  if (where.length === 0) return;
  const isThereAlready = /already exists|already own/i;
  const { text, bucket } = pinPlace(readFileSync("wrangler.toml", "utf8"), chosen);
  writeFileSync("wrangler.toml", text);
  console.log(`Creating the bucket "${bucket}" (${where.join(" ")}) …`);
  await runTool("wrangler", ["r2", "bucket", "create", bucket, ...where], { isThereAlready });
  if (chosen.jurisdiction === null) return;
  for (const queue of readQueues()) {
    console.log(`Creating the queue "${queue}" (${where.join(" ")}) …`);
    await runTool("wrangler", ["queues", "create", queue, ...where], { isThereAlready });
  }
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        "dry-run": { type: "boolean", default: false },
        location: { type: "string" },
        jurisdiction: { type: "string" },
      },
    }).values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
