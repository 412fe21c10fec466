import { diagnoseAll } from "../scoring/diagnose.ts";
import type { Cause, Evidence } from "../scoring/evidence.ts";
import type { ReportSample } from "./report-input.ts";

/** A cause in one sample, with the cells that prove it. */
export interface Finding {
  sample: ReportSample;
  evidence: Evidence;
  cause: Cause;
  claimIds: readonly string[];
  passages: readonly number[];
}

/** Every cause of every sample, by cause. A sample may have several. */
export function findCauses(samples: readonly ReportSample[]): Map<Cause, Finding[]> {
  const findings = new Map<Cause, Finding[]>();
  for (const sample of samples) {
    const { evidence } = sample;
    if (!evidence) continue;
    for (const { cause, claimIds, passages } of diagnoseAll(evidence, sample.outcomes)) {
      const finding = { sample, evidence, cause, claimIds, passages };
      const known = findings.get(cause);
      if (known) known.push(finding);
      else findings.set(cause, [finding]);
    }
  }
  return findings;
}
