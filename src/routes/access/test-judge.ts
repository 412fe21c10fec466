import { audit } from "../../access/audit.ts";
import type { JudgeTest } from "../../contract-access.ts";
import type { Http } from "../../http/http-context.ts";
import type { Input } from "../../http/serve-routes.ts";
import { checkJudge } from "../../jobs/check-judge.ts";
import { testJudge } from "../../jobs/test-judge.ts";
import type { ACCESS_ROUTES } from "./routes.ts";

/** `POST /api/judge/test`: does the judge answer, in what time, and does it tell a true statement from a false one? */
export async function postJudgeTest(
  http: Http,
  { body: { judge_model } }: Input<typeof ACCESS_ROUTES.test_judge>,
): Promise<JudgeTest> {
  const context = http.get("jobs");
  checkJudge(context.settings, { judge: null, judge_model, embedding_model: null });
  const result = await testJudge(context, judge_model);
  await audit(context, http.get("caller"), {
    action: "judge.tested",
    target: result.model ?? result.judge,
    detail: { ok: result.ok, trouble: result.trouble },
  });
  return result;
}
