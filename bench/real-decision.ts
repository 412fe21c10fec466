import type { Job } from "../src/contract/job.ts";
import type { Report } from "../src/contract/report.ts";
import type { RunPage } from "../src/contract/run.ts";
import { pause, startServer } from "../test/e2e/server.ts";
import { makeRows, readJob } from "./batch-server.ts";

// `node bench/real-decision.ts http://127.0.0.1:8993/v1`: 200 samples judged by a real decision server that speaks
// `/v1/systemone`, such as `pip install sparrow-decider && sparrow-decider serve --port 8993`. It says nothing of quality:
// whether every reply is read, how many calls pass their controls, and that no number comes without the mark of a doubtful judge.

const SAMPLES = 200;
const WITHIN_MS = 8 * 60_000;

async function run(url: string): Promise<void> {
  const server = await startServer({
    JUDGE: "decision",
    DECISION_DIALECT: "systemone",
    DECISION_BASE_URL: url,
  });
  try {
    const ask = async <T>(path: string) =>
      (await (await fetch(`${server.origin}${path}`)).json()) as T;
    const posted = await fetch(`${server.origin}/api/score/batch?judge=decision`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(makeRows(SAMPLES)),
    });
    const { job_id } = (await posted.json()) as { job_id: string };
    const until = Date.now() + WITHIN_MS;
    let job: Job | null = null;
    while (Date.now() < until && job?.status !== "completed" && job?.status !== "failed") {
      await pause(1000);
      job = await readJob(server, job_id);
    }
    console.log(`job ${job?.status}`, job?.progress, job?.error ?? "", job?.warnings ?? []);
    const { runs } = await ask<RunPage>("/api/runs");
    const [first] = runs;
    if (first === undefined) return;
    const report = await ask<Report>(`/api/runs/${first.run_id}`);
    console.log("controls", report.controls ?? "none", "usage", report.usage);
    console.table(
      Object.fromEntries(
        Object.entries(report.metrics).map(([name, { mean, n, coverage }]) => [
          name,
          { mean, n, coverage },
        ]),
      ),
    );
    const hasNumbers = Object.values(report.metrics).some(({ n }) => n > 0);
    const isMarked = report.controls !== undefined && !report.controls.is_reliable;
    const isTrusted = report.controls?.is_reliable === true;
    if (hasNumbers && !isMarked && !isTrusted)
      throw new Error("numbers without any word on the judge");
  } finally {
    await server.close();
  }
}

const [url] = process.argv.slice(2);
if (url === undefined) throw new Error("node bench/real-decision.ts http://127.0.0.1:PORT/v1");
await run(url);
