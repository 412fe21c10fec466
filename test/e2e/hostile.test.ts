import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOSTILE_TEXTS } from "../worker/hostile-inputs.ts";
import { CHROMIUM, sharedBrowser } from "./browser.ts";
import { type RunningServer, startServer } from "./server.ts";

const ADMIN_KEY = "planted-admin-key-7f3a9c51";
const MODEL_KEY = "sk-planted-model-key-5d21";
const TEXTS_A_RUN = 8;
/** After the first text is there: what would run has had its time to. */
const SETTLE_MS = 300;

let server: RunningServer;
let runs: { run_id: string; job_id: string; texts: readonly string[] }[] = [];

beforeAll(async () => {
  server = await startServer({ ACCESS_MODE: "keys", ADMIN_KEY });
  for (let at = 0; at < HOSTILE_TEXTS.length; at += TEXTS_A_RUN) {
    const texts = HOSTILE_TEXTS.slice(at, at + TEXTS_A_RUN).map((text) => `${text} 种植文本${at}`);
    const [question, answer = `种植文本${at}`, ground_truth, ...contexts] = texts;
    const score = (json: object) =>
      fetch(`${server.origin}/api/score`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${ADMIN_KEY}` },
        body: JSON.stringify(json),
      });
    const sample = { question, answer, ground_truth: ground_truth ?? null, contexts };
    const labels = { name: question?.slice(0, 150), tags: { 标签: question?.slice(0, 60) } };
    const first = await score({ ...sample, ...labels });
    const given = first.ok ? first : await score(sample);
    expect(given.status, given.ok ? "" : await given.text()).toBe(200);
    runs = [...runs, { ...((await given.json()) as { run_id: string; job_id: string }), texts }];
  }
});
afterAll(() => server?.close());

describe.skipIf(CHROMIUM === null)("hostile text in a real browser", () => {
  let visitor: BrowserContext;
  let page: Page;
  const ran: string[] = [];
  const foreign: string[] = [];

  beforeAll(async () => {
    visitor = await (await sharedBrowser()).newContext();
    visitor.on("dialog", (dialog) => {
      ran.push(`${dialog.page()?.url()}: ${dialog.message()}`);
      void dialog.dismiss();
    });
    visitor.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (/^https?:$/.test(protocol) && origin !== server.origin) foreign.push(request.url());
    });
    page = await visitor.newPage();
    // Signed in as people are: the cookie, which scripts cannot read.
    const signedIn = await page.request.post(`${server.origin}/api/session`, {
      data: { key: ADMIN_KEY },
      headers: { Origin: server.origin },
    });
    expect(signedIn.status()).toBe(201);
  });
  afterAll(() => visitor?.close());

  async function open(path: string, tab = page): Promise<string> {
    await tab.goto(server.origin + path, { waitUntil: "load" });
    await tab.getByText("种植文本").first().waitFor({ state: "attached" });
    await tab.waitForTimeout(SETTLE_MS);
    return tab.evaluate("document.documentElement.textContent");
  }

  it("the lists of jobs and runs show it as text", async () => {
    expect(await open("/")).toContain("种植文本");
    expect(await page.evaluate("document.cookie")).not.toContain("touchstone_session");
    expect(await open("/runs")).toContain("种植文本");
  });

  it("every job, report and HTML file shows it as text", async () => {
    const [second, third] = await Promise.all([visitor.newPage(), visitor.newPage()]);
    for (const { run_id, job_id, texts } of runs) {
      const answer = (texts[1] ?? "").replace(/\s+/g, " ").slice(0, 12);
      const [report, html] = await Promise.all([
        open(`/runs/${run_id}`),
        open(`/api/runs/${run_id}/report.html`, second),
        open(`/jobs/${job_id}`, third),
      ]);
      expect(report).toContain("种植文本");
      expect(html).toContain("种植文本");
      if (/^[\x20-\x7e]+$/.test(answer)) expect(html.replace(/\s+/g, " ")).toContain(answer.trim());
    }
  });

  it("nothing of it ran, nothing was asked of another host", () => {
    expect(ran).toEqual([]);
    expect(foreign).toEqual([]);
  });
});

describe("what the server printed meanwhile", () => {
  it("holds no key and no judged text", async () => {
    const path = `/api/runs/${runs[0]?.run_id}/artifacts/scores.csv?key=${ADMIN_KEY}`;
    expect((await fetch(server.origin + path)).status).toBe(200);
    const wrong = { Authorization: `Bearer ${MODEL_KEY}` };
    expect((await fetch(`${server.origin}/api/runs`, { headers: wrong })).status).toBe(401);
    const printed = server.output();
    expect(printed).toContain("job.finished");
    for (const secret of [MODEL_KEY, "种植文本", "alert(1)", "evil.test"]) {
      expect(printed).not.toContain(secret);
    }
    // wrangler lists the variables it was started with, hiding none given on the command line.
    const afterStart = printed.slice(printed.indexOf("job.accepted"));
    expect(afterStart).not.toContain(ADMIN_KEY);
  });
});
