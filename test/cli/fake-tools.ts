import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with this project's settings, and tools that write down what they are asked and keep an account in a file. */
export interface FakeFolder {
  directory: string;
  /** What the tools were asked since the last time, in order. */
  takeCalls: () => string[];
  account: () => Account;
  set: (change: Partial<Account>) => void;
}

interface Account {
  isSignedIn: boolean;
  databases: string[];
  buckets: string[];
  queues: string[];
  secrets: string[];
  /** What was typed to `wrangler secret put`. */
  typed: string[];
  /** Times that the migrations were applied, and the Worker was deployed. */
  migrated: number;
  deployed: number;
  /** The call that begins like this fails. */
  failsAt: string | null;
  /** What it says then. */
  failsWith: string;
}

const EMPTY: Account = {
  isSignedIn: true,
  databases: [],
  buckets: [],
  queues: [],
  secrets: [],
  typed: [],
  migrated: 0,
  deployed: 0,
  failsAt: null,
  failsWith: "A request to the Cloudflare API failed.",
};

const TOOL = `
const { appendFileSync, readFileSync, writeFileSync } = require("node:fs");
const call = [require("node:path").basename(__filename, ".js"), ...process.argv.slice(2)].join(" ");
appendFileSync("calls.log", call + "\\n");
const account = JSON.parse(readFileSync("account.json", "utf8"));
if (account.failsAt !== null && call.startsWith(account.failsAt)) {
  console.error(account.failsWith);
  process.exit(1);
}
const make = (list, name, refusal) => {
  if (list.includes(name)) {
    console.error(refusal);
    process.exit(1);
  }
  list.push(name);
  return "created";
};
const named = (names) => JSON.stringify(names.map((name) => ({ name })), null, 2);
const answers = {
  "wrangler whoami": () => account.isSignedIn ? "You are logged in." : "You are not authenticated. Please run wrangler login.",
  "wrangler d1 list": () => "▲ [WARNING] one [more] thing\\n" + named(account.databases),
  "wrangler d1 create": () => { account.databases.push(process.argv[4]); return "created"; },
  "wrangler r2 bucket create": () => make(account.buckets, process.argv[5], "✘ [ERROR] The bucket you tried to create already exists, and you own it. [code: 10004]"),
  "wrangler queues create": () => make(account.queues, process.argv[4], "✘ [ERROR] Queue name '" + process.argv[4] + "' is already taken: it already exists. [code: 11009]"),
  "wrangler d1 migrations": () => {
    if (account.databases.length === 0) process.exit(1);
    account.migrated += 1;
    return "migrated";
  },
  "wrangler deploy": () => {
    if (account.migrated === 0 && !call.includes("--dry-run")) process.exit(1);
    account.deployed += 1;
    return "Deployed touchstone triggers\\n  https://touchstone.red-team.workers.dev\\n  schedule: * * * * *";
  },
  "wrangler secret list": () => named(account.secrets),
  "wrangler secret put": () => {
    account.secrets.push(process.argv[4]);
    account.typed.push(readFileSync(0, "utf8"));
    return "Success";
  },
  "vite build": () => "built",
};
const known = Object.keys(answers).find((name) => call.startsWith(name));
if (!known) process.exit(1);
console.log(answers[known]());
writeFileSync("account.json", JSON.stringify(account));
`;

export function makeFakeFolder(): FakeFolder {
  const directory = mkdtempSync(join(tmpdir(), "touchstone-deploy-"));
  const file = (name: string) => join(directory, name);
  cpSync("wrangler.toml", file("wrangler.toml"));
  for (const tool of ["wrangler", "vite"]) {
    mkdirSync(file(`node_modules/${tool}/bin`), { recursive: true });
    writeFileSync(file(`node_modules/${tool}/bin/${tool}.js`), TOOL);
  }
  const account = (): Account => JSON.parse(readFileSync(file("account.json"), "utf8"));
  const write = (next: Account) => writeFileSync(file("account.json"), JSON.stringify(next));
  write(EMPTY);
  writeFileSync(file("calls.log"), "");
  return {
    directory,
    account,
    set: (change) => write({ ...account(), ...change }),
    takeCalls: () => {
      const calls = readFileSync(file("calls.log"), "utf8").trim().split("\n");
      writeFileSync(file("calls.log"), "");
      return calls;
    },
  };
}
