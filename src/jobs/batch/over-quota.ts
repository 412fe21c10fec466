import { quotaExceeded } from "../../access/quota.ts";
import { isOverQuota } from "../../storage/quotas.ts";

/** A plan that broke on the day's cap, said as a refusal; every other error as it was. */
export function explainOverQuota(error: unknown, cap: number | null, now: number): unknown {
  return cap !== null && isOverQuota(error) ? quotaExceeded("samples", cap, now) : error;
}
