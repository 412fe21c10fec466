import type { Job } from "../../../src/contract/job.ts";
import { pause } from "../server.ts";

const WITHIN_MS = 60_000;

/** Submits a sample the way a program does and waits until it has been scored. */
export function scoreSample(
  origin: string,
  sample: object,
  headers: Record<string, string> = {},
): Promise<Job> {
  return score(origin, "/api/score/async", sample, headers);
}

/** Uploads samples as one batch and waits until its run is there. */
export function scoreBatch(origin: string, name: string, samples: readonly object[]): Promise<Job> {
  return score(origin, `/api/score/batch?${new URLSearchParams({ name })}`, samples, {});
}

/** Answers about ten trams over passages that say how long they take: over other passages retrieval got worse. */
export function tramSamples(minutes: number): object[] {
  return CITIES.map((city, at) => ({
    id: `city-${at}`,
    question: `How long does the tram in ${city} take to the station?`,
    answer: `The tram in ${city} takes 20 minutes to the station.`,
    contexts: [`The tram in ${city} takes ${minutes} minutes to the station.`],
  }));
}

const CITIES = "杭州 苏州 Lisbon Porto 成都 Ghent 西安 Turin Graz Lyon".split(" ");

async function score(
  origin: string,
  path: string,
  body: object,
  headers: Record<string, string>,
): Promise<Job> {
  const accepted = await fetch(origin + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!accepted.ok) throw new Error(await accepted.text());
  const { job_id } = (await accepted.json()) as { job_id: string };
  const deadline = Date.now() + WITHIN_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${origin}/api/score/jobs/${job_id}`, { headers });
    const job = (await answer.json()) as Job;
    if (job.status === "completed" && job.run_id !== null) return job;
    await pause(200);
  }
  throw new Error(`${job_id} was not scored in time`);
}
