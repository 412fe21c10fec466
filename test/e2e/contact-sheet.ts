import { nameOf, type View } from "./pages/open-page.ts";

/** A page with all pictures: a row a scene, a column a view; each opens in full. */
export function contactSheet(scenes: readonly { name: string }[], views: readonly View[]): string {
  const rows = scenes.map(({ name }) => {
    const pictures = views.map((view) => {
      const file = `${name}-${nameOf(view)}.png`;
      return `<a href="${file}"><img src="${file}" alt="${name}, ${nameOf(view)}" loading="lazy"></a>`;
    });
    return `<section><h2>${name}</h2>${pictures.join("")}</section>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Touchstone 试金石</title>
<style>
  body { font: 14px system-ui; margin: 24px; background: #888; }
  section { display: flex; gap: 8px; overflow-x: auto; align-items: flex-start; padding-bottom: 24px; }
  h2 { position: sticky; left: 0; width: 9rem; flex: none; font-size: 14px; }
  img { height: 480px; object-fit: cover; object-position: top; }
</style>
${rows.join("\n")}
`;
}
