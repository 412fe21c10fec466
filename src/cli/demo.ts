import { parseArgs } from "node:util";
import type { Accepted, Job } from "../contract/job.ts";
import { demoRows } from "../demo-rows.ts";
import { DEMO_SAMPLES, type DemoSample } from "./demo-samples.ts";

// `npm run demo`: posts ten samples to a running server the way a Dify HTTP node does, and the same forty questions before
// and after a change as two batches; waits, prints the scores and where to start reading.

const METRICS = ["faithfulness", "answer_relevancy", "context_recall", "context_precision"];
const WAIT_MS = 120_000;

const values = readArguments();
const url = values.url ?? process.env.TOUCHSTONE_URL ?? "http://localhost:8787";
const origin = url.replace(/\/+$/, "");
const key = values.key ?? process.env.TOUCHSTONE_KEY;
const headers: Record<string, string> = key ? { Authorization: `Bearer ${key}` } : {};
/** Two demos within a minute are two demos, not a retry. */
const occasion = Date.now().toString(36);

const submitted: { sample: DemoSample; jobId: string }[] = [];
for (const sample of DEMO_SAMPLES) submitted.push({ sample, jobId: await submit(sample) });
const [before, after] = [await submitBatch("before"), await submitBatch("after")];
console.log(`Sent ${submitted.length} samples and two batches, waiting for the scores …\n`);
const jobs = new Map<string, Job>();
for (const { sample, jobId } of submitted) jobs.set(sample.id, await waitFor(jobId));
printTable(jobs);
const batches = [await waitFor(before), await waitFor(after)];
printStart(batches.map((job) => job.run_id ?? ""));
const hasFailed = [...jobs.values(), ...batches].some((job) => job.status !== "completed");
process.exit(hasFailed ? 1 : 0);

function readArguments() {
  try {
    return parseArgs({ options: { url: { type: "string" }, key: { type: "string" } } }).values;
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : error}\nnpm run demo -- [--url http://localhost:8787] [--key KEY]`,
    );
    process.exit(1);
  }
}

async function submit(sample: DemoSample): Promise<string> {
  const body = new URLSearchParams({
    question: sample.question,
    answer: sample.answer,
    contexts: knowledgeResult(sample.contexts),
    ground_truth: sample.groundTruth,
    name: sample.fault ? `demo ${sample.id} (${sample.fault})` : `demo ${sample.id}`,
    tags: JSON.stringify({ source: "demo" }),
  });
  const answer = await call("/api/score/async", {
    method: "POST",
    headers: { "Idempotency-Key": `demo-${occasion}-${sample.id}` },
    body,
  });
  const accepted = (await answer.json()) as Accepted;
  return accepted.job_id;
}

async function submitBatch(moment: "before" | "after"): Promise<string> {
  const answer = await call(`/api/score/batch?${new URLSearchParams({ name: moment })}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": `demo-${occasion}-${moment}`,
    },
    body: JSON.stringify(demoRows(moment)),
  });
  return ((await answer.json()) as Accepted).job_id;
}

/** `{{#kr.result#}}` as Dify prints it into a form field: the text of a Python list of dictionaries. */
function knowledgeResult(contexts: readonly string[]): string {
  const items = contexts.map((content, at) => {
    const metadata = `{'_source': 'knowledge', 'document_id': 'doc-${at + 1}', 'score': ${0.9 - at * 0.1}, 'position': ${at + 1}, 'doc_metadata': None}`;
    return `{'metadata': ${metadata}, 'title': 'handbook.md', 'files': None, 'content': ${pythonString(content)}, 'summary': None}`;
  });
  return `[${items.join(", ")}]`;
}

function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}

async function waitFor(jobId: string): Promise<Job> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const job = (await (await call(`/api/score/jobs/${jobId}`, {})).json()) as Job;
    if (job.status !== "queued" && job.status !== "running") return job;
    if (Date.now() > deadline)
      stop(
        `Job ${jobId} is still ${job.status} after ${WAIT_MS / 1000} s; look at ${job.report_url}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function call(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(`${origin}${path}`, {
    ...init,
    headers: { ...headers, ...init.headers },
  }).catch(() =>
    stop(
      `No server answers at ${origin}. Start one with \`npm start\`, or name another with --url.`,
    ),
  );
  if (answer.ok) return answer;
  return stop(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}

function printTable(jobs: Map<string, Job>): void {
  const cell = (value: number | null | undefined) =>
    (value == null ? "   –" : value.toFixed(2)).padStart(8);
  console.log(
    `${"sample".padEnd(20)}${METRICS.map((name) => name.slice(0, 17).padStart(19)).join("")}  planted fault`,
  );
  for (const sample of DEMO_SAMPLES) {
    const job = jobs.get(sample.id);
    const scores = METRICS.map((name) => cell(job?.scores[name]).padStart(19)).join("");
    console.log(`${sample.id.padEnd(20)}${scores}  ${sample.fault ?? ""}`);
  }
  console.log("\nReports:");
  for (const sample of DEMO_SAMPLES)
    console.log(`  ${sample.id.padEnd(20)}${jobs.get(sample.id)?.report_url ?? ""}`);
}

function printStart([base = "", other = ""]: readonly string[]): void {
  console.log(`
Start here · 从这里看起
  report   报告  ${origin}/runs/${base}
  compare  对比  ${origin}/compare?${new URLSearchParams({ base, other })}
  all runs 全部  ${origin}/runs`);
}
