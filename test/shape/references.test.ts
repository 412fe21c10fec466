import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OPERATIONS } from "../../src/api/openapi/operations.ts";
import { SUMMARIES_ZH } from "../../src/cli/docs/summaries-zh.ts";
import { REFERENCES } from "../../src/cli/generate-docs.ts";
import { METRIC_CATALOGUE } from "../../src/scoring/catalogue.ts";

const read = (path: string) => readFileSync(path, "utf8");

describe("the written references", () => {
  it.each(Object.entries(REFERENCES))("%s says what the code serves", (path, render) => {
    expect(read(path), "run `node src/cli/generate-docs.ts`").toBe(render());
  });

  it("name every metric and every route, and every link of the API leads somewhere", () => {
    const metrics = read("docs/metrics.md");
    for (const { name } of METRIC_CATALOGUE) expect(metrics).toContain(`### ${name}\n`);
    const api = read("docs/api.md");
    for (const { method, path } of OPERATIONS) {
      expect(api).toContain(`### ${method.toUpperCase()} ${path}\n`);
    }
    expect(Object.keys(SUMMARIES_ZH).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
    const headings = [...api.matchAll(/^### (\w+)$/gm)].map(([, name]) => name?.toLowerCase());
    const links = [...api.matchAll(/\]\(#(\w+)\)/g)].map(([, target]) => target);
    expect(links.filter((target) => !headings.includes(target))).toEqual([]);
  });
});
