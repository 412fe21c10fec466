import { audit } from "../../access/audit.ts";
import { recogniseBot } from "../../channels/kinds.ts";
import type { WebhookTest } from "../../contract/access.ts";
import { AppError, refuseField } from "../../errors.ts";
import { readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { checkJudge } from "../../jobs/check-judge.ts";
import { listJudges } from "../../jobs/list-judges.ts";
import { measureJudge } from "../../jobs/measure-judge/run-measure.ts";
import { testJudge } from "../../jobs/test-judge.ts";
import { isAccepted, webhookReach } from "../../jobs/webhook/post.ts";
import { postSigned } from "../../jobs/webhook/post-signed.ts";
import { openDestination } from "../../net/destination.ts";
import { JudgeUnavailable } from "../../scoring/judge.ts";
import { said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import type { ACCESS_ROUTES } from "./routes.ts";

export const JUDGE_TEST_HANDLERS = {
  /** Does the judge answer, in what time, and does it tell a true statement from a false one? */
  async test_judge(http, { body: { judge_model } }) {
    const context = http.get("jobs");
    checkJudge(context.settings, { judge: null, judge_model, embedding_model: null });
    const result = await testJudge(context, http.get("caller").project, judge_model);
    await audit(context, http.get("caller"), {
      action: "judge.tested",
      target: result.model ?? result.judge,
      detail: { ok: result.ok, trouble: result.trouble },
    });
    const detail = result.detail && say(result.detail, readerOf(http));
    return { ...result, detail };
  },

  async list_judges(http) {
    return { judges: await listJudges(http.get("jobs"), readerOf(http)) };
  },

  async measure_judge(http, { body: { judge, judge_model, from } }) {
    const context = http.get("jobs");
    checkJudge(context.settings, { judge, judge_model, embedding_model: null });
    const { project } = http.get("caller");
    try {
      const wish = { project, judge, judgeModel: judge_model, from };
      const { summary, ...step } = await measureJudge(context, wish);
      await audit(context, http.get("caller"), {
        action: "judge.measured",
        target: step.model,
        detail: { from, accuracy: summary.accuracy },
      });
      return { ...step, ...summary };
    } catch (error) {
      if (!(error instanceof JudgeUnavailable)) throw error;
      throw new AppError(said("judge_unavailable.measure", { reason: error.said }));
    }
  },
} satisfies Partial<Handlers<typeof ACCESS_ROUTES>>;

export const WEBHOOK_TEST_HANDLERS = {
  /** One signed event to an address, under the rules of every webhook. Kept nowhere. */
  async test_webhook(http, { body: { url } }) {
    const context = http.get("jobs");
    const { settings, now } = context;
    const receiver = openDestination(url, webhookReach(settings));
    if ("code" in receiver) throw refuseField("url", said("url", { problem: receiver }));
    const bot = recogniseBot(url);
    if (bot !== null)
      throw refuseField("url", typeof bot === "object" ? bot : said("url_of_bot", { kind: bot }));
    if (settings.webhookSecret === null) {
      throw refuseField("url", said("set_webhook_secret"));
    }
    const startedAt = now();
    const answer = await postSigned(context, {
      url,
      id: `msg_${context.newId()}`,
      payload: {
        type: "webhook.test",
        timestamp: new Date(startedAt).toISOString(),
        data: { project: http.get("caller").project },
      },
    });
    const result: WebhookTest = {
      delivered: isAccepted(answer),
      status: answer.status,
      error: answer.error && say(answer.error, readerOf(http)),
      ms: now() - startedAt,
    };
    await audit(context, http.get("caller"), {
      action: "webhook.tested",
      target: new URL(url).host,
      detail: { status: answer.status },
    });
    return result;
  },
} satisfies Partial<Handlers<typeof ACCESS_ROUTES>>;
