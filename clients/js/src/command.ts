#!/usr/bin/env node
import { COULD_NOT_ASK } from "./command/exit-codes.ts";
import { experiment } from "./command/experiment.ts";
import { gate } from "./command/gate.ts";
import { score } from "./command/score.ts";

const COMMANDS = {
  score,
  gate,
  experiment,
  // With it comes the code that scores.
  verify: async (args: string[]) => (await import("./command/verify.ts")).verify(args),
};

const USAGE = `Usage: touchstone-rag score|gate|experiment|verify …

  touchstone-rag score FILE [--name NAME] [--metrics a,b] [--format ragas] [--rule 'faithfulness>=0.8'] [--base RUN_ID]
  touchstone-rag gate (--run RUN_ID | --job JOB_ID) --rule 'faithfulness>=0.8' [--rule …] [--base RUN_ID]
  touchstone-rag experiment --set SET_ID --target TARGET_ID [--target …] [--gate 'faithfulness>=0.8'] [--gate …]
                            [--base RUN_ID] [--repeat N] [--name NAME] [--confirm ASKS]
  touchstone-rag verify RUN_ID

FILE: JSON, JSON Lines, CSV or xlsx.
All: [--url http://localhost:8787] [--key KEY] [--json]; TOUCHSTONE_URL and TOUCHSTONE_KEY stand in for --url and --key.
All but verify: [--wait SECONDS]. score and gate: [--language zh|en].
Rules: METRIC>=NUMBER, METRIC<=NUMBER, 'METRIC>=base', 'METRIC>=base-0.05', 'METRIC not worse than base'; several options, or one by commas.
Exit code: 0 pass, 1 fail, 2 inconclusive, 3 it could not be asked; of verify 0 all holds, 1 not, 2 it could not be checked.`;

function isCommand(name: string | undefined): name is keyof typeof COMMANDS {
  return name !== undefined && Object.hasOwn(COMMANDS, name);
}

const [name, ...args] = process.argv.slice(2);
const code = isCommand(name) ? await COMMANDS[name](args) : null;
if (code === null) console.error(USAGE);
process.exitCode = code ?? COULD_NOT_ASK;
