import { audit } from "../../access/audit.ts";
import { readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { checkJudge } from "../../jobs/check-judge.ts";
import { testJudge } from "../../jobs/test-judge.ts";
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
} satisfies Partial<Handlers<typeof ACCESS_ROUTES>>;
