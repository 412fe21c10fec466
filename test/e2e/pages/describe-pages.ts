import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { CHROMIUM, launchBrowser } from "../browser.ts";
import { type RunningWorker, startWorker } from "../worker.ts";
import { type OpenPage, openPage, type View } from "./open-page.ts";

export interface Site {
  readonly origin: string;
  /** A first visitor's page; it is closed after the test. */
  openPage: (view: View) => Promise<OpenPage>;
}

type Tests = (site: Site) => void;
type Vars = Record<string, string>;

/** Tests of pages: one Worker with an empty database and one browser for all tests of the block. */
export function describePages(
  name: string,
  ...given: [tests: Tests] | [vars: Vars, tests: Tests]
): void {
  const [vars, tests] = given.length === 2 ? given : [{}, given[0]];
  describe.skipIf(CHROMIUM === null)(name, () => {
    let worker: RunningWorker | undefined;
    let browser: Browser | undefined;
    beforeAll(async () => {
      [worker, browser] = await Promise.all([startWorker(vars), launchBrowser()]);
    });
    afterEach(async () => {
      await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
    });
    afterAll(async () => {
      await browser?.close();
      await worker?.close();
    });

    tests({
      get origin() {
        if (!worker) throw new Error("the Worker runs only while a test or a hook does");
        return worker.origin;
      },
      openPage(view) {
        if (!browser) throw new Error("the browser runs only while a test or a hook does");
        return openPage(browser, view);
      },
    });
  });
}
