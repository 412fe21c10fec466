import type { ExperimentResult } from "../../contract/experiment.ts";
import { AppError } from "../../errors.ts";
import { readGateRequest } from "../../intake/gate-request.ts";
import { metricInfo } from "../../reports/metric-info.ts";
import { compareMetric } from "../../scoring/compare-metric.ts";
import { pairSamples } from "../../scoring/compare-pairs.ts";
import { gateVerdict } from "../../scoring/gate-verdict.ts";
import { GATE_WORDS } from "../../scoring/gate-words.ts";
import { tellChannels } from "../../storage/channel-messages.ts";
import {
  type ExperimentRecord,
  type ExperimentRunRecord,
  findRunBefore,
  getExperiment,
  listExperimentRuns,
  settleExperiment as writeResult,
} from "../../storage/experiments.ts";
import { putGateVerdict } from "../../storage/gate-verdicts.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { listJobsById } from "../../storage/jobs.ts";
import { getSchedule } from "../../storage/schedules.ts";
import { type Said, said } from "../../words/said.ts";
import { wakeChannels } from "../channels/wake-channels.ts";
import { type LoadedRun, loadRun } from "../compare-runs.ts";
import type { JobContext } from "../context.ts";
import { hasEnded } from "../job.ts";
import { judgeRunGate } from "../judge-gate.ts";
import { chooseMetric, slicesOf } from "../run-matrix.ts";

type RunResult = ExperimentResult["runs"][number];

/** When all runs of an experiment have ended: what got worse, what its gate says, and who is told. Written once. */
export async function settleExperiment(
  context: JobContext,
  { project, id }: { project: string; id: string },
): Promise<void> {
  const { db } = context;
  const experiment = await getExperiment(db, project, id);
  if (experiment === null || experiment.result !== null) return;
  const runs = await listExperimentRuns(db, project, [id]);
  const jobs = await listJobsById(
    db,
    project,
    runs.map(({ jobId }) => jobId),
  );
  if (jobs.some(({ status }) => !hasEnded(status))) {
    await writeResult(db, experiment, null);
    return;
  }
  const baseId =
    experiment.baseRunId ??
    (runs[0] ? await findRunBefore(db, experiment, runs[0].targetId) : null);
  const base = baseId === null ? null : await loadOrNull(context, project, baseId);
  const results: RunResult[] = [];
  for (const run of runs) {
    const job = jobs.find((one) => one.id === run.jobId);
    results.push(await resultOf(context, experiment, { run, job, base }));
  }
  const result = { base_run_id: base?.report.run.run_id ?? null, runs: results };
  const told = experiment.scheduleId === null ? [] : [await telling(context, experiment, result)];
  await writeResult(db, experiment, result, told);
  context.log({ event: "experiment.ended", experiment_id: id, project, runs: runs.length });
  await wakeChannels(context);
}

/** A base that was deleted is none. */
async function loadOrNull(
  context: JobContext,
  project: string,
  runId: string,
): Promise<LoadedRun | null> {
  try {
    return await loadRun(context, project, runId);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function resultOf(
  context: JobContext,
  { project, rules }: ExperimentRecord,
  {
    run,
    job,
    base,
  }: { run: ExperimentRunRecord; job: JobRecord | undefined; base: LoadedRun | null },
): Promise<RunResult> {
  const runId = job?.runId ?? null;
  const nothing: RunResult = {
    job_id: run.jobId,
    run_id: runId,
    gate: null,
    worse: [],
    worse_tags: [],
  };
  const loaded = runId === null ? null : await loadOrNull(context, project, runId);
  if (loaded === null || runId === null)
    return rules.length > 0 ? { ...nothing, gate: "inconclusive" } : nothing;
  const baseRunId = base?.report.run.run_id ?? null;
  const gate =
    rules.length === 0 ? null : await judge(context, project, { runId, baseRunId, rules });
  if (base === null || baseRunId === runId) return { ...nothing, gate };
  const pairs = pairSamples(base.samples, loaded.samples);
  const metrics = Object.keys(base.report.metrics).filter((name) => name in loaded.report.metrics);
  const worse = metrics.filter((name) => {
    const { verdict, moved } = compareMetric(pairs, metricInfo(name));
    return verdict === "real" && moved === "worse";
  });
  const slices = slicesOf(base, loaded, chooseMetric(metrics));
  const worseTags = slices.filter(({ moved }) => moved === "worse").map(({ tag }) => tag);
  return { ...nothing, gate, worse, worse_tags: worseTags };
}

async function judge(
  context: JobContext,
  project: string,
  {
    runId,
    baseRunId,
    rules,
  }: { runId: string; baseRunId: string | null; rules: readonly string[] },
): Promise<NonNullable<RunResult["gate"]>> {
  const judged = await judgeOrNull(context, project, { runId, baseRunId, rules });
  // A rule against a base, and there is none yet.
  if (judged === null) return "inconclusive";
  const verdict = gateVerdict(judged.results);
  const decisive = judged.results.filter((one) => one.verdict === verdict);
  const metrics = [...new Set(decisive.map(({ rule }) => rule.metric))];
  await putGateVerdict(
    context.db,
    { project, runId },
    { verdict, metrics, baseRunId, judgedAt: context.now() },
  );
  return verdict;
}

async function judgeOrNull(
  context: JobContext,
  project: string,
  {
    runId,
    baseRunId,
    rules,
  }: { runId: string; baseRunId: string | null; rules: readonly string[] },
) {
  try {
    const wish = { run_id: runId, base_run_id: baseRunId, rules: rules.join("\n") };
    const gate = readGateRequest(wish);
    return await judgeRunGate(context, project, runId, { ...gate, words: GATE_WORDS.en });
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** One message for the whole experiment, whatever its runs are. */
async function telling(
  context: JobContext,
  experiment: ExperimentRecord,
  result: ExperimentResult,
) {
  const { project, id, scheduleId, name } = experiment;
  const schedule = await getSchedule(context.db, project, scheduleId ?? "");
  const [first] = result.runs;
  const payload = {
    ...{ experiment_id: id, schedule_id: scheduleId, name: schedule?.name ?? name ?? id },
    ...(first?.run_id == null ? {} : { run_id: first.run_id }),
    ...{ base_run_id: result.base_run_id, runs: result.runs, reason: reasonOf(result) },
  };
  const key = id.replace(/^exp_/, "");
  return tellChannels({
    project,
    event: "schedule.finished",
    key,
    about: id,
    at: context.now(),
    payload,
  });
}

function reasonOf({ base_run_id: base, runs }: ExperimentResult): Said {
  if (runs.every(({ run_id }) => run_id === null)) return said("schedule_failed");
  const names = [...new Set(runs.flatMap(({ worse, worse_tags }) => [...worse, ...worse_tags]))];
  const fine = base === null ? said("schedule_no_base") : said("schedule_fine");
  const more = names.length === 0 ? fine : said("schedule_worse", { names: names.join(", ") });
  return runs.some(({ gate }) => gate === "fail") ? said("schedule_gate", { more }) : more;
}
