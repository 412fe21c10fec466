#!/usr/bin/env node
import { openAsBlob } from "node:fs";
import { extname } from "node:path";
import { parseArgs } from "node:util";
import { Touchstone, TouchstoneError } from "./index.ts";

const USAGE = `Usage:
  touchstone-rag score FILE [--name NAME] [--metrics a,b] [--format ragas] [--rule 'faithfulness>=0.8']
  touchstone-rag gate (--run RUN_ID | --job JOB_ID) --rule 'faithfulness>=0.8' [--rule …] [--base RUN_ID]

FILE: JSON, JSON Lines, CSV or xlsx. All: [--url http://localhost:8787] [--key KEY] [--wait SECONDS] [--json]
      [--language zh|en]; TOUCHSTONE_URL and TOUCHSTONE_KEY stand in for --url and --key.
Exit code: 0 pass, 1 fail, 2 inconclusive, 3 it could not be asked.`;

const EXIT_CODES = { pass: 0, fail: 1, inconclusive: 2 } as const;
const COULD_NOT_ASK = 3;
const TYPES: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".jsonl": "application/x-ndjson",
  ".ndjson": "application/x-ndjson",
  ".csv": "text/csv",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      run: { type: "string" },
      job: { type: "string" },
      base: { type: "string" },
      rule: { type: "string", multiple: true },
      name: { type: "string" },
      metrics: { type: "string" },
      format: { type: "string" },
      language: { type: "string" },
      wait: { type: "string" },
      url: { type: "string" },
      key: { type: "string" },
      json: { type: "boolean" },
    },
  });
  const { url, key, rule: rules = [] } = values;
  const language =
    values.language === "zh" || values.language === "en" ? values.language : undefined;
  const touchstone = new Touchstone({ ...(url ? { url } : {}), ...(key ? { key } : {}) });
  const timeoutSeconds = Number(values.wait ?? 600);
  const [command, file] = positionals;
  const print = (result: object, lines: readonly string[]) =>
    console.log(values.json ? JSON.stringify(result, null, 2) : lines.join("\n"));

  let jobId = values.job;
  if (command === "score" && file !== undefined) {
    const type = TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
    const { name, format, metrics } = values;
    const batch = await touchstone.batch(await openAsBlob(file, { type }), {
      ...(name ? { name } : {}),
      ...(format ? { format } : {}),
      ...(metrics ? { metrics: metrics.split(",") } : {}),
      ...(language ? { language } : {}),
    });
    for (const { message, fix } of batch.warnings) console.error(`! ${message} ${fix}`);
    const job = await touchstone.wait(batch.job_id, { timeoutSeconds, onProgress: showProgress });
    if (job.bad_rows > 0)
      console.error(`! ${job.bad_rows} rows could not be read: ${job.report_url}`);
    if (rules.length === 0) {
      const scores = Object.entries(job.scores).map(([metric, mean]) => `${metric} ${mean ?? "–"}`);
      print(job, [...scores, job.report_url]);
      return job.progress.failed > 0 || job.bad_rows > 0 ? 1 : 0;
    }
    jobId = job.job_id;
  } else if (
    command !== "gate" ||
    rules.length === 0 ||
    (values.run === undefined) === (jobId === undefined)
  ) {
    console.error(USAGE);
    return COULD_NOT_ASK;
  }
  const gate = await touchstone.gate({
    ...(values.run ? { runId: values.run } : { jobId: jobId ?? "" }),
    ...(values.base ? { baseRunId: values.base } : {}),
    ...(language ? { language } : {}),
    rules,
    timeoutSeconds,
  });
  print(gate, [...gate.reasons, `${gate.verdict} ${gate.report_url}`]);
  return EXIT_CODES[gate.verdict];
}

/** One line that is written over; nothing where nobody watches. */
function showProgress({
  status,
  progress: { done, failed, total },
}: {
  status: string;
  progress: { done: number; failed: number; total: number };
}): void {
  if (!process.stderr.isTTY) return;
  const isOver = status !== "queued" && status !== "running";
  process.stderr.write(`\r${done + failed} of ${total}${isOver ? "\n" : " "}`);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof TouchstoneError || error instanceof Error ? error.message : error);
  process.exitCode = COULD_NOT_ASK;
}
