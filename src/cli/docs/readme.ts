import { readFileSync } from "node:fs";
import * as z from "zod";
import { renderSettings } from "./settings-reference.ts";

const DEPLOY = "https://deploy.workers.cloudflare.com";

const Package = z.object({
  repository: z.union([z.string(), z.object({ url: z.string() })]).optional(),
});

/** The address of the public repository as a browser opens it; null while package.json names none. */
export function repositoryUrl(packageJson: string): string | null {
  const { repository } = Package.parse(JSON.parse(packageJson));
  if (repository === undefined) return null;
  const url = typeof repository === "string" ? repository : repository.url;
  return url
    .replace(/^git\+/, "")
    .replace(/\.git$/, "")
    .replace(/^github:/, "https://github.com/");
}

/** A page with its button: one that works, or nothing while nobody knows what it should deploy. */
export function withDeployButton(page: string, repository: string | null): string {
  const button =
    repository === null
      ? ""
      : `\n[![Deploy to Cloudflare](${DEPLOY}/button)](${DEPLOY}/?url=${repository})\n`;
  return fillPlace(page, "deploy button", button);
}

/** What stands between the two marks of a place is written anew; the rest of a page is written by hand. */
function fillPlace(page: string, place: string, content: string): string {
  const start = `<!-- ${place}, by npm run docs -->`;
  const from = page.indexOf(start);
  const to = page.indexOf(`<!-- end of ${place} -->`);
  if (from < 0 || to < from) throw new Error(`The page has no place for it: ${start}`);
  return page.slice(0, from + start.length) + content + page.slice(to);
}

export function renderReadme(path: string, language: "en" | "zh"): string {
  const repository = repositoryUrl(readFileSync("package.json", "utf8"));
  const page = withDeployButton(readFileSync(path, "utf8"), repository);
  return fillPlace(page, "settings", renderSettings(language));
}
