import { createWriteStream, existsSync } from "node:fs";
import { parseArgs } from "node:util";
import cliProgress from "cli-progress";
import pLimit from "p-limit";
import type { JudgeChoice } from "../contract/outcome.ts";
import type { CriterionRequest, ScoreRequest } from "../contract/score-request.ts";
import { AppError } from "../errors.ts";
import { formatOf } from "../intake/formats/all-formats.ts";
import {
  OWN_FORMAT,
  ROW_FORMATS,
  type RowFormat,
  readRowFormat,
} from "../intake/formats/format.ts";
import { withCriteria } from "../intake/scored-metrics.ts";
import { readSecondAsks, type SecondAsks } from "../scoring/consistency/second-asks.ts";
import { summarizeConsistency } from "../scoring/consistency/summarize-consistency.ts";
import { type Judge, JudgeUnavailable } from "../scoring/judge.ts";
import {
  DEFAULT_METRICS,
  isMetricName,
  METRIC_NAMES,
  type MetricName,
} from "../scoring/metrics/registry.ts";
import { kindOfJudge } from "../scoring/outcome.ts";
import { say } from "../words/say.ts";
import { createJudges, readEnvironment, readJudgeName } from "./score/choose-judges.ts";
import { describeConsistency, describeWarnings, RowCounts } from "./score/describe-rows.ts";
import { ProviderPace } from "./score/provider-pace.ts";
import { readCriteriaFile } from "./score/read-criteria-file.ts";
import { BadLine, type Row, readRows } from "./score/read-rows.ts";
import { failedRow, type ScoredRow, scoreRow } from "./score/score-row.ts";
import { UsageError } from "./score/usage-error.ts";

// `npm run score -- IN.jsonl --out OUT.jsonl`: the same scoring as the service, without Worker, database or queue.

const USAGE = `Usage: npm run score -- IN --out OUT.jsonl [--judge offline|llm|decision] [--metrics a,b] [--criteria FILE.json]
         [--context-precision-mode claims|usefulness] [--compat ragas] [--consistency doubtful]
         [--format ragas|deepeval|…] [--concurrency N]

IN is what POST /api/score/batch takes: JSON Lines, a JSON list or object, CSV; with question, answer, contexts,
ground_truth … or with the names of Ragas, DeepEval, Langfuse, Phoenix … which are recognised; --format says it outright.
FILE.json holds a list of criteria of your own: [{"name": "polite", "text": "Is the answer polite?", "kind": "yes_no"}].
OUT.jsonl gets one line each, in order: {"id", "scores", "outcomes", "evidence", "usage"}.
--concurrency N works on N rows at once (default 12); a rate limit is waited out and lowers it.
The exit code is 1 when a row has no score at all because something failed.
--consistency doubtful asks a model twice where its word is doubtful, and for 5 % at random, and prints its flip rate.
--judge llm reads OPENAI_API_KEY, OPENAI_BASE_URL, JUDGE_MODEL and EMBEDDING_MODEL from the environment or .dev.vars,
--judge decision DECISION_BASE_URL, DECISION_DIALECT, DECISION_API_KEY, DECISION_MODEL and SPLIT_MODEL.`;

/** Enough samples at once to keep the judge's slots busy, few enough to hold in memory. */
const SAMPLES_AT_ONCE = 12;
const MOST_AT_ONCE = 100;

interface Options {
  input: string;
  output: string;
  judge: JudgeChoice | null;
  metrics: MetricName[] | null;
  format: RowFormat | null;
  concurrency: number;
  /** What the command says for every row; null leaves it to the row. */
  forAll: Partial<
    Pick<ScoreRequest, "criteria" | "compat" | "context_precision_mode" | "consistency">
  >;
}

function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: "string", short: "o" },
      judge: { type: "string" },
      metrics: { type: "string" },
      criteria: { type: "string" },
      "context-precision-mode": { type: "string" },
      compat: { type: "string" },
      consistency: { type: "string" },
      format: { type: "string" },
      concurrency: { type: "string" },
    },
  });
  const [input, ...more] = positionals;
  if (input === undefined || more.length > 0) {
    throw new UsageError("name one input file: JSON, JSON Lines, CSV or .xlsx.");
  }
  if (values.out === undefined) throw new UsageError("say where to write with --out OUT.jsonl.");
  if (!existsSync(input)) throw new UsageError(`there is no file ${input}; check the path.`);
  if (values.judge !== undefined && readJudgeName(values.judge) === null) {
    throw new UsageError(
      `unknown judge "${values.judge}"; use --judge offline, --judge llm or --judge decision.`,
    );
  }
  if (values.compat !== undefined && values.compat !== "ragas") {
    throw new UsageError(`unknown --compat "${values.compat}"; the only one is ragas.`);
  }
  const mode = values["context-precision-mode"];
  if (mode !== undefined && mode !== "claims" && mode !== "usefulness") {
    throw new UsageError(
      `unknown --context-precision-mode "${mode}"; there are claims and usefulness.`,
    );
  }
  const { consistency } = values;
  if (consistency !== undefined && consistency !== "off" && consistency !== "doubtful") {
    throw new UsageError(`unknown --consistency "${consistency}"; there are off and doubtful.`);
  }
  return {
    input,
    output: values.out,
    judge: readJudgeName(values.judge),
    metrics: values.metrics === undefined ? null : readMetrics(values.metrics),
    format: values.format === undefined ? null : readFormat(values.format),
    concurrency: readConcurrency(values.concurrency),
    forAll: {
      ...(values.compat === "ragas" ? { compat: "ragas" } : {}),
      ...(values.criteria === undefined ? {} : { criteria: readCriteriaFile(values.criteria) }),
      ...(mode === undefined ? {} : { context_precision_mode: mode }),
      ...(consistency === undefined ? {} : { consistency }),
    },
  };
}

function readFormat(word: string): RowFormat {
  const format = readRowFormat(word.trim().toLowerCase());
  if (format) return format;
  throw new UsageError(`unknown --format "${word}"; there are ${ROW_FORMATS.join(", ")}.`);
}

function readConcurrency(text: string | undefined): number {
  const number = Number(text ?? SAMPLES_AT_ONCE);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_AT_ONCE) return number;
  throw new UsageError(`--concurrency must be a whole number from 1 to ${MOST_AT_ONCE}.`);
}

function readMetrics(list: string): MetricName[] {
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const metrics = names.filter(isMetricName);
  const unknown = names.find((name) => !isMetricName(name));
  if (unknown !== undefined || metrics.length === 0) {
    const what = unknown === undefined ? "--metrics is empty" : `unknown metric "${unknown}"`;
    throw new UsageError(`${what}; the metrics are: ${METRIC_NAMES.join(", ")}.`);
  }
  return [...new Set(metrics)];
}

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  const { rows, format } = await readRows(options.input, options.format);
  if (format !== OWN_FORMAT) console.log(`Read as ${formatOf(format)?.label}.`);
  for (const line of describeWarnings(rows)) console.error(`score: ${line}`);
  const judges = createJudges(options.judge, readEnvironment());
  // Every judge is chosen before the first call: a missing key is told before anything was paid for.
  const work = await Promise.all(rows.map(async (row) => ({ row, judge: await chooseFor(row) })));
  const bar = process.stderr.isTTY
    ? new cliProgress.SingleBar({ clearOnComplete: true }, cliProgress.Presets.shades_classic)
    : null;
  bar?.start(rows.length, 0);
  const limit = pLimit(options.concurrency);
  const pace = new ProviderPace(options.concurrency);
  const stop = new AbortController();
  const results = work.map(({ row, judge }) =>
    limit(async () => {
      const result = await scoreOne(row, judge);
      bar?.increment();
      return result;
    }),
  );
  // The loop below meets every failure in its turn; until then it is nobody's unhandled rejection.
  for (const result of results) result.catch(() => stop.abort());
  const output = createWriteStream(options.output);
  const counts = new RowCounts();
  const secondAsks: SecondAsks[] = [];
  try {
    for (const result of results) {
      const scored = await result;
      counts.add(scored);
      const asks = scored.evidence && readSecondAsks(scored.evidence, []);
      if (asks) secondAsks.push(asks);
      await write(output, `${JSON.stringify(scored)}\n`);
    }
  } finally {
    limit.clearQueue();
    bar?.stop();
    await new Promise((resolve) => output.end(resolve));
  }
  const unreadable = rows.filter((row) => row.request === null);
  for (const row of unreadable) {
    if (row.request === null) console.error(`score: line ${row.line}: ${row.problem}`);
  }
  console.log(counts.describe(options.output));
  const consistency = summarizeConsistency(secondAsks);
  if (consistency) console.log(describeConsistency(consistency));
  return counts.hasFailed ? 1 : 0;

  function chooseFor({ request }: Row) {
    return judges.choose(
      request?.judge ?? null,
      request?.judge_model ?? null,
      request?.embedding_model ?? null,
      options.forAll.consistency ?? request?.consistency ?? null,
    );
  }

  function scoreOne(row: Row, judge: Judge): Promise<ScoredRow> {
    const request = row.request === null ? null : { ...row.request, ...options.forAll };
    const criteria: CriterionRequest[] | null =
      request?.criteria ?? options.forAll.criteria ?? null;
    const named = options.metrics ?? request?.metrics ?? DEFAULT_METRICS;
    const metrics = withCriteria(named, criteria);
    if (request === null) {
      const method = kindOfJudge(judge.name);
      const message = "problem" in row ? row.problem : "not a request";
      return Promise.resolve(
        failedRow(row.id, metrics, method, { code: "invalid_request", message }),
      );
    }
    return scoreRow({ id: row.id, request }, { metrics, judge, signal: stop.signal, pace });
  }
}

/** Waits when the disk is slower than the scoring. */
function write(output: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`score: ${messageOf(error)}`);
  if (error instanceof UsageError || isBadArgument(error)) console.error(`\n${USAGE}`);
  else if (!(error instanceof BadLine || error instanceof JudgeUnavailable)) console.error(error);
  process.exitCode = 1;
}

function messageOf(error: unknown): string {
  if (error instanceof AppError) return say(error.said, null);
  return error instanceof Error ? error.message : String(error);
}

function isBadArgument(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && String(error.code).includes("PARSE_ARGS");
}
