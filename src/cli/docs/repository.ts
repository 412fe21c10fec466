import * as z from "zod";

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
