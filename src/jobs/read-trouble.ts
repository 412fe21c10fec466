import type { Trouble } from "../contract/service.ts";
import { readPause } from "../storage/breaker.ts";
import { countQueued, readTroubleRow } from "../storage/trouble.ts";
import { say } from "../words/say.ts";
import type { Reader } from "../words/speaker.ts";
import type { JobContext } from "./context.ts";
import { idBound } from "./ids.ts";
import { listModelEnds, sayEnd } from "./model-shutdowns.ts";

const LOOKED_BACK_MS = 24 * 60 * 60 * 1000;
/** Who waits longer does not wait for his turn but for something that is wrong. */
export const LONG_WAIT_MS = 5 * 60 * 1000;

/** What somebody should know whatever page they look at; a few rows, whatever the size of the project. */
export async function readTrouble(
  { db, home, settings }: Pick<JobContext, "db" | "home" | "settings">,
  project: string,
  now: number,
  reader: Reader,
): Promise<Trouble> {
  const since = idBound("job", now - LOOKED_BACK_MS);
  const [pause, { firing, oldest, lost }, ends] = await Promise.all([
    readPause(db, now),
    readTroubleRow(db, project, since),
    listModelEnds(home, settings, now),
  ]);
  const isLate = oldest !== null && now - oldest > LONG_WAIT_MS;
  return {
    judge: pause && {
      reason: say(pause.reason, reader),
      next_try: new Date(pause.until).toISOString(),
    },
    firing_alerts: firing,
    backlog: isLate
      ? {
          jobs: await countQueued(db, project),
          oldest_seconds: Math.round((now - oldest) / 1000),
        }
      : null,
    lost_rows: lost,
    ...(ends.length > 0 && { ending_models: ends.map((end) => say(sayEnd(end), reader)) }),
  };
}
