import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unstable_getVarsForDev as readDevVars } from "wrangler";
import { announcement } from "../../src/cli/start/announcement.ts";
import { completeDevVars } from "../../src/cli/start/dev-vars.ts";
import { makeFakeFolder } from "./fake-tools.ts";
import { runScript } from "./run-script.ts";

const OFFLINE = { name: "offline", model: null };

const run = (script: string, cwd: string, ...args: string[]) => runScript(script, args, { cwd });

describe("what npm start prints", () => {
  it("is a request without key for an open server, and the commands as they run there", () => {
    const text = announcement("http://localhost:9000", {
      access: "open",
      judge: OFFLINE,
      problems: [],
    });
    expect(text).toContain("curl -s http://localhost:9000/api/score/async -H 'Content-Type");
    expect(text).toContain("npm run demo -- --url http://localhost:9000");
    expect(text).toContain("离线评判");
    expect(text).not.toContain("Problem");
  });

  it("names the model, asks for a key where one is needed, and says what is wrong", () => {
    const text = announcement("http://localhost:8787", {
      access: "keys",
      judge: { name: "llm", model: "qwen-plus" },
      problems: ["No key is configured; set the secret ADMIN_KEY."],
    });
    expect(text).toContain("Authorization: Bearer YOUR_KEY");
    expect(text).toMatch(/评判 +qwen-plus\n/);
    expect(text).toMatch(/问题 +No key is configured; set the secret ADMIN_KEY\.\n/);
    expect(text).toMatch(/npm run demo\n/);
  });

  it.each([
    ["no settings at all", null],
    ["settings without one", "ADMIN_KEY=a-long-random-key\n# 注释 SECRETS_KEY=\nJUDGE=offline\n"],
    ["no line end at the end", "ACCESS_MODE=open\r\nJUDGE_MODEL=qwen-plus"],
    ["an empty one", 'SECRETS_KEY=\nSECRETS_KEY=""\nACCESS_MODE=open\n'],
  ])("comes with a key for stored secrets, written once into .dev.vars: %s", (_what, before) => {
    const directory = mkdtempSync(join(tmpdir(), "touchstone-vars-"));
    const path = join(directory, ".dev.vars");
    if (before !== null) writeFileSync(path, before);
    completeDevVars(path);
    const after = readFileSync(path, "utf8");
    const read = readDevVars(join(directory, "wrangler.toml"), undefined, {}, undefined, true);
    const key = read.SECRETS_KEY?.value;
    expect(Buffer.from(String(key), "base64")).toHaveLength(32);
    expect(after.startsWith(before ?? "# Written by `npm start`.")).toBe(true);
    if (before === null) expect(read.ACCESS_MODE?.value).toBe("open");
    completeDevVars(path);
    expect(readFileSync(path, "utf8")).toBe(after);
    rmSync(directory, { recursive: true });
  });

  it("is another port where the port is taken, before anything is built", async () => {
    const other = createServer().listen(0, "localhost");
    await new Promise((listening) => other.once("listening", listening));
    const { port } = other.address() as AddressInfo;
    const folder = makeFakeFolder();
    const { code, output } = await run(
      "src/cli/start.ts",
      folder.directory,
      "--port",
      String(port),
    );
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(`npm start -- --port ${port + 1}`);
    expect(output).toContain("已被占用");
    expect(folder.takeCalls()).toEqual([""]);
    rmSync(folder.directory, { recursive: true });
  });

  it.each([
    { note: "of a server that runs", isUsed: true, changes: {} },
    { note: "of a process that is gone", isUsed: false, changes: { pid: 2 ** 30 } },
    { note: "of a server that answers no more", isUsed: false, changes: { port: 1 } },
    { note: "that is no note", isUsed: false, changes: { pid: "甲" } },
  ])("is another folder where its note is $note", async ({ isUsed, changes }) => {
    const other = createServer().listen(0, "localhost");
    await new Promise((listening) => other.once("listening", listening));
    const { port } = other.address() as AddressInfo;
    const folder = makeFakeFolder();
    folder.set({ databases: ["touchstone"], failsAt: "wrangler deploy" });
    const file = join(folder.directory, "数据", "touchstone-server.json");
    mkdirSync(join(folder.directory, "数据"));
    writeFileSync(file, JSON.stringify({ pid: process.pid, port, ...changes }));
    const { code, output } = await run(
      "src/cli/start.ts",
      folder.directory,
      "--port",
      "2",
      "--persist-to",
      "数据",
    );
    other.close();
    expect(code).toBe(1);
    const calls = folder.takeCalls();
    if (isUsed) {
      expect(output).toContain(`http://localhost:${port} (process ${process.pid})`);
      expect(output).toContain("npm start -- --port 2 --persist-to ");
      expect(output).toContain("已被另一个试金石使用");
      expect(calls).toEqual([""]);
      expect(existsSync(file)).toBe(true);
    } else {
      expect(output).not.toContain("已被另一个试金石使用");
      expect(calls).toContain("wrangler d1 migrations apply DB --local --persist-to 数据");
      expect(existsSync(file)).toBe(false);
    }
    rmSync(folder.directory, { recursive: true });
  });

  it("is what the server said, when it ends before it answers", async () => {
    const folder = makeFakeFolder();
    folder.set({ databases: ["touchstone"], failsAt: "wrangler deploy" });
    const { code, output } = await run("src/cli/start.ts", folder.directory, "--port", "1");
    expect(code).toBe(1);
    expect(output).toContain("A request to the Cloudflare API failed.");
    expect(output).not.toContain("Dashboard");
    rmSync(folder.directory, { recursive: true });
  });

  it("is what to do with a database of an earlier version, in both languages", async () => {
    const folder = makeFakeFolder();
    folder.set({
      databases: ["touchstone"],
      failsAt: "wrangler d1 migrations",
      failsWith: "✘ [ERROR] table jobs already exists at offset 133: SQLITE_ERROR",
    });
    const { code, output } = await run("src/cli/start.ts", folder.directory, "--port", "1");
    expect(code).toBe(1);
    expect(output).toMatch(/earlier version.*`npm start -- --persist-to \.wrangler\/new`/);
    expect(output).toContain("另建一个新数据库");
    rmSync(folder.directory, { recursive: true });
  });

  it("is what arguments there are, to one it does not know", async () => {
    const folder = makeFakeFolder();
    const { code, output } = await run("src/cli/start.ts", folder.directory, "--local-upstream");
    expect(code).toBe(1);
    expect(output).toContain("--local-upstream");
    expect(output).toContain("--persist-to DIR");
    expect(folder.takeCalls()).toEqual([""]);
    rmSync(folder.directory, { recursive: true });
  });

  it("is npm ci where nothing is installed", async () => {
    const directory = mkdtempSync(join(tmpdir(), "touchstone-empty-"));
    const { code, output } = await run("src/cli/start/need-packages.mjs", directory);
    expect(code).toBe(1);
    expect(output).toContain("npm ci");
    rmSync(directory, { recursive: true });
  });
});
