import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Advisory {
  severity: "moderate" | "high";
}

/** Runs the audit against a registry of one's own that knows these weaknesses of any `papaparse`; null: it refuses. */
async function audit(advisories: readonly Advisory[] | null) {
  const asked: string[] = [];
  const registry = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (advisories === null) return response.writeHead(501).end("not here");
    const found = advisories.map(({ severity }, id) => ({
      id,
      url: "https://advisories.example/1",
      title: "a weakness",
      severity,
      vulnerable_versions: ">=0",
    }));
    // Of a package with a weakness npm also asks which versions there are.
    const versions = { "1.0.0": { name: "papaparse", version: "1.0.0" } };
    const body = request.url?.endsWith("/advisories/bulk")
      ? found.length > 0
        ? { papaparse: found }
        : {}
      : { name: "papaparse", "dist-tags": { latest: "1.0.0" }, versions };
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => registry.once("listening", listening));
  const { port } = registry.address() as AddressInfo;
  // npm remembers what a registry said.
  const cache = mkdtempSync(join(tmpdir(), "touchstone-audit-"));
  const env = {
    ...process.env,
    npm_config_cache: cache,
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_fetch_retries: "0",
  };
  const result = await new Promise<{ code: number; output: string }>((done) => {
    execFile(process.execPath, ["src/cli/audit.ts"], { env }, (error, stdout) =>
      done({ code: error === null ? 0 : Number(error.code), output: stdout }),
    );
  });
  registry.close();
  rmSync(cache, { recursive: true });
  return { ...result, asked };
}

describe("npm run audit", () => {
  it.each([
    { advisories: [], code: 0, says: "漏洞：0" },
    { advisories: [{ severity: "moderate" as const }], code: 0, says: "moderate  papaparse" },
    { advisories: [{ severity: "high" as const }], code: 1, says: "high  papaparse" },
    { advisories: null, code: 0, says: "nothing was checked" },
  ])("$advisories ends with $code", async ({ advisories, code, says }) => {
    const result = await audit(advisories);
    expect(result.output).toContain(says);
    expect(result.code).toBe(code);
    expect(result.asked.length).toBeGreaterThan(0);
  });
});
