import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Job } from "../../../src/contract/job.ts";
import type { Report } from "../../../src/contract/report.ts";
import { type FakeOpenAi, startFakeOpenAi } from "../../fakes/openai-server.ts";
import { takeScreenshot } from "../browser.ts";
import { describePages } from "./describe-pages.ts";
import { nameOf, overflowOf, VIEWS, WIDE } from "./open-page.ts";
import { wordsOf } from "./words.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G";
let model: FakeOpenAi;

const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

describePages(
  "how a project scores and whom it tells",
  async () => {
    model = await startFakeOpenAi();
    return {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: "sk-test",
      JUDGE_MODEL: "judge-1",
      WEBHOOK_SECRET: SECRET,
    };
  },
  (site) => {
    let receiver: Server;
    const received: { body: string; headers: Record<string, string> }[] = [];
    beforeAll(async () => {
      receiver = createServer((request, response) => {
        let body = "";
        request.on("data", (piece) => {
          body += piece;
        });
        request.on("end", () => {
          received.push({ body, headers: request.headers as Record<string, string> });
          response.statusCode = request.url === "/broken" ? 500 : 204;
          response.end();
        });
      });
      await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    });
    afterAll(async () => {
      await model.close();
      await new Promise((resolve) => receiver.close(resolve));
    });

    it.each(VIEWS)("the judge is asked, and says why it does not work, $locale", async (view) => {
      const t = wordsOf(view);
      model.setFault(null);
      const { page, complaints } = await site.openPage(view);
      await page.goto(`${site.origin}/settings/judge`);
      const judge = region(page, t.settings.judge);
      await judge.getByText(t.settings.judgeIs("judge-1")).waitFor();
      await judge.getByRole("button", { name: t.settings.judgeAsk }).click();
      await judge.getByText(t.settings.judgeOk).waitFor();
      await judge.getByText("judge-1 · 127.0.0.1").waitFor();
      model.setFault({ kind: "status_401" });
      await judge.getByRole("button", { name: t.settings.judgeAsk }).click();
      await judge.getByText(t.settings.judgeTroubles.key_refused).waitFor();
      model.setFault(null);
      await takeScreenshot(page, `settings-${nameOf(view)}`);
      expect(await overflowOf(page)).toBe(0);
      expect(complaints).toEqual([]);
    });

    it.each(VIEWS)("a criterion is saved, changed, used and removed, $locale", async (view) => {
      const t = wordsOf(view);
      const name = view.locale === "zh-CN" ? "有礼貌" : "polite";
      const { page, complaints } = await site.openPage(view);
      await page.goto(`${site.origin}/settings/criteria`);
      const criteria = region(page, t.settings.criteria);
      await criteria.getByLabel(t.settings.criterionName).fill(name);
      await criteria.getByLabel(t.settings.criterionQuestion).fill("<b>polite?</b>");
      await criteria.getByRole("button", { name: t.settings.add, exact: true }).click();
      await criteria.getByRole("listitem").getByText("<b>polite?</b>").waitFor();
      await criteria.getByRole("button", { name: `${t.settings.change}: ${name}` }).click();
      await criteria.getByLabel(t.settings.criterionQuestion).fill("有礼貌吗？");
      await criteria.getByLabel(t.settings.criterionKind).selectOption("scale");
      await criteria.getByRole("button", { name: t.settings.save }).click();
      await criteria.getByText(t.settings.criterionVersion("2")).waitFor();

      await page.goto(`${site.origin}/submit`);
      const example = view.locale === "zh-CN" ? t.submit.exampleZh : t.submit.exampleEn;
      await page.getByRole("main").getByRole("button", { name: example, exact: true }).click();
      await page.getByLabel(name).check();
      await page.getByRole("button", { name: t.submit.send, exact: true }).click();
      await page.getByRole("article").getByText(t.status.completed).waitFor();
      const id = new URL(page.url()).searchParams.get("job");
      const job = (await (await fetch(`${site.origin}/api/score/jobs/${id}`)).json()) as Job;
      expect(job.outcomes[`criterion:${name}`]).toMatchObject({ status: "scored", method: "llm" });

      await page.goto(`${site.origin}/settings/criteria`);
      const remove = async () => {
        await criteria.getByRole("button", { name: `${t.settings.remove}: ${name}` }).click();
        const dialog = page.getByRole("alertdialog");
        await dialog.getByRole("button", { name: t.settings.remove }).click();
        await criteria.getByText(t.settings.noCriteria).waitFor();
      };
      await remove();
      await page.getByRole("button", { name: t.app.undo, exact: true }).click();
      await criteria.getByText(t.settings.criterionVersion("2")).waitFor();
      await remove();
      expect(complaints).toEqual([]);
    });

    it("lines are drawn and hold for the next report", async () => {
      const t = wordsOf(WIDE);
      const { page, complaints } = await site.openPage(WIDE);
      await page.goto(`${site.origin}/settings/thresholds`);
      const lines = region(page, t.settings.thresholds);
      await lines.getByLabel(t.settings.addMetric).selectOption("faithfulness");
      const of = (level: string) => lines.getByLabel(new RegExp(`: ${level}$`));
      await of(t.settings.severe).fill("0.95");
      await lines.getByText(t.settings.mustRise).waitFor();
      expect(await lines.getByRole("button", { name: t.settings.save }).isDisabled()).toBe(true);
      await of(t.settings.warning).fill("0.97");
      await of(t.settings.improve).fill("1");
      await lines.getByRole("button", { name: t.settings.save }).click();
      await page.getByText(t.settings.saved, { exact: true }).waitFor();
      await page.reload();
      await expect.poll(() => of(t.settings.severe).inputValue()).toBe("0.95");
      const answer = await fetch(`${site.origin}/api/score`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ question: "问", answer: "答案是四。", contexts: ["答案是五。"] }),
      });
      const { run_id } = (await answer.json()) as Job;
      const report = (await (await fetch(`${site.origin}/api/runs/${run_id}`)).json()) as Report;
      expect(report.thresholds).toEqual({ faithfulness: [0.95, 0.97, 1] });
      expect(complaints).toEqual([]);
    });

    it.each(VIEWS)("a webhook is tested, an alert made and removed, $locale", async (view) => {
      const t = wordsOf(view);
      const { port } = receiver.address() as AddressInfo;
      const { page, complaints } = await site.openPage(view);
      await page.goto(`${site.origin}/settings/webhooks`);
      const webhooks = region(page, t.settings.webhooks);
      await webhooks.getByText(t.settings.webhooksSigned).waitFor();
      const address = webhooks.getByLabel(t.settings.webhookUrl);
      const button = webhooks.getByRole("button", { name: t.settings.webhookTest });
      await address.fill(`http://127.0.0.1:${port}/`);
      await button.click();
      await webhooks.getByText(/204/).waitFor();
      const last = received.at(-1);
      expect(new Webhook(SECRET).verify(last?.body ?? "", last?.headers ?? {})).toMatchObject({
        type: "webhook.test",
      });
      await address.fill(`http://127.0.0.1:${port}/broken`);
      await button.click();
      await webhooks.getByText(/500/).waitFor();
      await address.fill("https://10.0.0.1/");
      await button.click();
      await webhooks.getByRole("alert").waitFor();

      await page.goto(`${site.origin}/notifications#alerts`);
      const alerts = region(page, t.settings.alerts);
      await alerts.getByText(t.settings.noAlerts).waitFor();
      await alerts.getByLabel(t.settings.metric).selectOption("noise_sensitivity");
      await alerts.getByLabel(t.settings.alertLine.above).fill("0.3");
      await alerts.getByLabel(t.settings.alertTag).fill("env=prod");
      await alerts.getByRole("button", { name: t.settings.create }).click();
      const row = alerts.getByRole("listitem");
      await row.getByText("env=prod").waitFor();
      await row.getByText(t.settings.alertStates.ok).waitFor();
      await takeScreenshot(page, `settings-alerts-${nameOf(view)}`);
      const remove = async () => {
        await row.getByRole("button").click();
        const dialog = page.getByRole("alertdialog");
        await dialog.getByRole("button", { name: t.settings.remove }).click();
        await alerts.getByText(t.settings.noAlerts).waitFor();
      };
      await remove();
      await page.getByRole("button", { name: t.app.undo, exact: true }).click();
      await row.getByText("env=prod").waitFor();
      await remove();
      expect(await overflowOf(page)).toBe(0);
      // The browser writes down the refused address by itself.
      expect(complaints.filter((line) => !line.includes("422"))).toEqual([]);
    });
  },
);
