import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

// WCAG 2.2: text at least 4.5 : 1, lines of fields, dots and focus rings at least 3 : 1, in both themes.
const css = readFileSync(new URL("../../../ui/app/app.css", import.meta.url), "utf8");
const colours = new Map<string, Record<"light" | "dark", string>>();
for (const [, name, light, dark] of css.matchAll(
  /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
)) {
  if (name && light && dark) colours.set(name, { light, dark });
}

const TEXTS = ["ink", "soft", "faint", "accent", "good", "bad", "warn", "info"];
const GRAPHICS = ["line-strong", "accent-fill", "good", "bad", "warn"];
const GROUNDS = ["canvas", "surface", "raised"];

describe.each(["light", "dark"] as const)("colours of the %s theme", (theme) => {
  const ratio = (a: string, b: string) => contrast(colourOf(a, theme), colourOf(b, theme));

  it.each(TEXTS)("%s is readable on every ground and on its own wash", (text) => {
    for (const ground of [...GROUNDS, "accent-wash"]) {
      expect(ratio(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    if (colours.has(`${text}-wash`)) {
      expect(ratio(text, `${text}-wash`)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(GRAPHICS)("%s can be told from every ground", (graphic) => {
    for (const ground of GROUNDS) {
      expect(ratio(graphic, ground), `${graphic} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  });

  it("the main button is readable, also under the pointer", () => {
    expect(ratio("primary-ink", "primary")).toBeGreaterThanOrEqual(4.5);
    expect(ratio("primary-ink", "primary-hover")).toBeGreaterThanOrEqual(4.5);
  });
});

function colourOf(name: string, theme: "light" | "dark"): string {
  const colour = colours.get(name);
  if (!colour) throw new Error(`app.css has no --${name}`);
  return colour[theme];
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
