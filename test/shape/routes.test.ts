import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { nameOf } from "../../src/http/route.ts";
import { ROUTES } from "../../src/routes/all-routes.ts";

// Tables of areas are put together by their ids: of two entries of one id the later would win without a word.

const textOf = (paths: readonly string[]) => paths.map((path) => readFileSync(path, "utf8"));
const declarations = textOf(globSync("src/routes/*/routes.ts"));
const handlers = textOf(globSync("src/routes/*/*.ts", { exclude: ["**/routes.ts"] }));

function idsIn(texts: readonly string[], entry: RegExp): string[] {
  return texts.flatMap((text) => [...text.matchAll(entry)].map(([, id]) => id ?? "")).sort();
}

it("an id stands for one route, and one handler answers it", () => {
  const ids = Object.keys(ROUTES).sort();
  expect(idsIn(declarations, /^ {2}(\w+): \{\n {4}method:/gm)).toEqual(ids);
  const known = new RegExp(`^ {2}(?:async )?(${ids.join("|")})\\b(?= ?[(:,])`, "gm");
  expect(idsIn(handlers, known)).toEqual(ids);
});

it("a method and a path lead to one route", () => {
  const names = Object.values(ROUTES).map(nameOf);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
