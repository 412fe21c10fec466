import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeChanges, VERSIONS } from "../../src/cli/release.ts";
import { NAMED_IN } from "../../src/cli/set-repository.ts";
import { runScript } from "./run-script.ts";

const folder = mkdtempSync(join(tmpdir(), "release-"));
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const git = (...words: string[]) => execFileSync("git", words, { cwd: folder, encoding: "utf8" });
const run = (script: string, ...words: string[]) =>
  runScript(join(folder, "src/cli", script), words, { cwd: folder, env: { HOME: folder } });

/** A repository of its own, in which somebody may release. */
beforeAll(() => {
  const left = new Set(
    ["node_modules", ".git", "dist", ".wrangler", "test", ".cache"].map((name) => resolve(name)),
  );
  cpSync(".", folder, {
    recursive: true,
    filter: (path) => !left.has(resolve(path)) && !/\/(node_modules|dist|\.cache)$/.test(path),
  });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  git("init", "--quiet", "--initial-branch", "main");
  git("config", "user.email", "release@example.com");
  git("config", "user.name", "Release");
  if (existsSync("/usr/bin/ssh-keygen")) {
    execFileSync("/usr/bin/ssh-keygen", [
      "-q",
      "-t",
      "ed25519",
      "-N",
      "",
      "-f",
      join(folder, ".git/key"),
    ]);
    git("config", "gpg.format", "ssh");
    git("config", "user.signingkey", join(folder, ".git/key.pub"));
  }
  // The link to the packages is no folder, which .gitignore names.
  writeFileSync(join(folder, ".git/info/exclude"), "node_modules\n");
  git("add", "--all");
  git("commit", "--quiet", "--message", "As it is");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm run repository", () => {
  it("names it in every place, and another in its stead", async () => {
    expect((await run("set-repository.ts", "nowhere")).code).toBe(1);
    for (const url of ["https://github.com/团队/first", "https://github.com/acme/touchstone"]) {
      const { code, output } = await run("set-repository.ts", `${url}.git`);
      expect(code, output).toBe(0);
    }
    for (const path of Object.keys(NAMED_IN)) {
      expect(read(path), path).toContain("acme/touchstone");
      expect(read(path), path).not.toContain("团队");
    }
    expect(read("examples/ci/touchstone-gate.yml")).toContain(
      "uses: acme/touchstone@v1 # Touchstone",
    );
    for (const page of ["README.md", "README.zh.md"]) {
      expect(read(page)).toContain(
        "https://deploy.workers.cloudflare.com/?url=https://github.com/acme/touchstone)",
      );
    }
    expect(JSON.parse(read("clients/js/package.json"))).toMatchObject({
      name: "touchstone-rag",
      repository: { type: "git", url: "git+https://github.com/acme/touchstone.git" },
    });
    expect(read("clients/python/pyproject.toml").match(/\[project\.urls\]/g)).toHaveLength(1);
    git("commit", "--all", "--quiet", "--message", "Where it lives");
  });
});

describe("npm run release", () => {
  it("refuses what is no version, and changes that are not committed", async () => {
    expect((await run("release.ts", "next")).code).toBe(1);
    writeFileSync(join(folder, "stray.txt"), "");
    const { code, output } = await run("release.ts", "0.2.0");
    expect([code, output]).toEqual([1, expect.stringContaining("not committed")]);
    rmSync(join(folder, "stray.txt"));
  });

  it("writes the version everywhere, closes the changes, lists the parts, and tags", async () => {
    const isSigned = existsSync("/usr/bin/ssh-keygen");
    const { code, output } = await run("release.ts", "1.2.3", ...(isSigned ? [] : ["--unsigned"]));
    expect(code, output).toBe(0);
    for (const [path, place] of Object.entries(VERSIONS)) {
      const [found] = place.exec(read(path)) ?? [];
      expect(found, path).toMatch(/1\.2\.3$/);
    }
    expect(JSON.parse(read("package-lock.json"))).toMatchObject({ version: "1.2.3" });
    expect(read("CHANGELOG.md")).toMatch(/## Unreleased\n\n## 1\.2\.3 \(\d{4}-\d\d-\d\d\)\n/);
    const sbom = JSON.parse(read("docs/sbom.cdx.json"));
    expect(sbom).toMatchObject({
      bomFormat: "CycloneDX",
      metadata: { component: { version: "1.2.3" } },
    });
    const names = sbom.components.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(["hono", "zod", "openai", "solid-js"]));
    expect(names).not.toContain("vitest");
    expect(new Set(sbom.components.map(({ purl }: { purl: string }) => purl)).size).toBe(
      names.length,
    );
    expect(git("status", "--porcelain")).toBe("");
    expect(git("log", "-1", "--format=%s")).toBe("Release 1.2.3\n");
    for (const tag of ["v1.2.3", "v1"]) {
      expect(git("rev-parse", `${tag}^{commit}`)).toBe(git("rev-parse", "HEAD"));
      if (isSigned) expect(git("cat-file", "tag", tag)).toContain("BEGIN SSH SIGNATURE");
    }
    const again = await run("release.ts", "1.2.3");
    expect([again.code, again.output]).toEqual([
      1,
      expect.stringContaining("v1.2.3 is there already"),
    ]);
    const nothing = await run("release.ts", "1.2.4");
    expect([nothing.code, nothing.output]).toEqual([
      1,
      expect.stringContaining("nothing that is new"),
    ]);
  });

  it("closes changes in Chinese as well, and leaves older ones alone", () => {
    const log = "# Changelog\n\n## Unreleased\n\n- 新增指南\n\n## 0.1.0 (2026-01-01)\n\n- First\n";
    expect(closeChanges(log, "0.2.0", "2026-12-01")).toBe(
      "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n- 新增指南\n\n## 0.1.0 (2026-01-01)\n\n- First\n",
    );
  });
});
