import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PAGES } from "../../src/cli/docs/guide/pages.ts";

/**
 * Every page people read stands in both languages, with the same headings, tables, code and figures. What only who works
 * on this code reads (its map, its benches, its tests, the list of changes) is English.
 */
const english = globSync(
  ["README.md", "SECURITY.md", "docs/*.md", "examples/**/*.md", "clients/*/*.md"],
  {
    exclude: ["**/*.zh.md", "**/node_modules/**"],
  },
).sort();
const chinese = (path: string) => path.replace(/\.md$/, ".zh.md");
const read = (path: string) => readFileSync(path, "utf8");
const withoutCode = (text: string) =>
  text.replace(/```[\s\S]*?```/g, "").replace(/<!--[\s\S]*?-->/g, "");

const UNITS: Readonly<Record<string, number>> = {
  million: 1e6,
  M: 1e6,
  万: 1e4,
  百万: 1e6,
  亿: 1e8,
};

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

/** The figures a page tells, as numbers: `5 million` and `500 万` are the same. */
function figuresOf(text: string): number[] {
  const prose = withoutCode(text)
    .replace(/`[^`]*`/g, "")
    // Where a link leads is compared elsewhere; a heading may be numbered otherwise.
    .replace(/\]\([^)]*\)/g, "]")
    .replace(
      new RegExp(`\\b(${MONTHS.join("|")})\\s+(?=\\d{4})`, "g"),
      (_, name: string) => `${MONTHS.indexOf(name) + 1} `,
    );
  return [...prose.matchAll(/(?<![\w.#])(\d[\d,]*(?:\.\d+)?)(?: ?(million|M(?!\w)|百万|万|亿))?/g)]
    .map(
      ([, digits = "", unit]) =>
        Number(digits.replaceAll(",", "")) * (unit ? (UNITS[unit] ?? 1) : 1),
    )
    .sort((a, b) => a - b);
}

const shapeOf = (text: string) => ({
  headings: [...withoutCode(text).matchAll(/^(#+) /gm)].map(([, marks]) => marks?.length),
  rows: withoutCode(text).match(/^\|/gm)?.length ?? 0,
  blocks: [...text.matchAll(/^```(\w*)$/gm)].map(([, language]) => language),
  pictures: text.match(/!\[/g)?.length ?? 0,
});

/** Names in code, wherever the language puts them in a sentence. */
const namesOf = (text: string) =>
  [...new Set([...withoutCode(text).matchAll(/`([^`\n]+)`/g)].map(([, name]) => name))].sort();

it("no page is in one language only", () => {
  const all = globSync(["*.zh.md", "docs/*.zh.md", "examples/**/*.zh.md", "clients/*/*.zh.md"], {
    exclude: ["**/node_modules/**"],
  });
  expect(all.sort()).toEqual(english.map(chinese).sort());
  expect(PAGES.map(({ sources }) => sources.en).sort()).toEqual(english);
});

describe.each(english)("%s in Chinese", (path) => {
  const [en, zh] = [read(path), read(chinese(path))];

  it("has the same headings, tables, blocks and pictures", () => {
    expect(shapeOf(zh)).toEqual(shapeOf(en));
  });

  // Their words stand side by side where they are made, typed and tested there.
  const isGenerated = path === "docs/api.md" || path === "docs/metrics.md";

  it.skipIf(isGenerated)("tells the same figures", () => {
    expect(figuresOf(zh)).toEqual(figuresOf(en));
  });

  it.skipIf(isGenerated)("names the same things", () => {
    expect(namesOf(zh)).toEqual(namesOf(en));
  });

  it("is Chinese, and the other is English", () => {
    const share = (text: string) => {
      const prose = withoutCode(text).replace(/`[^`]*`|\]\([^)]*\)/g, "");
      const han = prose.match(/\p{Script=Han}/gu)?.length ?? 0;
      // A Chinese character says as much as half an English word.
      return han / (han + (prose.match(/[A-Za-z]+/g)?.length ?? 0));
    };
    expect(share(zh)).toBeGreaterThan(0.6);
    expect(share(en)).toBeLessThan(0.05);
  });

  it("leads to Chinese pages", () => {
    const links = [...zh.matchAll(/\]\((?!https?:)([^)#\s]+\.md)/g)].map(([, to]) => to ?? "");
    const others = links.filter((to) => !to.endsWith(".zh.md"));
    // The other language, and what there is in English alone.
    const own = path.split("/").at(-1);
    expect(
      others.filter((to) => to !== own && !/(^|\/)(bench\/|CONTRIBUTING|CHANGELOG)/.test(to)),
    ).toEqual([]);
  });
});
