import { readFileSync } from "node:fs";
import * as z from "zod";

const START = "<!-- deploy button, by npm run docs -->";
const END = "<!-- end of deploy button -->";
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
  const from = page.indexOf(START);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error(`The page has no place for the button: ${START}`);
  const button =
    repository === null
      ? ""
      : `\n[![Deploy to Cloudflare](${DEPLOY}/button)](${DEPLOY}/?url=${repository})\n`;
  return page.slice(0, from + START.length) + button + page.slice(to);
}

export function renderReadme(path: string): string {
  const repository = repositoryUrl(readFileSync("package.json", "utf8"));
  return withDeployButton(readFileSync(path, "utf8"), repository);
}
