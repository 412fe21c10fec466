import type { Job } from "../src/contract/job.ts";
import { pause, startServer } from "../test/e2e/server.ts";
import { makeRows, postBatch, readJob, workerdMemoryMb } from "./batch-server.ts";
import { atLeast, atMost } from "./figures.ts";

const DEFAULT_ROWS = 10_000;
const WITHIN_MS = 30 * 60_000;
const LOOK_EVERY_MS = 200;

/** What the batch is at: its upload is taken apart, its samples are scored, its report is built. */
type Phase = "plan" | "score" | "report";

interface Look {
  phase: Phase;
  listMs: number;
  jobMs: number;
  memoryMb: number;
}

/** `--rows N`: a batch on the local server: its memory, and how fast lists answer meanwhile, phase by phase. */
export async function benchBatchMemory(args: string[] = []): Promise<Record<string, unknown>> {
  const count = Number(args[args.indexOf("--rows") + 1] ?? DEFAULT_ROWS) || DEFAULT_ROWS;
  const server = await startServer();
  try {
    const idleMb = workerdMemoryMb(server.pid());
    const startedAt = Date.now();
    const id = await postBatch(server, makeRows(count));
    const acceptedMs = Date.now() - startedAt;
    const looks: Look[] = [];
    let peakMb = 0;
    let job: Job | null = null;
    while (!isOver(job) && Date.now() - startedAt < WITHIN_MS) {
      await pause(LOOK_EVERY_MS);
      const memoryMb = workerdMemoryMb(server.pid());
      peakMb = Math.max(peakMb, memoryMb);
      const phase = phaseOf(job);
      const listMs = await timed(() =>
        fetch(`${server.origin}/api/score/jobs`).then((r) => r.text()),
      );
      const jobMs = await timed(async () => {
        job = (await readJob(server, id)) ?? job;
      });
      looks.push({ phase, listMs, jobMs, memoryMb });
    }
    const end = await readJob(server, id);
    const result = {
      rows: count,
      status: end?.status,
      done: end?.progress.done,
      seconds: Math.round((Date.now() - startedAt) / 1000),
      accepted_ms: acceptedMs,
      idle_mb: Math.round(idleMb),
      peak_mb: Math.round(peakMb),
      list_p95_ms: quantile(
        looks.map(({ listMs }) => listMs),
        0.95,
      ),
      job_p95_ms: quantile(
        looks.map(({ jobMs }) => jobMs),
        0.95,
      ),
    };
    console.table([result]);
    const phases = (["plan", "score", "report"] as const).map((phase) => {
      const own = looks.filter((look) => look.phase === phase);
      const lists = own.map(({ listMs }) => listMs);
      const jobs = own.map(({ jobMs }) => jobMs);
      return {
        phase,
        looks: own.length,
        peak_mb: Math.round(Math.max(0, ...own.map(({ memoryMb }) => memoryMb))),
        list_p50_ms: quantile(lists, 0.5),
        list_p95_ms: quantile(lists, 0.95),
        list_max_ms: quantile(lists, 1),
        job_p50_ms: quantile(jobs, 0.5),
        job_p95_ms: quantile(jobs, 0.95),
        job_max_ms: quantile(jobs, 1),
      };
    });
    console.table(phases);
    const figures = [
      atLeast("rows of the batch scored", result.done ?? 0, count),
      atMost("memory of the Worker's process, MB", peakMb, 400),
      atMost("list of jobs meanwhile, p95, ms", result.list_p95_ms, 200),
      atMost("one job meanwhile, p95, ms", result.job_p95_ms, 200),
    ];
    return { ...result, phases, figures };
  } finally {
    await server.close();
  }
}

function isOver(job: Job | null): boolean {
  return job?.status === "completed" || job?.status === "failed";
}

function phaseOf(job: Job | null): Phase {
  if (!job || job.progress.total === 0) return "plan";
  return job.progress.done + job.progress.failed < job.progress.total ? "score" : "report";
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
}

if (import.meta.main) await benchBatchMemory(process.argv.slice(2));
