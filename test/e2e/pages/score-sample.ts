import type { Job } from "../../../src/contract.ts";
import { pause } from "../server.ts";

const WITHIN_MS = 30_000;

/** Submits a sample the way a program does and waits until it has been scored. */
export async function scoreSample(
  origin: string,
  sample: object,
  headers: Record<string, string> = {},
): Promise<Job> {
  const accepted = await fetch(`${origin}/api/score/async`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(sample),
  });
  const { job_id } = (await accepted.json()) as { job_id: string };
  const deadline = Date.now() + WITHIN_MS;
  while (Date.now() < deadline) {
    const job = (await (
      await fetch(`${origin}/api/score/jobs/${job_id}`, { headers })
    ).json()) as Job;
    if (job.status === "completed") return job;
    await pause(200);
  }
  throw new Error(`${job_id} was not scored in time`);
}
