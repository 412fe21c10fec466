import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const LAZY = /const (\w+) = lazy(?:WithWords)?\(/g;

/** Uses of a lazy component outside every `<Suspense>` of the same file. */
function bareUses(source: string): string[] {
  const names = [...source.matchAll(LAZY)].map(([, name = ""]) => name);
  if (names.length === 0) return [];
  const use = new RegExp(
    `<(/?)Suspense\\b|<(${names.join("|")})\\b|component=\\{[^}]*\\b(${names.join("|")})\\b`,
    "g",
  );
  let depth = 0;
  const bare: string[] = [];
  for (const [text, close, tag, given] of source.matchAll(use)) {
    const name = tag ?? given;
    if (name === undefined) depth += close === "/" ? -1 : 1;
    else if (depth === 0) bare.push(`${name} in ${text}`);
  }
  return bare;
}

// The pages themselves wait in the frame around them, which holds the old page until the new one can be drawn.
const parts = globSync("ui/**/*.tsx").filter((path) => path !== "ui/app/main.tsx");

describe("a part that is fetched waits where it stands, not with its whole page", () => {
  it.each(parts.filter((path) => /= lazy/.test(readFileSync(path, "utf8"))))("%s", (path) => {
    expect(bareUses(readFileSync(path, "utf8"))).toEqual([]);
  });

  it("finds one that does not", () => {
    const source =
      'const Part = lazy(() => import("./x.tsx"));\n<Suspense><Part /></Suspense><Part />';
    expect(bareUses(source)).toHaveLength(1);
    expect(bareUses(`${source}<Dynamic component={a ? Part : B} />`)).toHaveLength(2);
  });
});
