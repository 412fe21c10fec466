import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

// `npm run release -- 0.2.0`: the version everywhere it stands, the list of changes closed under it, the documents written
// anew, the list of all parts (SBOM, CycloneDX) beside it, one commit and one signed tag. Nothing leaves the machine:
// pushing and publishing are the commands it prints.

/** Where the version stands, and how it is found there. */
export const VERSIONS: Readonly<Record<string, RegExp>> = {
  "package.json": /^( {2}"version": ")[^"]+/m,
  "clients/js/package.json": /^( {2}"version": ")[^"]+/m,
  "clients/python/pyproject.toml": /^(version = ")[^"]+/m,
  "src/version.ts": /(APP_VERSION = ")[^"]+/,
  "action.yml": /(default: touchstone-rag@)\S+/,
  "examples/ci/touchstone.gitlab-ci.yml": /(default: touchstone-rag@)\S+/,
};

/** The list of changes with what was not released yet under the new version. @throws Error when there is nothing to release */
export function closeChanges(changelog: string, version: string, day: string): string {
  const head = /^## (?:Unreleased|\[Unreleased\]).*$/im.exec(changelog);
  if (!head) throw new Error("CHANGELOG.md has no section ## Unreleased.");
  const behind = changelog.slice(head.index + head[0].length);
  const next = behind.search(/^## /m);
  const changes = next < 0 ? behind : behind.slice(0, next);
  if (changes.trim() === "")
    throw new Error("CHANGELOG.md says of nothing that is new under ## Unreleased.");
  const before = changelog.slice(0, head.index);
  return `${before}## Unreleased\n\n## ${version} (${day})${behind}`;
}

function run(program: string, args: readonly string[], { quiet = false } = {}): string {
  return execFileSync(program, args, {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", quiet ? "ignore" : "inherit"],
  });
}

function release(version: string, isSigned: boolean): void {
  if (run("git", ["status", "--porcelain"]) !== "")
    throw new Error("There are changes that are not committed.");
  if (run("git", ["tag", "--list", `v${version}`]) !== "")
    throw new Error(`v${version} is there already.`);
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync("CHANGELOG.md", closeChanges(readFileSync("CHANGELOG.md", "utf8"), version, day));
  for (const [path, place] of Object.entries(VERSIONS)) {
    const text = readFileSync(path, "utf8");
    if (!place.test(text)) throw new Error(`${path} does not say its version where it should.`);
    writeFileSync(path, text.replace(place, `$1${version}`));
  }
  // Of the lockfile alone: it fetches nothing.
  run(
    "npm",
    ["version", version, "--no-git-tag-version", "--allow-same-version", "--ignore-scripts"],
    { quiet: true },
  );
  run(process.execPath, ["src/cli/generate-docs.ts"]);
  run("git", ["add", "--all"]);
  run("git", ["commit", "--quiet", "--message", `Release ${version}`]);
  const kind = isSigned ? "--sign" : "--annotate";
  run("git", ["tag", kind, `v${version}`, "--message", `Touchstone ${version}`]);
  // What `uses: OWNER/NAME@v1` follows.
  const major = `v${Math.max(1, Number(version.split(".")[0]))}`;
  run("git", ["tag", "--force", kind, major, "--message", `Touchstone ${version}`], {
    quiet: true,
  });
  console.log(`Committed and tagged v${version} and ${major}; docs/sbom.cdx.json lists all parts. Then, once the tests are green:

  git push --follow-tags && git push --force origin ${major}
  npm publish ./clients/js
  python -m build clients/python && twine upload clients/python/dist/*`);
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { unsigned: { type: "boolean" } },
  });
  const [version = ""] = positionals;
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    console.error("Usage: npm run release -- MAJOR.MINOR.PATCH [--unsigned]");
    process.exit(1);
  }
  try {
    release(version, values.unsigned !== true);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
