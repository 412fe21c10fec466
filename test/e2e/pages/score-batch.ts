import type { Job } from "../../../src/contract.ts";
import { pause } from "../server.ts";

const WITHIN_MS = 60_000;

/** Uploads samples as one batch and waits until its run is there. */
export async function scoreBatch(
  origin: string,
  name: string,
  samples: readonly object[],
): Promise<Job> {
  const accepted = await fetch(`${origin}/api/score/batch?${new URLSearchParams({ name })}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(samples),
  });
  if (!accepted.ok) throw new Error(await accepted.text());
  const { job_id } = (await accepted.json()) as { job_id: string };
  const deadline = Date.now() + WITHIN_MS;
  while (Date.now() < deadline) {
    const job = (await (await fetch(`${origin}/api/score/jobs/${job_id}`)).json()) as Job;
    if (job.status === "completed" && job.run_id !== null) return job;
    await pause(300);
  }
  throw new Error(`${job_id} was not scored in time`);
}
