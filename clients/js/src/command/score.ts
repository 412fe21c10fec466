import { openAsBlob } from "node:fs";
import { extname } from "node:path";
import { parseArgs } from "node:util";
import { COULD_NOT_ASK } from "./exit-codes.ts";
import { printGate } from "./gate.ts";
import {
  languageOf,
  listOf,
  openServer,
  orSay,
  SERVER_OPTIONS,
  waitSecondsOf,
} from "./server-options.ts";
import { showProgress } from "./show-progress.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".jsonl": "application/x-ndjson",
  ".ndjson": "application/x-ndjson",
  ".csv": "text/csv",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Hands a file in, waits, and holds it against rules where there are any; null: the words are not complete. */
export function score(args: string[]): Promise<number | null> {
  return orSay(run(args), COULD_NOT_ASK);
}

async function run(args: string[]): Promise<number | null> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...SERVER_OPTIONS,
      base: { type: "string" },
      rule: { type: "string", multiple: true },
      name: { type: "string" },
      metrics: { type: "string" },
      format: { type: "string" },
      language: { type: "string" },
      wait: { type: "string" },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) return null;
  const { name, format, metrics } = values;
  const rules = listOf(values.rule);
  const touchstone = openServer(values);
  const language = languageOf(values.language);
  const timeoutSeconds = waitSecondsOf(values.wait);
  const type = TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
  const batch = await touchstone.batch(await openAsBlob(file, { type }), {
    ...(name ? { name } : {}),
    ...(format ? { format } : {}),
    ...(metrics ? { metrics: metrics.split(",") } : {}),
    ...(language ? { language } : {}),
  });
  for (const { message, fix } of batch.warnings) console.error(`! ${message} ${fix}`);
  const job = await touchstone.wait(batch.job_id, {
    timeoutSeconds,
    onProgress: ({ status, progress: { done, failed, total } }) =>
      showProgress({
        done: done + failed,
        ...{ failed, total, isOver: status !== "queued" && status !== "running" },
      }),
  });
  if (job.bad_rows > 0)
    console.error(`! ${job.bad_rows} rows could not be read: ${job.report_url}`);
  if (rules.length > 0) {
    const gate = await touchstone.gate({
      ...{ jobId: job.job_id, rules, timeoutSeconds },
      ...(values.base ? { baseRunId: values.base } : {}),
      ...(language ? { language } : {}),
    });
    return printGate(gate, values.json === true);
  }
  const means = Object.entries(job.scores).map(([metric, mean]) => `${metric} ${mean ?? "–"}`);
  console.log(values.json ? JSON.stringify(job, null, 2) : [...means, job.report_url].join("\n"));
  return job.progress.failed > 0 || job.bad_rows > 0 ? 1 : 0;
}
