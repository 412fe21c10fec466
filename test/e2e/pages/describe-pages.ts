import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { CHROMIUM, sharedBrowser } from "../browser.ts";
import { type RunningWorker, startWorker } from "../worker.ts";
import type { OpenPage, View } from "./open-page.ts";
import { Visitors } from "./visitors.ts";

export interface Site {
  readonly origin: string;
  /** A first visitor's page; it is closed after the test. */
  openPage: (view: View) => Promise<OpenPage>;
}

type Tests = (site: Site) => void;
type Vars = Record<string, string>;

/**
 * Tests of pages: one Worker with an empty database for all tests of the block. Settings that are known only once
 * something else runs, as the address of a fake, come from a function.
 */
export function describePages(
  name: string,
  ...given: [tests: Tests] | [vars: Vars | (() => Promise<Vars>), tests: Tests]
): void {
  const [vars, tests] = given.length === 2 ? given : [{}, given[0]];
  describe.skipIf(CHROMIUM === null)(name, () => {
    let worker: RunningWorker | undefined;
    let visitors: Visitors | undefined;
    beforeAll(async () => {
      const set = typeof vars === "function" ? await vars() : vars;
      const [started, browser] = await Promise.all([startWorker(set), sharedBrowser()]);
      worker = started;
      visitors = new Visitors(browser, worker.origin);
    });
    afterEach(() => visitors?.leave());
    afterAll(() => worker?.close());

    tests({
      get origin() {
        if (!worker) throw new Error("the Worker runs only while a test or a hook does");
        return worker.origin;
      },
      openPage(view) {
        if (!visitors) throw new Error("the browser runs only while a test or a hook does");
        return visitors.openPage(view);
      },
    });
  });
}
