import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { repositoryUrl } from "./docs/repository.ts";

// `npm run repository -- https://github.com/OWNER/NAME`: where the code lives, said once. It goes into the packages, the
// deploy button, the guide's links and the examples that use the action.

/** Every file that names the repository, written anew for an address; what is not about it stays as it is. */
export const NAMED_IN: Readonly<Record<string, (text: string, url: string) => string>> = {
  "package.json": inPackageJson,
  "clients/js/package.json": inPackageJson,
  "clients/python/pyproject.toml": (text, url) =>
    `${text.replace(/\n\[project\.urls\]\n(?:[^[\n].*\n)*/, "").trimEnd()}\n\n[project.urls]\nRepository = "${url}"\n`,
  ...Object.fromEntries(
    [
      "docs/ci.md",
      "docs/ci.zh.md",
      "examples/ci/touchstone-gate.yml",
      "examples/ci/touchstone-experiment.yml",
    ].map((path) => [
      path,
      (text: string, url: string) =>
        text.replace(/uses: \S+@(\S+) # Touchstone/g, `uses: ${slugOf(url)}@$1 # Touchstone`),
    ]),
  ),
};

function inPackageJson(text: string, url: string): string {
  const { repository: _, ...rest } = JSON.parse(text);
  const entries = Object.entries(rest);
  const at = entries.findIndex(([name]) => name === "license") + 1;
  entries.splice(at, 0, ["repository", { type: "git", url: `git+${url}.git` }]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** OWNER/NAME, as `uses:` wants it. */
function slugOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

if (import.meta.main) {
  const [given = "", ...more] = process.argv.slice(2);
  const url = repositoryUrl(JSON.stringify({ repository: given }));
  if (more.length > 0 || url === null || !/^https:\/\/[^/\s]+\/[^/\s]+\/[^/\s]+$/.test(url)) {
    console.error("Usage: npm run repository -- https://github.com/OWNER/NAME");
    process.exit(1);
  }
  for (const [path, write] of Object.entries(NAMED_IN))
    writeFileSync(path, write(readFileSync(path, "utf8"), url));
  // The button, and whatever else is made of it.
  execFileSync(process.execPath, ["src/cli/generate-docs.ts"], { stdio: "ignore" });
  console.log(
    `${Object.keys(NAMED_IN).join(", ")} and the deploy button name ${url}. Look at git diff and commit.`,
  );
}
