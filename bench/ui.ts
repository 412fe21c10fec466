import type { Browser, Page } from "playwright-core";
import { CHROMIUM, launchBrowser } from "../test/e2e/browser.ts";
import buildWorker from "../test/e2e/build-worker.ts";
import { openPage, WIDE } from "../test/e2e/pages/open-page.ts";
import { scoreBatch } from "../test/e2e/pages/score.ts";
import { type RunningWorker, startWorker } from "../test/e2e/worker.ts";
import { bytesByRoute } from "./bundle-routes.ts";
import { scoreBody } from "./cost-samples.ts";
import { atLeast, atMost, type Figure } from "./figures.ts";
import { INSERT_JOBS, INSERT_RUNS, INSERT_SAMPLES } from "./lists-data.ts";
import { type Observed, openSlowPage, readObserved, timeOf } from "./ui/observe.ts";
import { scrollList } from "./ui/scroll.ts";
import { shareOfCore } from "./ui/share-of-core.ts";

const JOBS = 10_000;
const SAMPLES = 1_000;
const COMPARED = 200;
const REPEATS = 5;
const SEARCHED = "warranty 保修 X4821";
const FIRST_CARD = "main article";
const FIRST_RUN = "main a[href^='/runs/run_']";
const FIRST_PAIR = "main section[aria-labelledby=pairs] li";
const IDLE_PAGES = ["/", "/runs", "/review", "/test-sets", "/notifications", "/settings"];
const FIRST_SAMPLE = "main .sample-rows a";
const IDLE_MS = 5 * 60_000;
const INITIAL_BYTES = 60_000;
const ROUTE_BYTES = 150_000;

/** The dashboard against the built Worker, in Chromium on a processor slowed down four times. */
export async function benchUi(): Promise<Record<string, unknown>> {
  if (CHROMIUM === null) throw new Error("bench ui needs a Chromium; set CHROMIUM to its path");
  await buildWorker();
  const worker = await startWorker();
  const browser = await launchBrowser();
  try {
    const { reportPath, comparePath } = await fill(worker);
    const shares = [shareOfCore()];
    const home = await openTimes(browser, worker.origin, FIRST_CARD);
    const report = await openTimes(browser, `${worker.origin}${reportPath}`, FIRST_SAMPLE);
    const runs = await openTimes(browser, `${worker.origin}/runs`, FIRST_RUN);
    const compare = await openTimes(browser, `${worker.origin}${comparePath}`, FIRST_PAIR);
    const atFullSpeed = await openTimes(browser, `${worker.origin}${comparePath}`, FIRST_PAIR, 1);
    const idle = await countIdleRequests(browser, worker.origin);
    shares.push(shareOfCore());
    const typing = await typeInSearch(browser, worker.origin);
    const scrolled = await scrollJobs(browser, worker.origin);
    shares.push(shareOfCore());
    const routes = await bytesByRoute();
    const longestTaskMs = Math.max(
      ...[home, report].map((times) => times.longestTaskMs),
      typing.longestTaskMs,
    );
    const figures: Figure[] = [
      atMost("first content of /, ms", home.paintedMs, 1_000),
      atMost(`report of ${SAMPLES} samples usable, ms`, report.usableMs, 1_500),
      atMost("a key in the search, worst, ms", Math.max(0, ...typing.keysMs), 50),
      atMost("longest task, ms", longestTaskMs, 200),
      atLeast("jobs loaded by scrolling", scrolled.loaded, JOBS),
      atLeast("frames a second while they were", scrolled.framesPerSecond, 50),
      atMost("layout shift of /", home.layoutShift, 0.01),
      atMost("layout shift of a report", report.layoutShift, 0.01),
      atMost("layout shift of the runs", runs.layoutShift, 0.01),
      atMost("layout shift of a comparison", compare.layoutShift, 0.01),
      atMost(`skeleton of 2 × ${COMPARED} compared, ms`, atFullSpeed.skeletonMs, 300),
      // At both ends of the time, too.
      atMost("health asked by an idle page in five minutes, worst", idle.health, 6),
      atMost("anything else it asks", idle.others, 0),
      atMost("JavaScript of /, gzip bytes", routes["/"] ?? Number.NaN, INITIAL_BYTES),
      atMost("JavaScript of the largest route", Math.max(...Object.values(routes)), ROUTE_BYTES),
    ];
    const share = Math.round(Math.min(...shares) * 100) / 100;
    console.table(figures);
    console.log(
      `The first jobs of the list were on the screen after ${Math.round(home.readyMs)} ms.`,
    );
    console.log(`A busy program got ${share} of a core; below 1 the times above are too long.`);
    const opened = { home, report, runs, compare, atFullSpeed };
    return { figures, share_of_core: share, ...opened, idle, typing, scrolled, routes };
  } finally {
    await browser.close();
    await worker.close();
  }
}

/** Ten thousand jobs of their own runs, and batches that were really scored. */
async function fill(worker: RunningWorker) {
  const db = await worker.database();
  for (const sql of [INSERT_JOBS, INSERT_RUNS, INSERT_SAMPLES]) {
    await db.prepare(sql).bind(1, JOBS).run();
  }
  const score = (name: string, count: number, from = 0) =>
    scoreBatch(
      worker.origin,
      name,
      Array.from({ length: count }, (_, at) => ({ id: `s${at}`, ...scoreBody(at + from) })),
    );
  const { run_id: base } = await score("before", COMPARED);
  const { run_id: other } = await score("after", COMPARED, 1);
  const { run_id: report } = await score("一千 a thousand", SAMPLES);
  const compared = new URLSearchParams({ base: String(base), other: String(other) });
  return { reportPath: `/runs/${report}`, comparePath: `/compare?${compared}` };
}

/** What each page asks for while nobody touches it, besides the first look. */
async function countIdleRequests(browser: Browser, origin: string) {
  const worst = { health: 0, others: 0 };
  for (const path of IDLE_PAGES) {
    const { page } = await openPage(browser, WIDE);
    await page.clock.install();
    await page.goto(`${origin}${path}`);
    await page.locator("main h1").waitFor();
    await page.clock.runFor(10_000);
    await page.waitForLoadState("networkidle");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.clock.runFor(IDLE_MS);
    await page.waitForLoadState("networkidle");
    const health = asked.filter((path) => path === "/api/health").length;
    worst.health = Math.max(worst.health, health);
    worst.others = Math.max(worst.others, asked.length - health);
    await page.context().close();
  }
  return worst;
}

interface Times extends Observed {
  /** What the page is for is on the screen. */
  readyMs: number;
  /** And no task over 50 ms runs any more. */
  usableMs: number;
}

/** Medians of first visits, each with an empty cache. */
async function openTimes(
  browser: Browser,
  url: string,
  awaited: string,
  slowdown?: number,
): Promise<Times> {
  const visits: Times[] = [];
  for (let visit = 0; visit < REPEATS; visit++) {
    visits.push(
      await onSlowPage(
        browser,
        async (page, session) => {
          await page.goto(url, { waitUntil: "commit" });
          const readyMs = await timeOf(session, awaited);
          await page.waitForTimeout(1_000);
          const observed = await readObserved(page);
          return { ...observed, readyMs, usableMs: Math.max(readyMs, observed.lastLongTaskEndMs) };
        },
        slowdown,
      ),
    );
  }
  const median = (of: (times: Times) => number) =>
    visits.map(of).toSorted((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? Number.NaN;
  return {
    paintedMs: median(({ paintedMs }) => paintedMs),
    readyMs: median(({ readyMs }) => readyMs),
    usableMs: median(({ usableMs }) => usableMs),
    longestTaskMs: median(({ longestTaskMs }) => longestTaskMs),
    lastLongTaskEndMs: median(({ lastLongTaskEndMs }) => lastLongTaskEndMs),
    layoutShift: Math.max(...visits.map(({ layoutShift }) => layoutShift)),
    skeletonMs: median(({ skeletonMs }) => skeletonMs),
    keysMs: [],
  };
}

function typeInSearch(browser: Browser, url: string): Promise<Observed> {
  return onSlowPage(browser, async (page, session) => {
    await page.goto(url);
    await timeOf(session, FIRST_CARD);
    await page.waitForTimeout(1_000);
    await page.evaluate("observed.keysMs = []; observed.longestTaskMs = 0");
    await page.getByRole("searchbox").click();
    await page.keyboard.type(SEARCHED, { delay: 120 });
    await page.waitForTimeout(1_500);
    return readObserved(page);
  });
}

function scrollJobs(browser: Browser, url: string) {
  return onSlowPage(browser, async (page, session) => {
    let loaded = 0;
    page.on("response", async (response) => {
      if (!response.url().includes("/api/score/jobs?")) return;
      const body = await response.json().catch(() => ({ jobs: [] }));
      loaded += body.jobs.length;
    });
    await page.goto(url);
    await timeOf(session, FIRST_CARD);
    return scrollList(page, session, JOBS, async () => loaded);
  });
}

async function onSlowPage<T>(
  browser: Browser,
  use: (page: Page, session: Awaited<ReturnType<typeof openSlowPage>>) => Promise<T>,
  slowdown?: number,
): Promise<T> {
  const { page } = await openPage(browser, WIDE);
  try {
    return await use(page, await openSlowPage(page, slowdown));
  } finally {
    await page.context().close();
  }
}

if (import.meta.main) await benchUi();
