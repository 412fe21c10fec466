import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import type { ProjectList } from "../../../src/contract/access.ts";
import { encodeProtobuf } from "../../fakes/otlp-spans.ts";
import { makeConversations, SENDERS, seeded } from "../../fakes/trace-senders.ts";
import { takeScreenshot } from "../browser.ts";
import { findViolations } from "./axe.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { wordsOf } from "./words.ts";

describePages("connecting a workflow", (site) => {
  it.each(VIEWS)(
    "shows the first call when it comes, with what is odd about it, $locale",
    async (view) => {
      const t = wordsOf(view);
      await scoreSample(site.origin, {
        name: "before",
        question: "早先的问题",
        answer: "早先的回答。",
      });
      const { page, complaints } = await site.openPage(view);
      await page.goto(`${site.origin}/connect`);
      await page.getByText(t.connect.keyNotWanted).waitFor();
      await page.getByText(t.connect.localAddress(site.origin)).waitFor();
      await page.getByText(t.connect.firstWaiting).waitFor();
      // The list as it was must have been read before anything new comes.
      await page.waitForResponse((answer) => answer.url().includes("/api/score/jobs"));
      expect(await page.getByRole("article").count()).toBe(0);
      await takeScreenshot(page, `connect-waiting-${nameOf(view)}`);

      // Another one in each view: the same call again within minutes is the same job.
      const question = `<b>怎么退货？</b> ${nameOf(view)}`;
      const form = new URLSearchParams({
        question,
        answer: "七天内。",
        contexts: "",
      });
      await fetch(`${site.origin}/api/score/async`, { method: "POST", body: form });
      const card = page.getByRole("article", { name: question });
      await card.getByText(t.status.completed).waitFor();
      await page.getByText(t.connect.firstOdd).waitFor();
      await takeScreenshot(page, `connect-arrived-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      await page.getByRole("button", { name: t.connect.firstAgain }).click();
      await page.getByText(t.connect.firstWaiting).waitFor();
      expect(complaints).toEqual([]);
    },
  );

  it.each(VIEWS)("lists what was understood of the last traces, $locale", async (view) => {
    const t = wordsOf(view);
    const [talk] = makeConversations(1);
    const [body] = talk ? (SENDERS["dify rewrite"]?.(talk, seeded(1)) ?? []) : [];
    const headers = { "Content-Type": "application/x-protobuf" };
    const sent = await fetch(`${site.origin}/v1/traces`, {
      method: "POST",
      headers,
      body: encodeProtobuf(body ?? []),
    });
    expect(sent.status).toBe(200);
    const { page, complaints } = await site.openPage(view);
    await page.goto(`${site.origin}/connect`);
    await page.getByRole("heading", { name: t.connect.traceDifyTitle }).waitFor();
    const traces = page.getByRole("region", { name: t.connect.lastTitle });
    await traces.getByText(t.connect.outcomes.open).waitFor();
    await takeScreenshot(page, `connect-traces-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it.each(VIEWS)("says which runs are scored, and keeps it, $locale", async (view) => {
    const t = wordsOf(view);
    const { page, complaints } = await site.openPage(view);
    await page.goto(`${site.origin}/connect`);
    const form = page.getByRole("region", { name: t.connect.samplingTitle });
    await form.getByLabel(t.connect.samplingRate).fill("12.5");
    await form.getByLabel(t.connect.samplingBudget).fill("");
    await form.getByLabel(t.connect.samplingApps).fill("客服助手， helpdesk");
    await form.getByLabel(t.connect.samplingOnlyContexts).check();
    const rule = form.getByText(t.connect.samplingRule);
    if (!(await form.getByLabel(t.connect.samplingPaths.answer).isVisible())) await rule.click();
    await form.getByLabel(t.connect.samplingPaths.answer).fill("nonsense");
    await form.getByRole("button", { name: t.connect.samplingSave }).click();
    await form.getByRole("alert").waitFor();
    await form.getByLabel(t.connect.samplingPaths.answer).fill("$.attributes['app.reply']");
    await form.getByRole("button", { name: t.connect.samplingSave }).click();
    await page.getByText(t.connect.samplingSaved).waitFor();
    await takeScreenshot(page, `connect-sampling-${nameOf(view)}`);
    const { projects } = (await (await fetch(`${site.origin}/api/projects`)).json()) as ProjectList;
    expect(projects[0]?.traces).toMatchObject({
      rate: 0.125,
      budget: null,
      apps: ["客服助手", "helpdesk"],
      only_with_contexts: true,
      rule: { question: null, answer: "$.attributes['app.reply']", contexts: null },
    });
    expect(await findViolations(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    expect(complaints.filter((complaint) => !/422/.test(complaint))).toEqual([]);
  });

  it("hands out Dify apps with the own address in them", async () => {
    const t = wordsOf(WIDE);
    const { page, complaints } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/connect`);
    for (const name of ["chatflow", "workflow", "gate"] as const) {
      const download = page.waitForEvent("download");
      const label = `${t.connect.download}: ${t.connect.apps[name]}`;
      await page.getByRole("button", { name: label }).click();
      const text = readFileSync(await (await download).path(), "utf8");
      expect(text).toMatch(/^version: 0\.7\.0$/m);
      const app = parse(text) as {
        workflow: { environment_variables: { name: string; value: string }[] };
      };
      const address = app.workflow.environment_variables.find((one) => one.name === "SCORER_URL");
      expect(address?.value).toBe(site.origin);
    }
    expect(complaints).toEqual([]);
  });

  it("says when the server is away, and goes on when it is back", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.route("**/api/score/jobs?*", (route) => route.abort());
    await page.goto(`${site.origin}/connect`);
    await page.getByText(t.error.network).waitFor();
    await page.unroute("**/api/score/jobs?*");
    await page.getByText(t.connect.firstWaiting).waitFor();
  });
});

const ADMIN_KEY = "a-long-enough-admin-key-for-tests";

describePages("connecting to a closed server", { ACCESS_MODE: "keys", ADMIN_KEY }, (site) => {
  it("says that a key is wanted, and where to make one", async () => {
    const t = wordsOf(WIDE);
    const { page } = await site.openPage(WIDE);
    await page.goto(`${site.origin}/connect`);
    await page.getByText(t.connect.firstLocked).waitFor();
    await page.getByRole("link", { name: t.connect.keyMake }).click();
    await page.getByLabel(t.error.key, { exact: true }).waitFor();
    await takeScreenshot(page, "connect-closed");
  });
});
