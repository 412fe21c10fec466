import { audit } from "../../access/audit.ts";
import { TestJudge } from "../../contract-access.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import { readJsonBody } from "../../http/json-body.ts";
import { checkJudge } from "../../jobs/check-judge.ts";
import { testJudge } from "../../jobs/test-judge.ts";
import { say } from "../../words/say.ts";

/** `POST /api/judge/test`: does the judge answer, in what time, and does it tell a true statement from a false one? */
export async function postJudgeTest(http: Http): Promise<Response> {
  const context = http.get("jobs");
  const { judge_model } = await readJsonBody(http, TestJudge);
  checkJudge(context.settings, { judge: null, judge_model, embedding_model: null });
  const result = await testJudge(context, judge_model);
  await audit(context, http.get("caller"), {
    action: "judge.tested",
    target: result.model ?? result.judge,
    detail: { ok: result.ok, trouble: result.trouble },
  });
  const detail = result.detail && say(result.detail, readerOf(http));
  return http.json({ ...result, detail });
}
