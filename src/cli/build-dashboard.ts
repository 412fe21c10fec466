import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { PAGES } from "./docs/guide/pages.ts";
import { runTool } from "./run-tool.ts";

const BUILT = "dist/index.html";
const SOURCES = [
  ...PAGES.flatMap(({ sources }) => Object.values(sources)),
  "ui",
  "src",
  "package-lock.json",
];

/** Builds the dashboard unless the last build is newer than all it is made of. */
export async function buildStaleDashboard(): Promise<void> {
  if (existsSync(BUILT)) {
    const builtAt = statSync(BUILT).mtimeMs;
    if (SOURCES.every((source) => newestChange(source) <= builtAt)) return;
  }
  console.log("Building the dashboard …");
  await runTool("vite", ["build", "ui", "--logLevel", "warn"]);
}

function newestChange(path: string): number {
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}
