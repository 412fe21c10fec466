import { writeFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { nameOf, type View } from "./pages/open-page.ts";

const COLUMNS = { 1440: 3, 390: 8 };
const PICTURES = { 1440: 9, 390: 16 };

/**
 * Contact sheets of all pictures in a directory: `sheet-VIEW-N.png`, a screenful of pictures of a view each, to be looked at one
 * after the other; and an index.html where each opens in full, a row a scene, a column a view.
 */
export async function writeContactSheets(
  browser: Browser,
  directory: URL,
  names: readonly string[],
  views: readonly View[],
): Promise<void> {
  writeFileSync(new URL("index.html", directory), indexOf(names, views));
  const page = await browser.newPage({ viewport: { width: 1920, height: 1200 } });
  for (const view of views) {
    const onSheet = PICTURES[view.width];
    for (let from = 0; from < names.length; from += onSheet) {
      const sheet = new URL(`sheet-${nameOf(view)}-${from / onSheet + 1}.html`, directory);
      writeFileSync(sheet, sheetOf(names.slice(from, from + onSheet), view));
      await page.goto(sheet.href, { waitUntil: "load" });
      const path = sheet.pathname.replace(/html$/, "png");
      await page.screenshot({ path, fullPage: true });
    }
  }
  await page.close();
}

const STYLE = `
  body { font: 14px system-ui; margin: 16px; background: #888; }
  h2 { font-size: 13px; margin: 0 0 4px; }
`;

function sheetOf(names: readonly string[], view: View): string {
  const pictures = names.map(
    (name) => `<section><h2>${name}</h2><img src="${name}-${nameOf(view)}.png" alt=""></section>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>${nameOf(view)}</title>
<style>${STYLE}
  main { display: grid; gap: 16px; grid-template-columns: repeat(${COLUMNS[view.width]}, minmax(0, 1fr)); }
  img { width: 100%; max-height: 480px; object-fit: cover; object-position: top; }
</style>
<main>${pictures.join("")}</main>
`;
}

function indexOf(names: readonly string[], views: readonly View[]): string {
  const rows = names.map((name) => {
    const pictures = views.map((view) => {
      const file = `${name}-${nameOf(view)}.png`;
      return `<a href="${file}"><img src="${file}" alt="${name}, ${nameOf(view)}" loading="lazy"></a>`;
    });
    return `<section><h2>${name}</h2>${pictures.join("")}</section>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Touchstone 试金石</title>
<style>${STYLE}
  section { display: flex; gap: 8px; overflow-x: auto; align-items: flex-start; padding-bottom: 24px; }
  h2 { position: sticky; left: 0; width: 9rem; flex: none; }
  img { height: 480px; object-fit: cover; object-position: top; }
</style>
${rows.join("\n")}
`;
}
