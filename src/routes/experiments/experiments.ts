import { actorOf } from "../../access/audit.ts";
import type { Experiment } from "../../contract/experiment.ts";
import { AppError } from "../../errors.ts";
import { type Http, readerOf } from "../../http/http-context.ts";
import { cutPage, readPage } from "../../http/page.ts";
import type { Handlers } from "../../http/serve-routes.ts";
import { stopJob } from "../../jobs/change-job.ts";
import {
  checkConfirmed,
  type ExperimentPlan,
  estimate,
  planExperiment,
  startExperiment,
} from "../../jobs/experiments/start-experiment.ts";
import { hasEnded } from "../../jobs/job.ts";
import { countAsks, listAsks } from "../../storage/asks.ts";
import {
  type ExperimentRecord,
  type ExperimentRunRecord,
  getExperiment,
  listExperimentRuns,
  listExperiments,
} from "../../storage/experiments.ts";
import type { JobRecord } from "../../storage/job-records.ts";
import { listJobsById } from "../../storage/jobs.ts";
import { said } from "../../words/said.ts";
import { say } from "../../words/say.ts";
import { isoTime } from "../jobs/job-view.ts";
import type { EXPERIMENT_ROUTES } from "./routes.ts";

const MOST_ASKS_SHOWN = 2000;

export const EXPERIMENT_HANDLERS = {
  async estimate_experiment(http, { body }) {
    const plan = await planExperiment(http.get("jobs"), http.get("caller").project, body);
    return { ...estimate(plan), cannot_ask: viewCannot(http, plan) };
  },

  async start_experiment(http, { body }) {
    const context = http.get("jobs");
    const caller = http.get("caller");
    const { confirm_asks: confirmed, ...wish } = body;
    const plan = await planExperiment(context, caller.project, wish);
    checkConfirmed(plan, confirmed, context.now());
    const started = await startExperiment(context, plan, {
      ...{ project: caller.project, createdBy: actorOf(caller), scheduleId: null },
    });
    http.header("Location", `/api/experiments/${started.id}`);
    return { experiment_id: started.id, runs: started.runs, cannot_ask: viewCannot(http, plan) };
  },

  async list_experiments(http, { query }) {
    const { project } = http.get("caller");
    const { db } = http.get("jobs");
    const setId = query.test_set_id ?? null;
    const page = readPage(query, `experiments:${setId ?? ""}`, "experiment");
    const found = await listExperiments(db, project, {
      before: page.before,
      limit: page.limit + 1,
      setId,
    });
    const { items, ...rest } = cutPage(http, found, page, ({ id }) => id);
    const runs = await listExperimentRuns(
      db,
      project,
      items.map(({ id }) => id),
    );
    const jobs = await jobsOf(http, runs);
    return {
      experiments: items.map((experiment) => {
        const own = runs.filter(({ experimentId }) => experimentId === experiment.id);
        const total = own.reduce((sum, run) => sum + run.total, 0);
        return { ...viewHead(experiment, own, jobs), total };
      }),
      ...rest,
    };
  },

  async get_experiment(http, { params }) {
    return view(http, await find(http, params.experiment_id));
  },

  async list_asks(http, { params: { experiment_id: id, id: jobId } }) {
    const { db } = http.get("jobs");
    const runs = await listExperimentRuns(db, http.get("caller").project, [id]);
    if (!runs.some((run) => run.jobId === jobId))
      throw new AppError(said("not_found.job", { id: jobId.slice(0, 100) }));
    const asks = await listAsks(db, jobId, MOST_ASKS_SHOWN);
    return {
      asks: asks.map(({ itemId, why, ...ask }) => ({
        ...ask,
        item_id: itemId,
        why: why && say(why, readerOf(http)),
      })),
    };
  },

  async cancel_experiment(http, { params }) {
    const experiment = await find(http, params.experiment_id);
    const runs = await listExperimentRuns(http.get("jobs").db, experiment.project, [experiment.id]);
    for (const job of (await jobsOf(http, runs)).values()) {
      if (!hasEnded(job.status)) await stopJob(http.get("jobs"), job);
    }
    return view(http, experiment);
  },
} satisfies Partial<Handlers<typeof EXPERIMENT_ROUTES>>;

async function find(http: Http, id: string): Promise<ExperimentRecord> {
  const experiment = await getExperiment(http.get("jobs").db, http.get("caller").project, id);
  if (experiment === null)
    throw new AppError(said("not_found.experiment", { id: id.slice(0, 100) }));
  return experiment;
}

async function jobsOf(
  http: Http,
  runs: readonly ExperimentRunRecord[],
): Promise<ReadonlyMap<string, JobRecord>> {
  const { project } = http.get("caller");
  const jobs = await listJobsById(
    http.get("jobs").db,
    project,
    runs.map(({ jobId }) => jobId),
  );
  return new Map(jobs.map((job) => [job.id, job]));
}

function viewHead(
  experiment: ExperimentRecord,
  runs: readonly ExperimentRunRecord[],
  jobs: ReadonlyMap<string, JobRecord>,
): Omit<Experiment, "runs" | "result"> {
  const isOver = runs.every(({ jobId }) => hasEnded(jobs.get(jobId)?.status ?? "cancelled"));
  return {
    experiment_id: experiment.id,
    name: experiment.name,
    test_set_id: experiment.setId,
    test_set_version: experiment.setVersion,
    schedule_id: experiment.scheduleId,
    base_run_id: experiment.baseRunId,
    rules: experiment.rules,
    created_at: isoTime(experiment.createdAt),
    created_by: experiment.createdBy,
    status: isOver ? "ended" : "running",
  };
}

async function view(http: Http, experiment: ExperimentRecord): Promise<Experiment> {
  const { db } = http.get("jobs");
  const runs = await listExperimentRuns(db, experiment.project, [experiment.id]);
  const jobs = await jobsOf(http, runs);
  const counts = await countAsks(
    db,
    runs.map(({ jobId }) => jobId),
  );
  const reader = readerOf(http);
  return {
    ...viewHead(experiment, runs, jobs),
    runs: runs.map((run) => {
      const job = jobs.get(run.jobId);
      const own = counts.filter(({ job_id: id }) => id === run.jobId);
      const done = own.flatMap(({ outcome, n }) =>
        outcome === null ? [] : [[outcome, n] as const],
      );
      return {
        label: run.label,
        target_id: run.targetId,
        job_id: run.jobId,
        // Jobs that are too old are deleted, and their experiments stay.
        status: job?.status ?? "cancelled",
        run_id: job?.runId ?? null,
        progress: {
          asked: done.reduce((sum, [, n]) => sum + n, 0),
          judged: (job?.done ?? 0) + (job?.failed ?? 0),
          total: run.total,
        },
        outcomes: Object.fromEntries(done),
        stopped: run.stopped && say(run.stopped, reader),
        error: job?.error ? say(job.error.message, reader) : null,
      };
    }),
    result: experiment.result,
  };
}

function viewCannot(http: Http, { parts }: ExperimentPlan) {
  return parts.flatMap(({ target, cannot }) =>
    [...cannot].map(([itemId, why]) => ({
      ...{ item_id: itemId, target_id: target.id, why: say(why, readerOf(http)) },
    })),
  );
}
