import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findAddress } from "../../src/cli/deploy/wrangler-output.ts";
import { type FakeFolder, makeFakeFolder } from "./fake-tools.ts";
import { runScript } from "./run-script.ts";

const CHECKS = ["vite build ui --logLevel warn", "wrangler whoami", "wrangler d1 list --json"];
const MIGRATE = "wrangler d1 migrations apply DB --remote";
const SHIP = [MIGRATE, "wrangler deploy", "wrangler secret list --format json"];
const PUT_KEY = "wrangler secret put SECRETS_KEY";

let folder: FakeFolder;
beforeEach(() => {
  folder = makeFakeFolder();
});
afterEach(() => rmSync(folder.directory, { recursive: true }));

const deploy = (...args: string[]) =>
  runScript("src/cli/deploy.ts", args, { cwd: folder.directory });

describe("the address of a deployment", () => {
  it.each([
    ["  https://touchstone.team.workers.dev\n", "https://touchstone.team.workers.dev"],
    ["  https://t.a.workers.dev\n  rag.example.com (custom domain)\n", "https://rag.example.com"],
    ["  schedule: * * * * *\n", null],
  ])("is read from %j", (printed, url) => {
    expect(findAddress(printed)).toBe(url);
  });
});

describe("npm run deploy", () => {
  it("makes the database, migrates it and only then deploys, on an empty account", async () => {
    const { code, output } = await deploy();
    expect(code, output).toBe(0);
    expect(folder.takeCalls()).toEqual([
      ...CHECKS,
      "wrangler d1 create touchstone",
      ...SHIP,
      PUT_KEY,
    ]);
    expect(output).toContain("https://touchstone.red-team.workers.dev/api/health");
    expect(output).toContain("npx wrangler secret put ADMIN_KEY");
    expect(output).toContain("npx wrangler secret put OPENAI_API_KEY");
  });

  it("runs again: creates nothing twice, asks for no secret that is set", async () => {
    await deploy();
    folder.takeCalls();
    folder.set({ secrets: ["ADMIN_KEY", "OPENAI_API_KEY", "SECRETS_KEY"] });
    const { code, output } = await deploy();
    expect(code, output).toBe(0);
    expect(folder.takeCalls()).toEqual([...CHECKS, ...SHIP]);
    expect(folder.account()).toMatchObject({ databases: ["touchstone"], migrated: 2, deployed: 2 });
    expect(output).not.toContain("secret put");
  });

  const settings = () => readFileSync(join(folder.directory, "wrangler.toml"), "utf8");

  it("puts database and bucket where the first deployment is told, and a later one finds them", async () => {
    const { code, output } = await deploy("--location", "apac");
    expect(code, output).toBe(0);
    expect(folder.takeCalls()).toEqual([
      ...CHECKS,
      "wrangler r2 bucket create touchstone-artifacts --location apac",
      "wrangler d1 create touchstone --location apac",
      ...SHIP,
      PUT_KEY,
    ]);
    expect(settings()).toContain('binding = "ARTIFACTS"\nbucket_name = "touchstone-artifacts"\n');
    expect(settings()).not.toMatch(/jurisdiction/i);
    const again = await deploy("--location", "weur");
    expect(again.output).toContain("changes nothing");
    expect(folder.takeCalls()).toEqual([...CHECKS, ...SHIP]);
    expect(settings()).not.toContain("weur");
  });

  it("keeps database, bucket, queues and listeners in a jurisdiction, also after it broke off", async () => {
    folder.set({ failsAt: "wrangler d1 create" });
    expect((await deploy("--jurisdiction", "eu")).code).toBe(1);
    folder.set({ failsAt: null });
    folder.takeCalls();
    const { code, output } = await deploy("--jurisdiction", "eu");
    expect(code, output).toBe(0);
    expect(folder.takeCalls()).toEqual([
      ...CHECKS,
      "wrangler r2 bucket create touchstone-artifacts --jurisdiction eu",
      "wrangler queues create touchstone-jobs --jurisdiction eu",
      "wrangler queues create touchstone-jobs-dead --jurisdiction eu",
      "wrangler d1 create touchstone --jurisdiction eu",
      ...SHIP,
      PUT_KEY,
    ]);
    expect(settings().match(/^jurisdiction = "eu"$/gm)).toHaveLength(1);
    expect(settings().match(/^JURISDICTION = "eu"$/gm)).toHaveLength(1);
    expect(settings().match(/^bucket_name = /gm)).toHaveLength(1);
  });

  it("names the places there are when it is told of another, and touches nothing", async () => {
    const { code, output } = await deploy("--location", "shanghai");
    expect(code).toBe(1);
    expect(output).toContain("apac");
    expect(folder.takeCalls()).toEqual(CHECKS);
  });

  it("makes and migrates every database that wrangler.toml names", async () => {
    const path = join(folder.directory, "wrangler.toml");
    const second =
      '\n[[d1_databases]]\nbinding = "TEAM"\ndatabase_name = "team"\nmigrations_dir = "migrations"\n';
    writeFileSync(path, settings() + second);
    folder.set({ databases: ["touchstone"] });
    const { code, output } = await deploy();
    expect(code, output).toBe(0);
    expect(folder.takeCalls().slice(CHECKS.length, -3)).toEqual([
      MIGRATE,
      "wrangler d1 create team",
      "wrangler d1 migrations apply TEAM --remote",
    ]);
  });

  it.each([
    ["wrangler d1 list", 0],
    ["wrangler d1 create", 0],
    ["wrangler d1 migrations", 0],
    ["wrangler deploy", 0],
    ["wrangler secret list", 1],
    [PUT_KEY, 1],
  ])("breaks off where %s fails, and a second run ends it", async (failsAt, deployed) => {
    folder.set({ failsAt });
    const broken = await deploy();
    expect(broken.code).toBe(1);
    expect(broken.output).toContain("A request to the Cloudflare API failed.");
    expect(broken.output).toContain("run `npm run deploy` again");
    expect(folder.takeCalls().at(-1)).toContain(failsAt);
    expect(folder.account().deployed).toBe(deployed);
    folder.set({ failsAt: null });
    expect((await deploy()).code).toBe(0);
    expect(folder.account()).toMatchObject({ databases: ["touchstone"], deployed: deployed + 1 });
  });

  it("makes one key for stored secrets, which only Cloudflare has, and never another", async () => {
    const { output } = await deploy();
    const [key = ""] = folder.account().typed;
    expect(Buffer.from(key, "base64")).toHaveLength(32);
    expect(output).not.toContain(key);
    expect((await deploy()).code).toBe(0);
    expect(folder.account()).toMatchObject({ secrets: ["SECRETS_KEY"], typed: [key] });
  });

  it("leaves a database of an earlier version as it is, and says what to do, in both languages", async () => {
    folder.set({
      databases: ["touchstone"],
      failsAt: MIGRATE,
      failsWith: "✘ [ERROR] table jobs already exists at offset 133: SQLITE_ERROR [code: 7500]",
    });
    const { code, output } = await deploy();
    expect(code).toBe(1);
    expect(output).toMatch(/earlier version.*another `database_name` in wrangler\.toml/);
    expect(output).toContain("换一个 `database_name`");
    expect(folder.account().deployed).toBe(0);
  });

  it("says how to sign in, and touches nothing before", async () => {
    folder.set({ isSignedIn: false });
    const { code, output } = await deploy();
    expect(code).toBe(1);
    expect(output).toContain("npx wrangler login");
    expect(folder.takeCalls()).toEqual(CHECKS.slice(0, 2));
  });

  it("--dry-run builds and checks, and asks nothing of an account", async () => {
    expect((await deploy("--dry-run")).code).toBe(0);
    expect(folder.takeCalls()).toEqual([CHECKS[0], "wrangler deploy --dry-run"]);
    // `npm run deploy --dry-run`: npm takes the word and sets this instead.
    process.env.npm_config_dry_run = "true";
    const { code } = await deploy();
    delete process.env.npm_config_dry_run;
    expect(code).toBe(0);
    expect(folder.takeCalls()).toEqual([CHECKS[0], "wrangler deploy --dry-run"]);
  });
});
