import { pause, startServer } from "../test/e2e/server.ts";
import { makeRows, postBatch, readJob, workerdMemoryMb } from "./batch-server.ts";

const DEFAULT_ROWS = 10_000;
const WITHIN_MS = 30 * 60_000;
const LOOK_EVERY_MS = 500;

/** `--rows N`: a batch on the local server: its memory, and how fast lists answer meanwhile. */
export async function benchBatchMemory(args: string[] = []): Promise<Record<string, unknown>> {
  const count = Number(args[args.indexOf("--rows") + 1] ?? DEFAULT_ROWS) || DEFAULT_ROWS;
  const server = await startServer();
  try {
    const idleMb = workerdMemoryMb(server.pid());
    const startedAt = Date.now();
    const id = await postBatch(server, makeRows(count));
    const acceptedMs = Date.now() - startedAt;
    let peakMb = 0;
    const lists: number[] = [];
    const pages: number[] = [];
    let status = "queued";
    while (status !== "completed" && status !== "failed" && Date.now() - startedAt < WITHIN_MS) {
      await pause(LOOK_EVERY_MS);
      peakMb = Math.max(peakMb, workerdMemoryMb(server.pid()));
      lists.push(await timed(() => fetch(`${server.origin}/api/score/jobs`).then((r) => r.text())));
      pages.push(
        await timed(async () => {
          status = (await readJob(server, id))?.status ?? status;
        }),
      );
    }
    const job = await readJob(server, id);
    const result = {
      rows: count,
      status,
      done: job?.progress.done,
      seconds: Math.round((Date.now() - startedAt) / 1000),
      accepted_ms: acceptedMs,
      idle_mb: Math.round(idleMb),
      peak_mb: Math.round(peakMb),
      list_p50_ms: quantile(lists, 0.5),
      list_p95_ms: quantile(lists, 0.95),
      list_max_ms: quantile(lists, 1),
      job_p50_ms: quantile(pages, 0.5),
      job_p95_ms: quantile(pages, 0.95),
    };
    console.table([result]);
    return result;
  } finally {
    await server.close();
  }
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
