import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { withDeployButton } from "../../src/cli/docs/readme.ts";
import { repositoryUrl } from "../../src/cli/docs/repository.ts";
import { REFERENCES } from "../../src/cli/generate-docs.ts";
import { VERSIONS } from "../../src/cli/release.ts";
import { OPERATIONS } from "../../src/openapi/operations.ts";
import { METRIC_CATALOGUE } from "../../src/scoring/metrics/registry.ts";
import { APP_VERSION } from "../../src/version.ts";

const read = (path: string) => readFileSync(path, "utf8");

describe("the written references", () => {
  it.each(Object.entries(REFERENCES))("%s says what the code serves", (path, render) => {
    expect(read(path), "run `npm run docs`").toBe(render());
  });

  it("name every metric and every route, and every link of the API leads somewhere", () => {
    const metrics = read("docs/metrics.md");
    for (const { name } of METRIC_CATALOGUE) expect(metrics).toContain(`### ${name}\n`);
    const api = read("docs/api.md");
    for (const { method, path } of OPERATIONS) {
      expect(api).toContain(`### ${method} ${path}\n`);
    }
    const headings = [...api.matchAll(/^### (\w+)$/gm)].map(([, name]) => name?.toLowerCase());
    const links = [...api.matchAll(/\]\(#(\w+)\)/g)].map(([, target]) => target);
    expect(links.filter((target) => !headings.includes(target))).toEqual([]);
  });
});

it.each(Object.entries(VERSIONS))("%s has the version of the server", (path, place) => {
  const [found = "", before = ""] = place.exec(read(path)) ?? [];
  expect(found.slice(before.length)).toBe(APP_VERSION);
});

it("the number of metrics told is the number there is", () => {
  const [, told] = /^- (\d+) metrics /m.exec(read("CHANGELOG.md")) ?? [];
  expect(told).toBe(String(METRIC_CATALOGUE.length));
});

describe("the Deploy to Cloudflare button", () => {
  const page = readFileSync("README.md", "utf8");

  it.each([
    ['{"repository":"github:团队/touchstone"}', "https://github.com/团队/touchstone"],
    ['{"repository":{"url":"git+https://github.com/a/b.git"}}', "https://github.com/a/b"],
    ['{"repository":"https://gitlab.com/a/b"}', "https://gitlab.com/a/b"],
  ])("deploys the repository of package.json: %s", (packageJson, url) => {
    const repository = repositoryUrl(packageJson);
    expect(repository).toBe(url);
    const shown = withDeployButton(page, repository);
    expect(shown).toContain(`/button)](https://deploy.workers.cloudflare.com/?url=${url})`);
    expect(withDeployButton(shown, repository)).toBe(shown);
  });

  it("is not there while no repository is known, rather than leading nowhere", () => {
    expect(repositoryUrl("{}")).toBeNull();
    expect(withDeployButton(page, null)).not.toContain("deploy.workers.cloudflare.com/button");
  });
});
