import type { SamplePage } from "../src/contract/report.ts";
import type { RunPage } from "../src/contract/run.ts";
import { pause, type RunningServer, startServer } from "../test/e2e/server.ts";
import { makeRows, postBatch, readJob } from "./batch-server.ts";
import { atLeast, atMost } from "./figures.ts";

const ROWS = 500;
/** What the batch is to be at when it is killed: planning, a share of its samples scored, its report. */
const KILLED_AT = ["plan", "plan", "plan", 0.05, 0.2, 0.4, 0.6, 0.85, "report", "report"] as const;
const LOOK_EVERY_MS = 20;
const WAIT_AT_MOST_MS = 60_000;
const WITHIN_MS = 10 * 60_000;

/** Kills the real server ten times while it works through a batch of 500: all end, none is doubled. */
export async function benchKillNine(): Promise<Record<string, unknown>> {
  const server = await startServer();
  try {
    const rows = makeRows(ROWS);
    const id = await postBatch(server, rows);
    const startedAt = Date.now();
    const killedAt: string[] = [];
    for (const [n, wanted] of KILLED_AT.entries()) {
      killedAt.push(await waitFor(server, id, wanted, n));
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
      kills: KILLED_AT.length,
      killed_at: killedAt.join(", "),
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
    const figures = [
      atLeast(
        `samples of ${ROWS} there after ${KILLED_AT.length} kills`,
        result.distinct_samples,
        ROWS,
      ),
      atMost("runs of the batch", result.runs, 1),
    ];
    return { ...result, figures };
  } finally {
    await server.close();
  }
}

/** Looks at the job until it is where it shall be killed; says where it was in the end. */
async function waitFor(
  server: RunningServer,
  id: string,
  wanted: (typeof KILLED_AT)[number],
  n: number,
): Promise<string> {
  // Planning is over within a second or two: each time a little later in the work of a fresh process.
  if (wanted === "plan") await pause(50 + n * 150);
  const until = Date.now() + WAIT_AT_MOST_MS;
  for (;;) {
    const job = await readJob(server, id);
    const { done = 0, failed = 0, total = 0 } = job?.progress ?? {};
    const isThere =
      wanted === "plan" ||
      job?.status === "completed" ||
      (total > 0 && (done + failed) / total >= (wanted === "report" ? 1 : wanted));
    if (isThere || Date.now() > until) {
      if (job?.status === "completed") return "end";
      if (total === 0) return "plan";
      return done + failed < total ? `${done} scored` : "report";
    }
    await pause(LOOK_EVERY_MS);
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
