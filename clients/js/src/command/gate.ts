import { parseArgs } from "node:util";
import type { Gate } from "../types.ts";
import { COULD_NOT_ASK, EXIT_CODES } from "./exit-codes.ts";
import {
  languageOf,
  listOf,
  openServer,
  orSay,
  SERVER_OPTIONS,
  waitSecondsOf,
} from "./server-options.ts";

const SIGNS = { pass: "✓", fail: "✗", inconclusive: "?" } as const;

/** The verdict on a run as an exit code; null: the words of the command are not complete. */
export function gate(args: string[]): Promise<number | null> {
  return orSay(ask(args), COULD_NOT_ASK);
}

async function ask(args: string[]): Promise<number | null> {
  const { values } = parseArgs({
    args,
    options: {
      ...SERVER_OPTIONS,
      run: { type: "string" },
      job: { type: "string" },
      base: { type: "string" },
      rule: { type: "string", multiple: true },
      wait: { type: "string" },
      language: { type: "string" },
    },
  });
  const { run, job, base } = values;
  const rules = listOf(values.rule);
  if ((run === undefined) === (job === undefined) || rules.length === 0) return null;
  const language = languageOf(values.language);
  const result = await openServer(values).gate({
    ...(run === undefined ? {} : { runId: run }),
    ...(job === undefined ? {} : { jobId: job }),
    ...(base === undefined ? {} : { baseRunId: base }),
    ...(language === undefined ? {} : { language }),
    rules,
    timeoutSeconds: waitSecondsOf(values.wait),
  });
  return printGate(result, values.json === true);
}

/** Prints a verdict and gives its exit code. */
export function printGate(result: Gate, asJson: boolean): number {
  if (asJson) {
    console.log(JSON.stringify(result, null, 2));
    return EXIT_CODES[result.verdict];
  }
  for (const rule of result.rules) console.log(`${SIGNS[rule.verdict]} ${rule.reason}`);
  // Behind the rules stands what their numbers leave out; without rules why there is no verdict.
  const sign = result.rules.length === 0 ? SIGNS.inconclusive : "!";
  for (const reason of result.reasons.slice(result.rules.length)) console.log(`${sign} ${reason}`);
  console.log(`${result.verdict}: ${result.report_url}`);
  return EXIT_CODES[result.verdict];
}
