import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Health } from "../../../src/contract/service.ts";
import { CHECK_SET } from "../../../src/jobs/measure-judge/check-set.ts";
import { type FakeDecisions, startFakeDecisions } from "../../fakes/decision-server.ts";
import { HONEST } from "../../fakes/openai-brain.ts";
import { CHROMIUM, sharedBrowser, takeScreenshot } from "../browser.ts";
import { type RunningWorker, startWorker } from "../worker.ts";
import { findViolations } from "./axe.ts";
import { nameOf, overflowOf, VIEWS } from "./open-page.ts";
import { scoreSample } from "./score.ts";
import { Visitors } from "./visitors.ts";
import { wordsOf } from "./words.ts";

const MODEL = "@cf/cloudflare/clef-flash";

describe.skipIf(CHROMIUM === null)("the first visit after a deployment", () => {
  let fake: FakeDecisions;
  let worker: RunningWorker;
  let visitors: Visitors;
  beforeAll(async () => {
    fake = await startFakeDecisions();
    worker = await startWorker({}, fake.accountUrl);
    visitors = new Visitors(await sharedBrowser(), worker.origin);
  });
  afterEach(() => visitors.leave());
  afterAll(async () => {
    await worker.close();
    await fake.close();
  });

  const forget = async () => (await worker.database()).prepare("DELETE FROM judge_measures").run();
  const usedJudge = async () =>
    ((await (await fetch(`${worker.origin}/api/health`)).json()) as Health).judge;

  it.each(VIEWS)("offers to measure the platform's model in one click, $locale", async (view) => {
    await forget();
    const isKnowing = view.locale === "zh-CN";
    fake.setBrain({
      check(claim, passages) {
        const one = CHECK_SET.find(
          (known) =>
            known.claim === claim.text &&
            passages.every(({ text }) => known.passage.includes(text)),
        );
        // Control claims are told apart by whoever can read.
        if (!one) return HONEST.check(claim, passages);
        const verdict = isKnowing ? one.verdict : "unsupported";
        const evidence = verdict === "unsupported" ? [] : passages.slice(0, 1).map(({ id }) => id);
        return { verdict, evidence };
      },
    });
    const words = wordsOf(view).settings;
    const { page, complaints } = await visitors.openPage(view);
    await page.goto(worker.origin);
    await page.getByRole("heading", { name: words.measureOffer.title(MODEL) }).waitFor();
    await takeScreenshot(page, `measure-offer-${nameOf(view)}`);
    expect(await overflowOf(page)).toBe(0);
    expect(await findViolations(page)).toEqual([]);
    expect(await usedJudge()).toMatchObject({ mode: "auto", name: "offline" });
    await page.getByRole("button", { name: words.judgeCards.measure }).click();
    const said = isKnowing ? words.measureOffer.isBetter : words.measureOffer.isNotBetter;
    const [, ending = ""] = said("", "", "", "").split(/[)）]/);
    await page.getByText(ending, { exact: false }).waitFor();
    await takeScreenshot(page, `measure-offer-done-${nameOf(view)}`);
    expect(await usedJudge()).toMatchObject({ name: isKnowing ? "decision" : "offline" });
    const { outcomes } = await scoreSample(worker.origin, {
      ...{ question: `开馆几点？ ${view.locale}`, answer: "九点开馆。" },
      contexts: ["图书馆九点开馆。"],
    });
    expect(outcomes.faithfulness?.method).toBe(isKnowing ? "decision" : "offline");
    expect(complaints).toEqual([]);
  });

  it("does not come back once it was closed", async () => {
    await forget();
    const [view] = VIEWS;
    if (!view) throw new Error("no view");
    const words = wordsOf(view).settings.measureOffer;
    const { page } = await visitors.openPage(view);
    await page.goto(worker.origin);
    const offer = page.getByRole("heading", { name: words.title(MODEL) });
    await offer.waitFor();
    await page.getByRole("button", { name: words.close }).click();
    await offer.waitFor({ state: "detached" });
    const told = page.waitForResponse((response) => response.url().includes("/api/score/jobs?"));
    await page.reload();
    expect((await (await told).json()).trouble.to_measure).toBe(MODEL);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await offer.count()).toBe(0);
  });
});
