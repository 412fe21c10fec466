import { parseArgs } from "node:util";
import type { Experiment } from "../types.ts";
import { COULD_NOT_ASK, EXIT_CODES } from "./exit-codes.ts";
import { listOf, openServer, orSay, SERVER_OPTIONS, waitSecondsOf } from "./server-options.ts";
import { showProgress } from "./show-progress.ts";

const DEFAULT_WAIT_SECONDS = 1800;

/** Puts a test set to apps and waits; its gates are the exit code. null: the words of the command are not complete. */
export function experiment(args: string[]): Promise<number | null> {
  return orSay(run(args), COULD_NOT_ASK);
}

async function run(args: string[]): Promise<number | null> {
  const { values } = parseArgs({
    args,
    options: {
      ...SERVER_OPTIONS,
      set: { type: "string" },
      target: { type: "string", multiple: true },
      gate: { type: "string", multiple: true },
      base: { type: "string" },
      repeat: { type: "string" },
      name: { type: "string" },
      confirm: { type: "string" },
      wait: { type: "string" },
    },
  });
  const targetIds = listOf(values.target);
  if (values.set === undefined || targetIds.length === 0) return null;
  const rules = listOf(values.gate);
  const ended = await openServer(values).experiment({
    testSetId: values.set,
    ...{ targetIds, rules },
    ...(values.base === undefined ? {} : { baseRunId: values.base }),
    ...(values.name === undefined ? {} : { name: values.name }),
    ...(values.repeat === undefined ? {} : { repeat: Number(values.repeat) }),
    ...(values.confirm === undefined ? {} : { confirmAsks: Number(values.confirm) }),
    timeoutSeconds: waitSecondsOf(values.wait, DEFAULT_WAIT_SECONDS),
    onProgress: showExperiment,
  });
  if (values.json) console.log(JSON.stringify(ended, null, 2));
  else print(ended);
  return exitCodeOf(ended, rules.length > 0);
}

function showExperiment({ status, runs, result }: Experiment): void {
  const sum = (of: (progress: Experiment["runs"][number]["progress"]) => number) =>
    runs.reduce((total, { progress }) => total + of(progress), 0);
  showProgress({
    done: sum(({ judged }) => judged),
    total: sum(({ total }) => total),
    isOver: status === "ended" && result !== null,
  });
}

function print({ experiment_id, status, runs, result }: Experiment): void {
  for (const run of runs) {
    const own = result?.runs.find(({ job_id }) => job_id === run.job_id);
    const { asked, judged, total } = run.progress;
    console.log(`${run.label}: ${run.status}, ${asked} asked and ${judged} scored of ${total}`);
    const unanswered = Object.entries(run.outcomes).filter(([outcome]) => outcome !== "answered");
    for (const [outcome, n] of unanswered) console.log(`  ${n} ${outcome.replaceAll("_", " ")}`);
    for (const why of [run.stopped, run.error]) if (why !== null) console.log(`  ${why}`);
    const worse = [...(own?.worse ?? []), ...(own?.worse_tags ?? [])];
    if (worse.length > 0) console.log(`  worse: ${worse.join(", ")}`);
    if (own?.gate) console.log(`  gate: ${own.gate}`);
  }
  console.log(`${status}: /experiments/${experiment_id}`);
}

/** The worst verdict of its runs. Without a gate it has to have been scored. */
function exitCodeOf({ status, runs, result }: Experiment, hasGate: boolean): number {
  if (status !== "ended" || result === null) return EXIT_CODES.inconclusive;
  if (!hasGate)
    return runs.every(({ run_id }) => run_id !== null) ? EXIT_CODES.pass : COULD_NOT_ASK;
  const verdicts = new Set(result.runs.map(({ gate }) => gate ?? "inconclusive"));
  if (verdicts.has("fail")) return EXIT_CODES.fail;
  return verdicts.has("inconclusive") ? EXIT_CODES.inconclusive : EXIT_CODES.pass;
}
