import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { METRIC_NAMES } from "../../src/metric-names.ts";
import { LOWER_IS_BETTER } from "../../src/scoring/catalogue.ts";

/** Reads the sources: what a metric is must stand above the function that computes it. */
const SCORING = new URL("../../src/scoring/", import.meta.url);
const FOLDER = new URL("metrics/", SCORING);
const SOURCES = readdirSync(FOLDER).map((name) => readFileSync(new URL(name, FOLDER), "utf8"));
const REGISTER = readFileSync(new URL("measure.ts", SCORING), "utf8");

function exportOf(metric: string): string {
  const entry = new RegExp(`^  ${metric}: (?:\\w+\\.)?(\\w+),$`, "m").exec(REGISTER);
  if (!entry?.[1]) throw new Error(`${metric} is not registered in measure.ts`);
  return entry[1];
}

/** The docstring directly above the export, as one line of text. */
function docstringOf(name: string): string {
  const exported = new RegExp(
    `/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport (?:const|function) ${name}\\b`,
  );
  const found = SOURCES.flatMap((source) => exported.exec(source)?.[1] ?? []);
  return (found[0] ?? "").replace(/\s*\n \* ?/g, " ").trim();
}

describe("the docstring of every metric names it, its formula, range, direction, empty cases and source", () => {
  test.each(METRIC_NAMES)("%s", (metric) => {
    const docstring = docstringOf(exportOf(metric));
    expect(docstring.startsWith(`${metric}: `)).toBe(true);
    for (const part of ["Formula", "Range", "Empty cases", "Source"]) {
      expect(docstring).toMatch(new RegExp(`\\b${part}: \\S`));
    }
    const direction = LOWER_IS_BETTER.has(metric) ? "lower is better" : "higher is better";
    expect(docstring).toContain(direction);
  });

  test("a custom criterion's too", () => {
    expect(docstringOf("measureCriterion")).toMatch(/Formula: .*Range: .*Empty cases: .*Source: /);
  });
});
