import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseAst } from "vite";
import { describe, expect, test } from "vitest";

/*
 * Scoring is a function of sample, metrics and judge. It imports itself, the metric names, zod, the words it is said
 * in, and of the contract only types; it touches no clock, network, randomness, environment or console.
 */

const ROOT = resolve(import.meta.dirname, "../../src");
const ROOM = join(ROOT, "scoring");
const NEIGHBOURS = new Set(["criterion-metric.ts"]);
const TYPES_ONLY = "contract/";
const PACKAGES = new Set(["zod"]);
const OUTSIDE_WORLD = new Set(
  "fetch Date performance crypto process console setTimeout setInterval queueMicrotask globalThis self window caches navigator require eval Function WebSocket XMLHttpRequest localStorage".split(
    " ",
  ),
);

interface Import {
  source: string;
  isType: boolean;
}

type Node = Record<string, unknown> & { type: string };

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

/** Every node of the tree, with the property of the parent it stands in. */
function* walk(node: Node, role = ""): Generator<[Node, string]> {
  yield [node, role];
  for (const [key, child] of Object.entries(node)) {
    for (const item of Array.isArray(child) ? child : [child]) {
      if (isNode(item)) yield* walk(item, key);
    }
  }
}

function read(code: string): { imports: Import[]; globals: string[] } {
  const imports: Import[] = [];
  const globals: string[] = [];
  const tree: unknown = parseAst(code, { lang: "ts" });
  if (!isNode(tree)) throw new Error("no syntax tree");
  for (const [node, role] of walk(tree)) {
    const source = isNode(node.source) ? node.source.value : undefined;
    if (/^(?:Import|ExportNamed|ExportAll)/.test(node.type) && node.source) {
      imports.push({
        source: typeof source === "string" ? source : "(computed)",
        isType: node.importKind === "type" || node.exportKind === "type",
      });
    }
    if (node.type === "MetaProperty") globals.push("import.meta");
    if (
      node.type === "Identifier" &&
      typeof node.name === "string" &&
      !["property", "key"].includes(role)
    ) {
      if (OUTSIDE_WORLD.has(node.name)) globals.push(node.name);
    }
    if (node.type === "MemberExpression" && isNode(node.object) && isNode(node.property)) {
      if (node.object.name === "Math" && node.property.name === "random")
        globals.push("Math.random");
    }
  }
  return { imports, globals };
}

function isAllowed(file: string, { source, isType }: Import): boolean {
  if (!source.startsWith(".")) return PACKAGES.has(source);
  const target = relative(ROOT, resolve(dirname(file), source));
  return (
    target.startsWith("scoring/") ||
    // Tables of sentences and how they are filled: as pure as scoring itself.
    target.startsWith("words/") ||
    NEIGHBOURS.has(target) ||
    (isType && target.startsWith(TYPES_ONLY))
  );
}

const files = readdirSync(ROOM, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join(ROOM, name));

describe("src/scoring is pure", () => {
  test("there is something to look at", () => expect(files.length).toBeGreaterThan(20));

  test.each(files.map((file) => [relative(ROOT, file), file]))("%s", (_, file) => {
    const { imports, globals } = read(readFileSync(file, "utf8"));
    expect(imports.filter((one) => !isAllowed(file, one))).toEqual([]);
    expect(globals).toEqual([]);
  });
});

test("the check itself sees what it forbids", () => {
  const { imports, globals } = read(`
    import type { A } from "../contract/job.ts";
    import { Job } from "../contract/job.ts";
    import { B } from "../storage/jobs.ts";
    export * from "openai";
    const c = await import("node:fs");
    const now = Date.now() + Math.random();
    fetch(import.meta.url);
    const fine = { fetch: 1 }.fetch;
  `);
  const file = join(ROOM, "x.ts");
  expect(imports.filter((one) => !isAllowed(file, one)).map(({ source }) => source)).toEqual([
    "../contract/job.ts",
    "../storage/jobs.ts",
    "openai",
    "node:fs",
  ]);
  expect(globals.sort()).toEqual(["Date", "Math.random", "fetch", "import.meta"]);
});
