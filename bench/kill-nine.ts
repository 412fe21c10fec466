import type { RunPage, SamplePage } from "../src/contract.ts";
import { pause, startServer } from "../test/e2e/server.ts";
import { makeRows, postBatch, readJob } from "./batch-server.ts";

const ROWS = 500;
const KILLS = 10;
const WITHIN_MS = 10 * 60_000;

/** Kills the real server ten times while it works through a batch of 500: all end, none is doubled. */
export async function benchKillNine(): Promise<Record<string, unknown>> {
  const server = await startServer();
  try {
    const rows = makeRows(ROWS);
    const id = await postBatch(server, rows);
    const startedAt = Date.now();
    const doneAtKill: number[] = [];
    for (let n = 0; n < KILLS; n++) {
      // Each time a little later in the work of a fresh process.
      await pause(300 + n * 150);
      doneAtKill.push((await readJob(server, id))?.progress.done ?? 0);
      await server.kill();
      await server.restart();
      // As after a restart in real life: somebody looks.
      await fetch(`${server.origin}/api/score/jobs?limit=1`);
    }
    let job = await readJob(server, id);
    while (job?.status !== "completed" && Date.now() - startedAt < WITHIN_MS) {
      await pause(1000);
      job = await readJob(server, id);
    }
    const { runs } = (await (await fetch(`${server.origin}/api/runs`)).json()) as RunPage;
    const ids = await listSampleIds(server.origin, runs[0]?.run_id ?? "");
    const lines = (
      await (
        await fetch(`${server.origin}/api/runs/${runs[0]?.run_id}/artifacts/evidence.jsonl`)
      ).text()
    )
      .trim()
      .split("\n");
    const result = {
      status: job?.status,
      kills: KILLS,
      done_at_each_kill: doneAtKill,
      done: job?.progress.done,
      failed: job?.progress.failed,
      runs: runs.length,
      samples: ids.length,
      distinct_samples: new Set(ids).size,
      evidence_lines: lines.length,
      seconds: Math.round((Date.now() - startedAt) / 1000),
    };
    console.table([result]);
    const isWhole =
      result.status === "completed" &&
      result.done === ROWS &&
      result.runs === 1 &&
      result.distinct_samples === ROWS &&
      result.samples === ROWS &&
      result.evidence_lines === ROWS;
    if (!isWhole) throw new Error(`something was lost or doubled: ${JSON.stringify(result)}`);
    return result;
  } finally {
    await server.close();
  }
}

async function listSampleIds(origin: string, runId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = ""; ; ) {
    const query = cursor ? `&cursor=${cursor}` : "";
    const response = await fetch(`${origin}/api/runs/${runId}/samples?limit=100${query}`);
    const page = (await response.json()) as SamplePage;
    ids.push(...page.samples.map((sample) => sample.sample_id));
    if (page.next_cursor === null) return ids;
    cursor = page.next_cursor;
  }
}

if (import.meta.main) await benchKillNine();
