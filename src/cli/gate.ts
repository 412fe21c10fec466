import { parseArgs } from "node:util";
import type { GateResult } from "../contract/gate.ts";
import { callService, openService, ServiceError } from "./service/call-service.ts";
import { COULD_NOT_ASK, EXIT_CODES } from "./service/exit-codes.ts";

// `npm run gate -- --run RUN --rule 'faithfulness>=0.8'`: the verdict as an exit code for CI.

const USAGE = `Usage: npm run gate -- (--run RUN_ID | --job JOB_ID) --rule 'faithfulness>=0.8' [--rule …]
         [--base RUN_ID] [--wait SECONDS] [--url http://localhost:8787] [--key KEY] [--json]
         [--language zh|en]

Rules: METRIC>=NUMBER, METRIC<=NUMBER, 'METRIC>=base', 'METRIC>=base-0.05', 'METRIC not worse than base'.
Exit code: 0 pass, 1 fail, 2 inconclusive, 3 the gate could not be asked.`;

/** The service waits at most so long within one request. */
const LONGEST_WAIT_SECONDS = 30;
const DEFAULT_WAIT_SECONDS = 600;
const SIGNS = { pass: "✓", fail: "✗", inconclusive: "?" } as const;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      run: { type: "string" },
      job: { type: "string" },
      base: { type: "string" },
      rule: { type: "string", multiple: true },
      wait: { type: "string" },
      url: { type: "string" },
      key: { type: "string" },
      json: { type: "boolean" },
      language: { type: "string" },
    },
  });
  const waitSeconds = Number(values.wait ?? DEFAULT_WAIT_SECONDS);
  const rules = values.rule ?? [];
  if ((values.run === undefined) === (values.job === undefined) || rules.length === 0) {
    console.error(USAGE);
    return COULD_NOT_ASK;
  }
  if (!(waitSeconds >= 0)) throw new TypeError("--wait must be a number of seconds.");
  const body = {
    ...(values.run === undefined ? { job_id: values.job } : { run_id: values.run }),
    ...(values.base === undefined ? {} : { base_run_id: values.base }),
    ...(values.language === undefined ? {} : { language: values.language }),
    rules: rules.join("\n"),
  };
  const result = await askUntilDone(openService(values), body, Date.now() + waitSeconds * 1000);
  print(result, values.json === true);
  return EXIT_CODES[result.verdict];
}

/** A job that is still running is asked again until the time is over; then the verdict stays open. */
async function askUntilDone(
  service: ReturnType<typeof openService>,
  body: object,
  deadline: number,
): Promise<GateResult> {
  for (;;) {
    const left = Math.ceil((deadline - Date.now()) / 1000);
    const wait = Math.max(1, Math.min(LONGEST_WAIT_SECONDS, left));
    const answer = await callService(service, "/api/gate", {
      method: "POST",
      headers: { "Content-Type": "application/json", Prefer: `wait=${wait}` },
      body: JSON.stringify(body),
    });
    const result = (await answer.json()) as GateResult;
    if (answer.status !== 202 || Date.now() >= deadline) return result;
  }
}

function print(result: GateResult, asJson: boolean): void {
  if (asJson) {
    console.log(JSON.stringify(result, null, 2));
    return;
  }
  for (const rule of result.rules) console.log(`${SIGNS[rule.verdict]} ${rule.reason}`);
  // Behind the rules stands what their numbers leave out; without rules why there is no verdict.
  const sign = result.rules.length === 0 ? SIGNS.inconclusive : "!";
  for (const reason of result.reasons.slice(result.rules.length)) console.log(`${sign} ${reason}`);
  console.log(`${result.verdict}: ${result.report_url}`);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const isKnown = error instanceof ServiceError || error instanceof TypeError;
  console.error(isKnown ? error.message : error);
  return COULD_NOT_ASK;
});
