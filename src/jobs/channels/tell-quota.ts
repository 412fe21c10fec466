import { periodOf, quotaExceeded } from "../../access/quota.ts";
import { errorForLog } from "../../error-for-log.ts";
import type { AppError } from "../../errors.ts";
import { tellChannels } from "../../storage/channel-messages.ts";
import type { QuotaUnit } from "../../storage/schema.ts";
import { change } from "../../storage/sql.ts";
import type { JobContext } from "../context.ts";
import { wakeChannels } from "./wake-channels.ts";

/** The refusal of what goes beyond a quota; channels are told with the first of a day or month. */
export async function refuseForQuota(
  context: JobContext,
  project: string,
  { unit, cap }: { unit: QuotaUnit; cap: number },
): Promise<AppError> {
  const at = context.now();
  const key = `quota_${periodOf(unit, at)}_${unit}`;
  const telling = {
    project,
    event: "quota.reached",
    key,
    about: key,
    at,
    payload: { unit, cap },
  } as const;
  const told = await change(context.db, tellChannels(telling)).catch((error: unknown) => {
    context.log({ event: "channel.untold", error: errorForLog(error) });
    return 0;
  });
  if (told > 0) await wakeChannels(context);
  return quotaExceeded(unit, cap, at);
}
