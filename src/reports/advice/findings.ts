import { diagnoseAll } from "../../scoring/diagnose.ts";
import type { Cause, Evidence } from "../../scoring/evidence.ts";
import type { ReportSample } from "../report-input.ts";

/** A cause in one sample, with the cells that prove it. */
export interface Finding {
  sample: ReportSample;
  evidence: Evidence;
  cause: Cause;
  /** The sample's main cause; its other causes are often only symptoms of it. */
  isMain: boolean;
  claimIds: readonly string[];
  passages: readonly number[];
}

/** Every cause of every sample, by cause. A sample may have several. */
export function findCauses(samples: readonly ReportSample[]): Map<Cause, Finding[]> {
  const findings = new Map<Cause, Finding[]>();
  for (const sample of samples) {
    const { evidence } = sample;
    if (!evidence) continue;
    const diagnoses = diagnoseAll(evidence, sample.outcomes);
    const main = evidence.cause ?? diagnoses[0]?.cause;
    for (const { cause, claimIds, passages } of diagnoses) {
      const finding = { sample, evidence, cause, isMain: cause === main, claimIds, passages };
      const known = findings.get(cause);
      if (known) known.push(finding);
      else findings.set(cause, [finding]);
    }
  }
  return findings;
}
