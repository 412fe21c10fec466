import type { Run, RunRow } from "../contract.ts";
import { causeOfAdvice } from "../reports/advice/rules.ts";
import { agreementOnClaims } from "../reports/people.ts";
import { listGateVerdicts } from "../storage/gate-verdicts.ts";
import { listQuestions } from "../storage/jobs.ts";
import { listReviewsOfRuns } from "../storage/reviews.ts";
import type { Http } from "./http-context.ts";
import { isoTime } from "./job-view.ts";

/** What a list shows of runs beyond the runs themselves: what was asked, what a gate said, what people think. */
export async function addRunFacts(http: Http, runs: readonly Run[]): Promise<RunRow[]> {
  const { db } = http.get("jobs");
  const { project } = http.get("caller");
  const ids = runs.map((run) => run.run_id);
  const single = runs.filter(({ mode }) => mode === "single").map(({ run_id }) => jobIdOf(run_id));
  const [questions, verdicts, reviews] = await Promise.all([
    listQuestions(db, project, single),
    listGateVerdicts(db, project, ids),
    listReviewsOfRuns(db, project, ids),
  ]);
  return runs.map((run) => {
    const verdict = verdicts.get(run.run_id);
    const words = reviews.get(run.run_id);
    return {
      ...run,
      question: questions.get(jobIdOf(run.run_id)) ?? null,
      cause_top: causeOfAdvice(run.advice_top),
      gate: verdict
        ? {
            verdict: verdict.verdict,
            metrics: verdict.metrics,
            base_run_id: verdict.baseRunId,
            judged_at: isoTime(verdict.judgedAt),
          }
        : null,
      agreement: words ? agreementOnClaims(words) : null,
    };
  });
}

/** A job of one sample and its run share what follows the prefix. */
function jobIdOf(runId: string): string {
  return runId.replace(/^run_/, "job_");
}
