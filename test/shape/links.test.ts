import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };

/** Everything people read; what lies in folders of tools and tests is not ours to tell. */
const PAGES = globSync(
  ["*.md", "docs/*.md", "bench/**/*.md", "clients/*/*.md", "examples/**/*.md"],
  {
    exclude: ["**/node_modules/**"],
  },
);

/** An anchor as it is made of a heading where such pages are shown. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[`*]/g, "")
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

describe.each(PAGES)("%s", (page) => {
  const text = readFileSync(page, "utf8").replace(/```[\s\S]*?```/g, "");

  it("leads to pages and headings that are there", () => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(
      ([, to]) => to ?? "",
    );
    const broken = links.filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      if (!existsSync(target)) return true;
      if (anchor === undefined) return false;
      const headings = readFileSync(target, "utf8").matchAll(/^#+ (.+)$/gm);
      return ![...headings].some(([, heading]) => anchorOf(heading ?? "") === anchor);
    });
    expect(broken).toEqual([]);
  });

  it("names only commands that package.json has", () => {
    const source = readFileSync(page, "utf8");
    const named = [...source.matchAll(/npm run ([\w-]+)/g)].map(([, name]) => name ?? "");
    expect(named.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
  });
});

describe("CONTRIBUTING.md", () => {
  it("names files that are there, from the root, from src or by the end of their path", () => {
    const text = readFileSync("CONTRIBUTING.md", "utf8");
    const named = [...text.matchAll(/`([\w./-]+\/?[\w-]+\.(?:tsx?|mjs|md|sql|json))`/g)];
    const files = ["src", "ui", "test", "bench", "clients", "docs"].flatMap((folder) =>
      readdirSync(folder, { recursive: true }).map((file) => `${folder}/${file}`),
    );
    expect(named.length).toBeGreaterThan(40);
    const missing = named.filter(
      ([, name = ""]) => !existsSync(name) && !files.some((file) => file.endsWith(`/${name}`)),
    );
    expect(missing.map(([, name]) => name)).toEqual([]);
  });
});

describe("the README in both languages", () => {
  const [en, zh] = ["README.md", "README.zh.md"].map((page) => readFileSync(page, "utf8"));
  const named = (text = "") =>
    [...text.matchAll(/`((?:GET|POST|DELETE)? ?\/[\w/{}.-]+|npm [\w -]+|[A-Z][A-Z_]{4,})/g)].map(
      ([, name]) => name,
    );

  it("has the same sections, tables, routes, commands and settings", () => {
    expect(zh?.match(/^## /gm)?.length).toBe(en?.match(/^## /gm)?.length);
    expect(zh?.match(/^\|/gm)?.length).toBe(en?.match(/^\|/gm)?.length);
    expect(named(en).length).toBeGreaterThan(40);
    expect([...new Set(named(zh))].sort()).toEqual([...new Set(named(en))].sort());
  });
});
