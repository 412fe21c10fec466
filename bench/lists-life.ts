import { callWorker, consumeMessages, runCron } from "./call-worker.ts";
import { scoreBody } from "./cost-samples.ts";
import { median, round } from "./numbers.ts";
import type { Platform } from "./platform.ts";

// What happens to a job, beside a thousand others and beside a million: nothing of it may read or write more there.

const REPEATS = 7;
const ROWS_OF_BATCH = 5;
/** What the trees themselves and a neighbour of another time may make of a difference. */
const TOLERANCE = 10;

interface Seen {
  read: number[];
  written: number[];
  walls: number[];
}

/** Each event once on the small and once on the large database, in turn; medians of some rounds. */
export async function measureLife(small: Platform, large: Platform) {
  const [before, after] = [new Map<string, Seen>(), new Map<string, Seen>()];
  // The first round opens what is opened once: the prefix of the day in trends, a facts row, the code itself.
  for (let round = -1; round < REPEATS; round++) {
    for (const [platform, seen] of [
      [small, before],
      [large, after],
    ] as const) {
      await liveOnce(platform, round, round < 0 ? new Map() : seen);
    }
  }
  return [...before].map(([event, at1k]) => {
    const atSize = after.get(event) ?? { read: [], written: [], walls: [] };
    return {
      event,
      // Most rows it may read at size.
      goal: median(at1k.read) + TOLERANCE,
      rowsReadAt1k: median(at1k.read),
      rowsReadAtSize: median(atSize.read),
      rowsWrittenAt1k: median(at1k.written),
      rowsWrittenAtSize: median(atSize.written),
      msAt1k: round(median(at1k.walls)),
      msAtSize: round(median(atSize.walls)),
      ratio: round(median(atSize.walls) / median(at1k.walls)),
    };
  });
}

async function liveOnce(platform: Platform, round: number, seen: Map<string, Seen>): Promise<void> {
  const step = async <T>(event: string, work: () => Promise<T>): Promise<T> => {
    platform.takeUsage();
    const startedAt = performance.now();
    const answer = await work();
    const { rowsRead, rowsWritten } = platform.takeUsage();
    const sofar = seen.get(event) ?? { read: [], written: [], walls: [] };
    sofar.walls.push(performance.now() - startedAt);
    sofar.read.push(rowsRead);
    sofar.written.push(rowsWritten);
    seen.set(event, sofar);
    return answer;
  };
  let serial = 100_000 + round * 100;
  const accept = async (more: object) =>
    (
      await ask<{ job_id: string }>(platform, "/api/score/async", {
        json: { ...scoreBody(serial++), ...more },
      })
    ).job_id;
  const tags = { app: "客服", model: "m1" };
  await consumeAll(platform);

  const job = await step("accept, two tags", () => accept({ tags }));
  const messages = platform.takeMessages();
  await step("claim, score, finish", () => consumeMessages(platform, messages));
  const { status, run_id: runId } = await step("poll", () =>
    ask<{ status: string; run_id: string }>(platform, `/api/score/jobs/${job}`),
  );
  if (status !== "completed") throw new Error(`the job is ${status}`);
  const review = `/api/runs/${runId}/samples/1/reviews`;
  await step("review", () =>
    ask(platform, review, { method: "PUT", json: { opinion: "agree", note: "对 yes" } }),
  );
  await step("rescore with a metric more", () =>
    ask(platform, `/api/runs/${runId}/rescore`, { json: { metrics: ["faithfulness", "bleu"] } }),
  );
  await step("delete", () => ask(platform, `/api/score/jobs/${job}`, { method: "DELETE" }));

  const second = await accept({ tags });
  platform.takeMessages();
  await step("cancel", () => ask(platform, `/api/score/jobs/${second}/cancel`, { method: "POST" }));
  await step("retry", () => ask(platform, `/api/score/jobs/${second}/retry`, { method: "POST" }));
  await consumeAll(platform);

  const call = await step("session: accept a call", () => accept({ session_id: "session-0" }));
  const ofCall = platform.takeMessages();
  await step("session: score a call", () => consumeMessages(platform, ofCall));
  await platform.env.DB.prepare("UPDATE sessions SET due_at = 1 WHERE due_at IS NOT NULL").run();
  const report = platform.takeMessages();
  await step("session: report of its calls", () => consumeMessages(platform, report));
  // Gone again, so that each round finds the session as long as the last did.
  await step("session: delete a call", () =>
    ask(platform, `/api/score/jobs/${call}`, { method: "DELETE" }),
  );
  await platform.env.DB.prepare("UPDATE sessions SET due_at = NULL").run();
  platform.takeMessages();

  const rows = Array.from({ length: ROWS_OF_BATCH }, () => scoreBody(serial++));
  await step(`batch of ${ROWS_OF_BATCH}, whole`, async () => {
    await ask(platform, "/api/score/batch", { json: rows });
    await consumeAll(platform);
  });
  await step("the cron", () => runCron(platform));
}

async function ask<T>(
  platform: Platform,
  path: string,
  init: { method?: string; json?: unknown } = {},
): Promise<T> {
  const answer = await callWorker(platform, path, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
  return text === "" ? (undefined as T) : (JSON.parse(text) as T);
}

/** Until nothing is left in the queue but looks ahead. */
async function consumeAll(platform: Platform): Promise<void> {
  for (;;) {
    const messages = platform.takeMessages();
    const work = messages.filter((one) => (one as { kind: string }).kind !== "sweep");
    if (work.length === 0) return;
    await consumeMessages(platform, work);
  }
}
