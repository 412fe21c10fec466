import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { isAllowed, readThirdParties } from "../../src/cli/docs/third-party.ts";

const { dependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

describe("what is deployed", () => {
  it("is pinned: what is tested is what runs", () => {
    for (const [name, version] of Object.entries(dependencies)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });

  it("is under licences that ask for no more than to be named", () => {
    const parties = readThirdParties();
    expect(parties.map(({ name }) => name)).toEqual(
      expect.arrayContaining(Object.keys(dependencies)),
    );
    expect(parties.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  });

  it.each([
    ["MIT", true],
    ["(MPL-2.0 OR Apache-2.0)", true],
    ["AGPL-3.0-only", false],
    ["(MPL-2.0 OR GPL-3.0-only)", false],
    ["MIT AND GPL-2.0-only", false],
    ["SEE LICENSE IN LICENSE.txt", false],
    ["", false],
  ])("a licence %s is allowed: %s", (licence, allowed) => {
    expect(isAllowed(licence)).toBe(allowed);
  });

  it("a package of a package counts, one of development does not", () => {
    const lock = {
      packages: {
        "": {},
        "node_modules/a": { version: "1.0.0", license: "MIT" },
        "node_modules/a/node_modules/@b/c": { version: "2.0.0", license: "AGPL-3.0-only" },
        "node_modules/tool": { version: "3.0.0", license: "GPL-3.0-only", dev: true },
      },
    };
    expect(readThirdParties(JSON.stringify(lock))).toEqual([
      { name: "@b/c", version: "2.0.0", licence: "AGPL-3.0-only" },
      { name: "a", version: "1.0.0", licence: "MIT" },
    ]);
  });
});
