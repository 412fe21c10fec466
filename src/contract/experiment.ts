import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { JobStatus } from "./outcome.ts";
import { AskOutcome } from "./target.ts";

/** Asks that start without being confirmed, and at most. */
export const EXPERIMENT_LIMITS = {
  unconfirmedAsks: 500,
  asks: 10_000,
  runs: 12,
  repeat: 10,
} as const;

/** What is put to whom. */
export const ExperimentWish = z.strictObject({
  name: z.string().trim().min(1).max(LIMITS.nameCharacters).nullable().default(null),
  test_set_id: z.string().max(100),
  targets: z
    .array(
      z.strictObject({
        target_id: z.string().max(100),
        /** Sent with every question; an item's own inputs come before them. */
        inputs: z.record(z.string().max(200), z.unknown()).default({}),
        /** Left out: the name of the target. */
        label: z.string().trim().min(1).max(100).optional(),
      }),
    )
    .min(1)
    .max(EXPERIMENT_LIMITS.runs),
  /** How often each is asked everything: an app answers differently from time to time. */
  repeat: z.int().min(1).max(EXPERIMENT_LIMITS.repeat).default(1),
  /** Ask these items alone. */
  items: z.array(z.string().max(200)).min(1).max(2000).optional(),
  /** The run it is compared with when it has ended. */
  base_run_id: z.string().max(100).nullable().default(null),
  /** Rules of its gate, as of `POST /api/gate`. */
  rules: z.array(z.string().max(300)).max(30).default([]),
});
export type ExperimentWish = z.infer<typeof ExperimentWish>;

/** `POST /api/experiments`. */
export const StartExperiment = ExperimentWish.extend({
  /** Of more than 500 asks: their number, to say that it is meant. */
  confirm_asks: z.int().optional(),
});
export type StartExperiment = z.infer<typeof StartExperiment>;

const Unaskable = z.object({ item_id: z.string(), target_id: z.string(), why: z.string() });

/** What an experiment would take, from the last question by hand. */
export const ExperimentEstimate = z.object({
  asks: z.number(),
  needs_confirmation: z.boolean(),
  /** null: no question was asked by hand. */
  seconds: z.number().nullable(),
  price: z.number().nullable(),
  currency: z.string().nullable(),
  /** Items that will not be asked, and why. */
  cannot_ask: z.array(Unaskable),
});
export type ExperimentEstimate = z.infer<typeof ExperimentEstimate>;

export const StartedExperiment = z.object({
  experiment_id: z.string(),
  runs: z.array(z.object({ label: z.string(), job_id: z.string() })),
  cannot_ask: z.array(Unaskable),
});
export type StartedExperiment = z.infer<typeof StartedExperiment>;

/** What came of one run, compared with the base. */
const RunResult = z.object({
  job_id: z.string(),
  run_id: z.string().nullable(),
  /** null: there are no rules. */
  gate: z.enum(["pass", "fail", "inconclusive"]).nullable(),
  /** Metrics that are really worse. */
  worse: z.array(z.string()),
  /** Tags that are really worse. */
  worse_tags: z.array(z.string()),
});
export const ExperimentResult = z.object({
  base_run_id: z.string().nullable(),
  runs: z.array(RunResult),
});
export type ExperimentResult = z.infer<typeof ExperimentResult>;

const ExperimentRun = z.object({
  label: z.string(),
  target_id: z.string(),
  job_id: z.string(),
  status: JobStatus,
  /** null until there is a report. */
  run_id: z.string().nullable(),
  progress: z.object({ asked: z.number(), judged: z.number(), total: z.number() }),
  /** Asks by what came of them. */
  outcomes: z.partialRecord(AskOutcome, z.number()),
  /** Why asking stopped before its end, in the app's own words. */
  stopped: z.string().nullable(),
  /** Why there is no report. */
  error: z.string().nullable(),
});

export const Experiment = z.object({
  experiment_id: z.string(),
  name: z.string().nullable(),
  test_set_id: z.string(),
  test_set_version: z.string(),
  schedule_id: z.string().nullable(),
  base_run_id: z.string().nullable(),
  rules: z.array(z.string()),
  created_at: z.string(),
  created_by: z.string(),
  /** `ended`: all of its runs have. */
  status: z.enum(["running", "ended"]),
  runs: z.array(ExperimentRun),
  /** null: it has not ended, or nothing could be compared. */
  result: ExperimentResult.nullable(),
});
export type Experiment = z.infer<typeof Experiment>;

export const ExperimentPage = z.object({
  experiments: z.array(Experiment.omit({ runs: true, result: true }).extend({ total: z.number() })),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
});
export type ExperimentPage = z.infer<typeof ExperimentPage>;

export const AskList = z.object({
  asks: z.array(
    z.object({
      item_id: z.string(),
      state: z.enum(["waiting", "asking", "done"]),
      outcome: AskOutcome.nullable(),
      why: z.string().nullable(),
      ms: z.number().nullable(),
    }),
  ),
});
export type AskList = z.infer<typeof AskList>;

const everyHours = z
  .int()
  .min(1)
  .max(24 * 31);

/** `POST /api/schedules`: an experiment that starts by itself. */
export const CreateSchedule = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** Without `base_run_id` each is compared with the one before. */
  experiment: ExperimentWish,
  every_hours: everyHours.default(24),
  /** When the first one starts; left out: one interval from now. */
  next_at: z.iso.datetime({ offset: true }).optional(),
});
export type CreateSchedule = z.infer<typeof CreateSchedule>;

/** `PATCH /api/schedules/{schedule_id}`: what is left out stays. */
export const ChangeSchedule = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  every_hours: everyHours.optional(),
  next_at: z.iso.datetime({ offset: true }).optional(),
  enabled: z.boolean().optional(),
});

export const Schedule = z.object({
  schedule_id: z.string(),
  name: z.string(),
  experiment: ExperimentWish,
  every_hours: z.number(),
  /** null: it is switched off. */
  next_at: z.string().nullable(),
  /** Why the last one did not start. */
  problem: z.string().nullable(),
  created_at: z.string(),
  created_by: z.string(),
});
export type Schedule = z.infer<typeof Schedule>;

export const ScheduleList = z.object({ schedules: z.array(Schedule) });
