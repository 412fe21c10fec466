import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import packageJson from "../../package.json" with { type: "json" };

/** Bound by wrangler.toml and the platform; everything else in Env is a variable or a secret. */
const BINDINGS = ["DB", "ARTIFACTS", "JOBS", "DEAD_JOBS", "ASSETS", "KEY_RATE"];

const read = (path: string) => readFileSync(path, "utf8");
const fields = read("src/config.ts").match(/export interface Env \{([\s\S]*?)\n\}/)?.[1] ?? "";
const names = [...fields.matchAll(/^ {2}([A-Z_]+)\??:/gm)].map((match) => match[1] ?? "");
const settings = names.filter((name) => !BINDINGS.includes(name));

describe("every setting the code reads", () => {
  it("is found", () => {
    expect(settings).toContain("ADMIN_KEY");
    expect(settings.length).toBeGreaterThan(10);
  });

  it.each([".dev.vars.example", "README.md", "README.zh.md"])("stands in %s", (path) => {
    expect(settings.filter((name) => !read(path).includes(name))).toEqual([]);
  });
});

describe("the Deploy to Cloudflare button", () => {
  it("explains every binding and variable it will ask for", () => {
    const config = unstable_readConfig({ config: "wrangler.toml" });
    const asked = [
      ...config.d1_databases,
      ...config.r2_buckets,
      ...(config.queues.producers ?? []),
    ].map(({ binding }) => binding);
    const known = Object.keys(packageJson.cloudflare.bindings);
    expect(known).toEqual(expect.arrayContaining([...asked, ...Object.keys(config.vars)]));
  });

  it("asks for the first key and deploys nothing that is meant for one machine", () => {
    const open = read(".dev.vars.example").match(/^[A-Z_]+=.*$/gm);
    expect(open).toEqual(["ADMIN_KEY="]);
  });
});
