import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAGES } from "../../src/cli/docs/guide/pages.ts";
import { CHROMIUM, sharedBrowser } from "./browser.ts";
import { openPage, WIDE } from "./pages/open-page.ts";
import { type RunningServer, startServer } from "./server.ts";

const SOURCES = ["src", "ui", "examples", "migrations", "docs/report.png"];
const WRITTEN = PAGES.flatMap(({ sources }) => Object.values(sources));
const SETTINGS = ["package.json", "package-lock.json", "tsconfig.json", "wrangler.toml"];

let project: string;
let server: RunningServer;
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "touchstone-dev-"));
  // What is built comes last, so that it is not older than what it is made of.
  for (const name of [...SOURCES, ...WRITTEN, ...SETTINGS, "dist"]) {
    cpSync(name, join(project, name), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(project, "node_modules"));
  server = await startServer({}, { cwd: project, args: ["--dev"] });
});
afterAll(async () => {
  await server?.close();
  rmSync(project, { recursive: true, force: true });
});

function edit(file: string, from: string, to: string): void {
  const path = join(project, file);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

async function versionOfWorker(): Promise<unknown> {
  const answer = await fetch(`${server.origin}/mcp`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: {
        protocolVersion: "2025-11-25",
        capabilities: {},
        clientInfo: { name: "试", version: "1" },
      },
    }),
  });
  const text = await answer.text();
  return /"version":"([^"]+)"/.exec(text)?.[1];
}

describe("npm run dev", () => {
  it("answers documents, files of a page and unknown paths as the Worker does", async () => {
    const answers = ["/docs", "/openapi.json", "/openapi-dify.json", "/jobs/no.js", "/api/没有"];
    const types = await Promise.all(
      answers.map(async (path) => {
        const answer = await fetch(server.origin + path);
        await answer.text();
        return `${answer.status} ${answer.headers.get("content-type")?.split(";")[0]}`;
      }),
    );
    expect(types).toEqual([
      "200 text/html",
      "200 application/json",
      "200 application/json",
      "404 application/problem+json",
      "404 application/problem+json",
    ]);
  });

  it("reloads the Worker when its sources change", async () => {
    expect(await versionOfWorker()).toMatch(/^\d/);
    edit("src/version.ts", 'APP_VERSION = "', 'APP_VERSION = "新');
    await expect.poll(versionOfWorker).toMatch(/^新\d/);
  });

  it.skipIf(CHROMIUM === null)("lets a page write, and changes it where it stands", async () => {
    const { page, complaints } = await openPage(await sharedBrowser(), WIDE);
    await page.goto(`${server.origin}/submit`);
    await page.locator("h1").waitFor();
    const status = await page.evaluate(async () => {
      const sample = { question: "年假几天？", answer: "年假10天。", contexts: ["年假为10天。"] };
      const answer = await fetch("/api/score/async", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(sample),
      });
      return answer.status;
    });
    expect(status).toBe(202);

    // A page that is loaded anew forgets this.
    await page.evaluate("globalThis.isSamePage = true");
    edit("ui/app/main-navigation.tsx", "<nav", '<nav data-changed="改了"');
    await page.locator('[data-changed="改了"]').waitFor();
    expect(await page.evaluate("globalThis.isSamePage")).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
