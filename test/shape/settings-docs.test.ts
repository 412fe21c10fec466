import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import packageJson from "../../package.json" with { type: "json" };
import { SETTINGS } from "../../src/settings.ts";

const read = (path: string) => readFileSync(path, "utf8");

it("what wrangler.toml sets is a setting", () => {
  const { vars } = unstable_readConfig({ config: "wrangler.toml" });
  const known = Object.keys(SETTINGS.shape);
  expect(known.length).toBeGreaterThan(10);
  expect(Object.keys(vars).filter((name) => !known.includes(name))).toEqual([]);
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
