import type { Cause } from "../../scoring/evidence.ts";
import type { ReportSample } from "../report-input.ts";

/** How many samples have each cause as their main one; causes that do not occur are left out, the commonest first. */
export function countCauses(samples: readonly ReportSample[]): Record<string, number> {
  const counts = new Map<Cause, number>();
  for (const { evidence, cause } of samples) {
    const main = evidence ? evidence.cause : cause;
    if (main) counts.set(main, (counts.get(main) ?? 0) + 1);
  }
  const rows = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return Object.fromEntries(rows);
}
