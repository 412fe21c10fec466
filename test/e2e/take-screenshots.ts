import { mkdirSync, rmSync } from "node:fs";
import { launchBrowser } from "./browser.ts";
import buildWorker from "./build-worker.ts";
import { writeContactSheets } from "./contact-sheet.ts";
import { nameOf, openPage, overflowOf, type View } from "./pages/open-page.ts";
import { KEEPS_SECRETS, seed } from "./pages/seed.ts";
import { wordsOf } from "./pages/words.ts";
import { ADMIN_KEY, everyScene, type Scene } from "./scenes.ts";
import { startWorker } from "./worker.ts";

// `npm run screenshots [-- NAME …]`: every page in every state, in both languages, both themes and two widths, from
// Workers that scored real samples. A NAME is part of a page's name (`report`) or of a view's (`zh-dark-390`). The pictures, contact sheets
// and an index.html land in `test/e2e/screenshots`, for a person to look at.

const DIRECTORY = new URL("./screenshots/", import.meta.url);
const AT_ONCE = Number(process.env.AT_ONCE ?? 4);
const named = process.argv.slice(2);
const views = [...allViews()].filter((view) =>
  isNamed(nameOf(view), (name) => /^(zh|en)-/.test(name)),
);

await buildWorker();
const [full, empty, locked] = await Promise.all([
  startWorker(KEEPS_SECRETS),
  startWorker(),
  startWorker({ ACCESS_MODE: "keys", ADMIN_KEY }),
]);
const browser = await launchBrowser();
const faults: string[] = [];
try {
  const seeded = await seed(full.origin);
  const scenes = everyScene(seeded).filter(({ name }) =>
    isNamed(name, (part) => !/^(zh|en)-/.test(part)),
  );
  if (named.length === 0) rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  for (const view of views) {
    const left = [...scenes];
    const work = async () => {
      for (let scene = left.shift(); scene; scene = left.shift()) await take(scene, view);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    console.log(`${nameOf(view)}: ${scenes.length} pictures`);
  }
  const names = scenes.map(({ name }) => name);
  await writeContactSheets(browser, DIRECTORY, names, views);
  await seeded.close();
} finally {
  await browser.close();
  await Promise.all([full.close(), empty.close(), locked.close()]);
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exitCode = 1;
}

async function take(scene: Scene, view: View): Promise<void> {
  const { page } = await openPage(browser, view);
  const origin =
    { empty: empty.origin, locked: locked.origin }[String(scene.server)] ?? full.origin;
  if (scene.server === "silent") await page.route("**/api/**", (route) => route.abort());
  if (scene.server === "slow") await page.route("**/api/**", () => undefined);
  try {
    await scene.prepare?.(page);
    await page.goto(`${origin}${scene.path}`, { waitUntil: "commit" });
    await scene.ready(page, wordsOf(view));
    await scene.act?.(page, wordsOf(view));
    await page.evaluate("document.fonts.ready");
    const overflow = await overflowOf(page);
    if (overflow > 0) faults.push(`${scene.name} ${nameOf(view)} is ${overflow} px too wide`);
    // A screen as high as the page, so that what sticks to its edges stands at the edges of the picture; a dialog is
    // as large as the screen it opened on.
    const { width } = view;
    const height = await page.evaluate<number>("document.documentElement.scrollHeight");
    if (!scene.isDialog) await page.setViewportSize({ width, height });
    const path = new URL(`${scene.name}-${nameOf(view)}.png`, DIRECTORY).pathname;
    await page.screenshot({ path });
  } catch (error) {
    faults.push(`${scene.name} ${nameOf(view)}: ${String(error).split("\n", 1)[0]}`);
  } finally {
    await page.context().close();
  }
}

/** Whether it was asked for: by a part of its name, or because nothing of its kind was named. */
function isNamed(name: string, isOfItsKind: (named: string) => boolean): boolean {
  const parts = named.filter(isOfItsKind);
  return parts.length === 0 || parts.some((part) => name.includes(part));
}

function* allViews(): Generator<View> {
  for (const locale of ["zh-CN", "en-US"] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1440, 390] as const) yield { locale, colorScheme, width };
    }
  }
}
