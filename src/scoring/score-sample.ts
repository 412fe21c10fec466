import type { ContextPrecisionMode } from "../contract/score-request.ts";
import { buildEvidence } from "./build-evidence.ts";
import { cutSampleInSteps } from "./cut-text.ts";
import { diagnose } from "./diagnose.ts";
import type { Evidence } from "./evidence.ts";
import type {
  Criterion,
  Judge,
  JudgeCall,
  JudgedTable,
  JudgeUsage,
  Needs,
  ReplyTrouble,
} from "./judge.ts";
import { measureInSteps } from "./measure.ts";
import { needsOf } from "./needs.ts";
import type { Outcome } from "./outcome.ts";
import type { Sample } from "./sample.ts";
import { isSmallTalk } from "./small-talk.ts";
import { type Pause, runWithPauses } from "./steps.ts";
import { weigh } from "./weigh.ts";

export interface ScoreOptions {
  /** Id of the sample in the evidence. */
  id: string;
  /** Names of the catalogue, and `criterion:<name>` for each criterion to be scored. */
  metrics: readonly string[];
  judge: Judge;
  compat?: "ragas";
  criteria?: readonly Criterion[];
  /** What makes a passage relevant; default `claims`. A judge that cannot tell usefulness falls back to it. */
  contextPrecisionMode?: ContextPrecisionMode;
  /** Weight per metric in the weighted score; 1 where none is given. */
  weights?: Readonly<Record<string, number>>;
  signal?: AbortSignal;
  /** Lets others in between the steps of a long sample; absent: it is done in one go. */
  pause?: Pause;
}

export interface ScoredSample {
  evidence: Evidence;
  outcomes: Record<string, Outcome>;
  scores: Record<string, number | null>;
  /** 0..1, higher is better; null when nothing was scored. */
  weightedScore: number | null;
  /** Metrics whose inputs were not sent. */
  skippedMetrics: string[];
  usage: JudgeUsage;
  /** What was wrong with the judge's replies. */
  troubles?: readonly ReplyTrouble[];
  calls?: readonly JudgeCall[];
  /** Keys of the remembered judgements it rests on, for who remembers them. */
  judgements?: readonly string[];
}

/**
 * Scores one sample: cuts the texts, asks the judge for what the metrics need, and computes every metric from the
 * evidence. The one way in for Worker, command line and tests.
 * @throws JudgeUnavailable when the judge as a whole cannot work; the signal's reason when it is aborted
 */
export async function scoreSample(sample: Sample, options: ScoreOptions): Promise<ScoredSample> {
  const { id, metrics, judge, compat, criteria = [], weights, signal, pause } = options;
  signal?.throwIfAborted();
  const cut = await runWithPauses(cutSampleInSteps(sample), pause);
  const needs = needsOf(metrics, sample, criteria, options.contextPrecisionMode);
  const table = await judge.fill(cut, needs, signal, pause);
  const built = buildEvidence(id, sample, cut, table, judge.name);
  const bare: Evidence = {
    ...built,
    ...(compat ? { compat } : isSmallTalk(built) ? { small_talk: true as const } : {}),
    ...(needs.criteria.length > 0 ? { criteria_asked: [...needs.criteria] } : {}),
    notes: [...built.notes, ...beyondTheJudge(needs, table)],
  };
  const outcomes = await runWithPauses(measureInSteps(bare, metrics), pause);
  const evidence = { ...bare, cause: diagnose(bare, outcomes) };
  return {
    evidence,
    outcomes,
    ...weigh(outcomes, weights),
    usage: table.usage,
    ...(table.troubles ? { troubles: table.troubles } : {}),
    ...(table.calls ? { calls: table.calls } : {}),
    ...(table.judgements ? { judgements: table.judgements } : {}),
  };
}

/** What was asked and this judge has no way to tell, in words. */
function beyondTheJudge(needs: Needs, table: JudgedTable): string[] {
  const unread = needs.criteria.filter(({ name }) => !Object.hasOwn(table.criteria, name));
  const notes = unread.map(
    ({ name }) =>
      `criterion:${name}: only a model can judge it; set OPENAI_API_KEY, or leave it out.`,
  );
  if (needs.usefulness && !table.usefulness) {
    notes.push(
      "context_precision_mode usefulness: only a model can judge it; the passages were rated by the evidence of claims.",
    );
  }
  return notes;
}
