import type { Browser, BrowserContext, Page } from "playwright-core";
import { nameOf, newVisitor, type OpenPage, openTab, type View } from "./open-page.ts";

/** A browser profile, and the tab that keeps its process alive between two tests. */
interface Visitor {
  context: BrowserContext;
  keeper: Page;
}

/** Profiles nobody uses now, by view: warm, but with nothing in them. */
const idle = new Map<string, Visitor[]>();

/**
 * First visitors for the tests of one Worker. A profile is used again by later tests once all that a site can keep in
 * it is gone: a new one costs a process that has everything to compile again, more than most tests do.
 */
export class Visitors {
  readonly #browser: Browser;
  readonly #origin: string;
  readonly #here: { visitor: Visitor; view: string }[] = [];

  constructor(browser: Browser, origin: string) {
    this.#browser = browser;
    this.#origin = origin;
  }

  async openPage(view: View): Promise<OpenPage> {
    const visitor = takeIdle(this.#browser, nameOf(view)) ?? (await this.#invite(view));
    this.#here.push({ visitor, view: nameOf(view) });
    return openTab(visitor.context);
  }

  /** After a test: tabs are closed, and whoever can be made a first visitor again is kept. */
  async leave(): Promise<void> {
    await Promise.all(
      this.#here.splice(0).map(async ({ visitor, view }) => {
        if (await forgetAll(visitor, this.#origin))
          idle.set(view, [...(idle.get(view) ?? []), visitor]);
        else await visitor.context.close();
      }),
    );
  }

  async #invite(view: View): Promise<Visitor> {
    const context = await newVisitor(this.#browser, view);
    return { context, keeper: await context.newPage() };
  }
}

function takeIdle(browser: Browser, view: string): Visitor | undefined {
  const visitor = idle.get(view)?.pop();
  return visitor?.context.browser() === browser ? visitor : undefined;
}

/** Whether nothing is left: no tab, no cookie, nothing stored, no clock of a test in place of the real one. */
async function forgetAll({ context, keeper }: Visitor, origin: string): Promise<boolean> {
  await Promise.all(context.pages().map((page) => (page === keeper ? null : page.close())));
  await context.clearCookies();
  await context.clearPermissions();
  await keeper.goto(`${origin}/favicon.svg`);
  return keeper.evaluate<boolean>(
    "localStorage.clear(), sessionStorage.clear(), String(setTimeout).includes('[native code]')",
  );
}
