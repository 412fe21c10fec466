import { readFileSync } from "node:fs";
import { repositoryUrl } from "./repository.ts";
import { renderSettings } from "./settings-reference.ts";

const DEPLOY = "https://deploy.workers.cloudflare.com";

/** A page with its button: one that works, or nothing while nobody knows what it should deploy. */
export function withDeployButton(page: string, repository: string | null): string {
  const button =
    repository === null
      ? ""
      : `\n[![Deploy to Cloudflare](${DEPLOY}/button)](${DEPLOY}/?url=${repository})\n`;
  return fillPlace(page, "deploy button", button);
}

/** What stands between the two marks of a place is written anew; the rest of a page is written by hand. */
export function fillPlace(page: string, place: string, content: string): string {
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
