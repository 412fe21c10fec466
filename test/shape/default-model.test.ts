import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import { DEFAULT_MODEL } from "../../src/judges/chat/settings.ts";

it("what is deployed, what is proposed and what is taken by default is one model", () => {
  const { vars } = unstable_readConfig({ config: "wrangler.toml" });
  expect(vars.JUDGE_MODEL).toBe(DEFAULT_MODEL);
  expect(readFileSync(".dev.vars.example", "utf8")).toContain(`# JUDGE_MODEL=${DEFAULT_MODEL}\n`);
  for (const page of ["README.md", "README.zh.md"]) {
    expect(readFileSync(page, "utf8")).toContain(`\`${DEFAULT_MODEL}\``);
  }
});
