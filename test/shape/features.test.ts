import { globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

/** From the lowest to the highest: a feature may use those before it, so that each can go with what is above it. */
const FEATURES = [
  ..."evidence palette settings notifications first-job jobs report runs".split(" "),
  ..."compare review experiments test-sets connect submission upload submit".split(" "),
];

function importsOf(path: string): string[] {
  const found = readFileSync(path, "utf8").matchAll(/(?:from|import\() ?"(\.[^"?]+)"/g);
  return [...found].map(([, to = ""]) => join(dirname(path), to));
}

const featureOf = (path: string) => /^ui\/features\/([\w-]+)\//.exec(path)?.[1];

describe("features of the dashboard", () => {
  it("stand in one order", () => {
    expect(readdirSync("ui/features").sort()).toEqual([...FEATURES].sort());
  });

  it.each(FEATURES)("%s uses only what is below it", (feature) => {
    const below = new Set([...FEATURES.slice(0, FEATURES.indexOf(feature) + 1), undefined]);
    const wrong = globSync(`ui/features/${feature}/**/*.{ts,tsx}`).flatMap((path) =>
      importsOf(path)
        .filter((to) => to.startsWith("ui/app/") || !below.has(featureOf(to)))
        .map((to) => `${path} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it("are unknown to what they share; only the dictionaries gather their words", () => {
    const wrong = globSync(["ui/kit/**/*.{ts,tsx}", "ui/i18n/**/*.ts"]).flatMap((path) =>
      importsOf(path)
        .filter((to) => /^ui\/(features|app)\//.test(to) && !/\/words\/\w+\.ts$/.test(to))
        .map((to) => `${path} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });
});
