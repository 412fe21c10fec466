import { parseArgs } from "node:util";
import { AppError } from "../errors.ts";
import { CHECK_SET } from "../jobs/measure-judge/check-set.ts";
import { measureClaims, summarizeMeasured } from "../jobs/measure-judge/measure-claims.ts";
import { costOf } from "../scoring/prices.ts";
import { say } from "../words/say.ts";
import { createJudges, readEnvironment, readJudgeName } from "./score/choose-judges.ts";

// `npm run measure-judge -- --judge decision`: puts the check set to a judge, and says how far it was right.

const USAGE = `Usage: npm run measure-judge -- [--judge offline|llm|decision] [--model NAME]
Settings are read as by npm run score. It makes up to 240 calls.`;

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const range = ([low, high]: readonly [number, number]) => `${percent(low)} to ${percent(high)}`;

try {
  const { values } = parseArgs({
    options: { judge: { type: "string" }, model: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help || (values.judge !== undefined && readJudgeName(values.judge) === null)) {
    console.log(USAGE);
    process.exit(values.help ? 0 : 1);
  }
  const environment = readEnvironment();
  const judge = await createJudges(readJudgeName(values.judge), environment).choose(
    null,
    values.model ?? null,
    null,
    "off",
  );
  const offline = await createJudges("offline", environment).choose(null, null, null, "off");
  const measured = await measureClaims(judge, offline, CHECK_SET, Date.now);
  const { accuracy, interval, above_interval, above_offline, calibration_error, answered } =
    summarizeMeasured(measured);
  console.log(`${judge.name}: ${measured.claims} claims, ${percent(answered)} answered.`);
  console.log(`right ${percent(accuracy ?? 0)} (95 % interval ${range(interval ?? [0, 1])})`);
  console.log(
    `above the offline judge by ${percent(above_offline ?? 0)} (${range(above_interval ?? [-1, 1])})`,
  );
  if (calibration_error !== null) console.log(`calibration error ${percent(calibration_error)}`);
  for (const [kind, [n, right]] of Object.entries(measured.kinds).sort()) {
    console.log(`  ${kind.padEnd(16)} ${right} of ${n}`);
  }
  const usage = {
    prompt_tokens: measured.tokens,
    completion_tokens: 0,
    judge_calls: 0,
    cached_calls: 0,
  };
  const cost = costOf(judge.name.replace(/^\w+:/, ""), usage);
  const spent = cost ? `, about ${cost.usd.toFixed(4)} US dollars at most of input` : "";
  console.log(
    `${measured.calls} calls, ${measured.tokens ?? "unknown"} tokens, ${(measured.ms / 1000).toFixed(1)} s${spent}`,
  );
} catch (error) {
  console.error(
    `measure-judge: ${error instanceof AppError ? say(error.said, null) : error instanceof Error ? error.message : error}`,
  );
  process.exitCode = 1;
}
