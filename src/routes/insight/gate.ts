import type { GateResult } from "../../contract/gate.ts";
import { type Http, originOf, readerOf } from "../../http/http-context.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { type GateReading, readGateRequest } from "../../intake/gate-request.ts";
import { readBody } from "../../intake/read-body.ts";
import { wakeChannels } from "../../jobs/channels/wake-channels.ts";
import { hasEnded } from "../../jobs/job.ts";
import { type GateJudgement, judgeRunGate, judgeSampleGate } from "../../jobs/judge-gate.ts";
import { ALL_SCORED } from "../../scoring/gate-notes.ts";
import { gateVerdict, type RuleResult } from "../../scoring/gate-verdict.ts";
import { GATE_WORDS } from "../../scoring/gate-words.ts";
import { putGateVerdict } from "../../storage/gate-verdicts.ts";
import { type JobRecord, scoresOf } from "../../storage/job-records.ts";
import { type Said, said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import { findJob } from "../jobs/jobs.ts";
import { scoreWithin } from "../score/score.ts";
import { submit } from "../score/submit.ts";
import { readWait, waitForEnd } from "../score/wait-for-job.ts";
import type { INSIGHT_ROUTES } from "./routes.ts";

const RETRY_AFTER_SECONDS = 2;

export const GATE_HANDLERS = {
  /**
   * May this run, job or answer pass? A verdict is always 200, whatever it says; 202 when the job has
   * not ended in time, to be asked again with its `job_id`.
   */
  async check_gate(http) {
    const { result, openJob } = await decideGate(http, await readBody(http.req.raw));
    if (openJob === null) return result;
    http.header("Location", `/api/score/jobs/${openJob}`);
    http.header("Retry-After", String(RETRY_AFTER_SECONDS));
    return http.json(result, 202);
  },
} satisfies Partial<Handlers<typeof INSIGHT_ROUTES>>;

/** The verdict on what a body names, and the job it still waits for; null: none. */
export async function decideGate(
  http: Http,
  body: unknown,
): Promise<{ result: GateResult; openJob: string | null }> {
  const gate = readGateRequest(body);
  const { project } = http.get("caller");
  const context = http.get("jobs");
  const wish = { ...gate, words: GATE_WORDS[gate.language ?? readerOf(http) ?? "en"] };
  const decided = (result: GateResult) => ({ result, openJob: null });
  if (gate.runId !== null) {
    const judged = await judgeRunGate(context, project, gate.runId, wish);
    await keepVerdict(http, gate, judged.results, gate.runId);
    return decided(view(http, gate, judged, { runId: gate.runId, job: null }));
  }
  const job = await jobOf(http, gate);
  if (!hasEnded(job.status)) {
    const reason = said("job_open", { status: job.status });
    return { result: open(http, gate, job, reason), openJob: job.id };
  }
  if (job.status !== "completed") return decided(open(http, gate, job, whyEnded(job)));
  const judged =
    job.kind === "batch" && job.runId !== null
      ? await judgeRunGate(context, project, job.runId, wish)
      : await judgeSampleGate(context, job, sampleIdOf(gate), wish);
  // The run of a session is more than the answer that was judged.
  if (job.runId !== null && job.sessionId === null) {
    await keepVerdict(http, gate, judged.results, job.runId);
  }
  return decided(view(http, gate, judged, { runId: job.runId, job }));
}

/** Lists of runs show it. */
async function keepVerdict(
  http: Http,
  { baseRunId }: GateReading,
  results: readonly RuleResult[],
  runId: string,
): Promise<void> {
  const context = http.get("jobs");
  const verdict = gateVerdict(results);
  const decisive = results.filter((result) => result.verdict === verdict);
  const metrics = [...new Set(decisive.map(({ rule }) => rule.metric))];
  const run = { project: http.get("caller").project, runId };
  const record = { verdict, metrics, baseRunId, judgedAt: context.now() };
  await putGateVerdict(context.db, run, record);
  if (verdict === "fail") await wakeChannels(context);
}

/** The named job, or a new one from the sample fields; ended if the client waits long enough. */
async function jobOf(http: Http, gate: GateReading): Promise<JobRecord> {
  const waitSeconds = readWait(http.req.header("prefer"));
  if (waitSeconds > 0) http.header("Preference-Applied", `wait=${waitSeconds}`);
  if (gate.jobId === null && waitSeconds === 0) {
    const { job_id } = await scoreWithin(http, gate.sample);
    return findJob(http, { id: job_id });
  }
  const job =
    gate.jobId === null
      ? (await submit(http, gate.sample, true)).job
      : await findJob(http, { id: gate.jobId });
  if (hasEnded(job.status)) return job;
  return (await waitForEnd(http, job, waitSeconds * 1000)) ?? job;
}

const NOTHING_JUDGED: GateJudgement = { results: [], unscored: ALL_SCORED, notes: [] };

function whyEnded({ status, error }: JobRecord): Said {
  if (error === null)
    return said(status === "failed" ? "job_failed_silently" : "job_was_cancelled");
  return said(status === "failed" ? "job_failed" : "job_was_cancelled_for", { why: error.message });
}

/** Nothing can be said yet, or any more. */
function open(http: Http, gate: GateReading, job: JobRecord, reason: Said): GateResult {
  return {
    ...view(http, gate, NOTHING_JUDGED, { runId: job.runId, job }),
    verdict: "inconclusive",
    reasons: [say(reason, gate.language ?? readerOf(http))],
  };
}

function view(
  http: Http,
  gate: GateReading,
  { results, unscored, notes }: GateJudgement,
  subject: { runId: string | null; job: JobRecord | null },
): GateResult {
  const { runId, job } = subject;
  const path = runId === null ? `/jobs/${job?.id}` : `/runs/${runId}`;
  return {
    verdict: gateVerdict(results),
    reasons: [...results.map(({ reason }) => reason), ...notes],
    unscored,
    rules: results.map(({ rule, verdict, value, interval, n, reason }) => ({
      metric: rule.metric,
      rule: rule.text,
      verdict,
      value,
      interval,
      n,
      reason,
    })),
    run_id: runId,
    job_id: job?.id ?? null,
    base_run_id: gate.baseRunId,
    report_url: `${originOf(http)}${path}`,
    scores: job ? scoresOf(job) : {},
  };
}

function sampleIdOf({ sample }: GateReading): string {
  return typeof sample.id === "string" ? sample.id : "1";
}
