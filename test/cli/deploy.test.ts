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

  it("makes and migrates every database that wrangler.toml names", async () => {
    const settings = join(folder.directory, "wrangler.toml");
    const second =
      '\n[[d1_databases]]\nbinding = "TEAM"\ndatabase_name = "team"\nmigrations_dir = "migrations"\n';
    writeFileSync(settings, readFileSync(settings, "utf8") + second);
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
