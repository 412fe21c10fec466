import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

/*
 * A file that one neighbour reads and that says little is a step on the way to what one looks for: what it says belongs
 * into its reader, unless it is one of a family, whose files are found by name.
 */

const LITTLE_LINES = 40;
const MOST_BESIDE_THEIR_READER = 25;

const read = (path: string) => readFileSync(path, "utf8");
const sources = globSync(["src/**/*.ts", "ui/**/*.{ts,tsx}"]);
const readers = new Map(sources.map((path) => [path, new Set<string>()]));
for (const path of sources) {
  for (const [, to = ""] of read(path).matchAll(/(?:from|import\(?) ?"(\.[^"?]+)"/g)) {
    readers.get(join(dirname(path), to))?.add(path);
  }
}
const small = [...readers]
  .filter(([path, by]) => by.size === 1 && read(path).split("\n").length - 1 <= LITTLE_LINES)
  .map(([path, [reader = ""]]) => ({ path, reader }));
const isBeside = ({ path, reader }: (typeof small)[number]) => dirname(path) === dirname(reader);

it("few small files are read by one neighbour alone", () => {
  const beside = small.filter(isBeside).map(({ path }) => path);
  expect(beside.length, beside.join("\n")).toBeLessThanOrEqual(MOST_BESIDE_THEIR_READER);
});
