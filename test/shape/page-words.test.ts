import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const LAZY = /lazyWithWords\(\s*\(\) => import\("([^"]+)"\)((?:,\s*"[a-z-]+")*),?\s*\)/g;
const IMPORT = /^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)";/gm;

const PAGES = globSync("ui/**/*-page.tsx");

/** Which section of words a name such as `palette` stands in. */
const sectionOf = new Map(
  globSync("ui/{i18n,features/*}/words/en.ts").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/^export const (\w+)/gm)].map(
      ([, name]) => [name ?? "", /features\/([\w-]+)/.exec(file)?.[1] ?? "core"] as const,
    ),
  ),
);

function filesReachedFrom(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path) || !existsSync(path)) return seen;
  seen.add(path);
  for (const [, target = ""] of readFileSync(path, "utf8").matchAll(IMPORT)) {
    filesReachedFrom(join(dirname(path), target), seen);
  }
  return seen;
}

function sectionsUsedBy(path: string): Set<string> {
  const sections = new Set<string>();
  for (const file of filesReachedFrom(path)) {
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/\bt\(\)\.(\w+)/g)) {
      sections.add(sectionOf.get(name) ?? `no section holds ${name}`);
    }
  }
  return sections;
}

function lazyParts(): { path: string; named: string[] }[] {
  return [...filesReachedFrom("ui/app/main.tsx")].concat(PAGES).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(LAZY)].map(([, target = "", names = ""]) => ({
      path: join(dirname(file), target),
      named: [...names.matchAll(/"([a-z-]+)"/g)].map(([, name]) => name ?? ""),
    })),
  );
}

describe("words come with the page that uses them", () => {
  test("every page is loaded this way", () => {
    const loaded = lazyParts().map(({ path }) => path);
    for (const page of PAGES) expect(loaded).toContain(page);
  });

  test.each(lazyParts())("$path", ({ path, named }) => {
    const used = [...sectionsUsedBy(path)].filter((section) => section !== "core");
    expect(used.filter((section) => !named.includes(section))).toEqual([]);
    expect(named.filter((section) => !used.includes(section))).toEqual([]);
  });
});
