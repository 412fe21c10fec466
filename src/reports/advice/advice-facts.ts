import type { ReportInput } from "../report-input.ts";
import type { Finding } from "./findings.ts";
import type { AdviceFacts } from "./rule.ts";

/** The numbers that go into the sentences of an advice. */
export function gatherFacts(input: ReportInput, findings: readonly Finding[]): AdviceFacts {
  const judged = input.samples.filter((sample) => sample.evidence !== null);
  const passageCounts = judged.flatMap((sample) => sample.evidence?.passages?.length ?? []);
  return {
    affected: findings.length,
    total: judged.length,
    statements: findings.reduce((sum, { claimIds }) => sum + claimIds.length, 0),
    passages: median(passageCounts),
  };
}

/** The upper median: a count that really occurs. */
function median(counts: readonly number[]): number | null {
  const sorted = [...counts].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
