import { parseArgs } from "node:util";
import type { Experiment } from "../contract/experiment.ts";
import { callService, openService, ServiceError } from "./service/call-service.ts";
import { COULD_NOT_ASK, EXIT_CODES } from "./service/exit-codes.ts";

// `npm run experiment -- --set SET --target APP --gate 'faithfulness>=0.8'`: asks the app all questions, and the gate's
// verdict is the exit code for CI.

const USAGE = `Usage: npm run experiment -- --set SET_ID --target TARGET_ID [--target …] [--gate 'faithfulness>=0.8'] [--gate …]
         [--base RUN_ID] [--repeat N] [--name NAME] [--confirm ASKS] [--wait SECONDS]
         [--url http://localhost:8787] [--key KEY] [--json]

Without --base it is compared with the run before. Rules are those of npm run gate.
Exit code: 0 passed (or no gate and all scored), 1 gate not passed, 2 inconclusive, 3 it could not be run.`;

const DEFAULT_WAIT_SECONDS = 1800;
const LOOK_EVERY_MS = 2000;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      set: { type: "string" },
      target: { type: "string", multiple: true },
      gate: { type: "string", multiple: true },
      base: { type: "string" },
      repeat: { type: "string" },
      name: { type: "string" },
      confirm: { type: "string" },
      wait: { type: "string" },
      url: { type: "string" },
      key: { type: "string" },
      json: { type: "boolean" },
    },
  });
  const waitSeconds = Number(values.wait ?? DEFAULT_WAIT_SECONDS);
  if (values.set === undefined || values.target === undefined || !(waitSeconds >= 0)) {
    console.error(USAGE);
    return COULD_NOT_ASK;
  }
  const service = openService(values);
  const started = await callService(service, "/api/experiments", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      test_set_id: values.set,
      targets: values.target.map((target_id) => ({ target_id })),
      rules: values.gate ?? [],
      base_run_id: values.base ?? null,
      ...(values.name === undefined ? {} : { name: values.name }),
      ...(values.repeat === undefined ? {} : { repeat: Number(values.repeat) }),
      ...(values.confirm === undefined ? {} : { confirm_asks: Number(values.confirm) }),
    }),
  });
  const { experiment_id: id } = (await started.json()) as { experiment_id: string };
  const experiment = await waitForEnd(service, id, Date.now() + waitSeconds * 1000);
  if (values.json) console.log(JSON.stringify(experiment, null, 2));
  else print(experiment);
  return exitCodeOf(experiment, (values.gate ?? []).length > 0);
}

/** The result is written a moment after the last run has ended. */
async function waitForEnd(
  service: ReturnType<typeof openService>,
  id: string,
  deadline: number,
): Promise<Experiment> {
  for (;;) {
    const answer = await callService(service, `/api/experiments/${id}`);
    const experiment = (await answer.json()) as Experiment;
    const isOver = experiment.status === "ended" && experiment.result !== null;
    if (isOver || Date.now() >= deadline) return experiment;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
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

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const isKnown = error instanceof ServiceError || error instanceof TypeError;
  console.error(isKnown ? error.message : error);
  return COULD_NOT_ASK;
});
