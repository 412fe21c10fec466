import type { Outcomes } from "../../../src/contract/outcome.ts";
import { type Diagnosis, diagnoseAll } from "../../../src/scoring/diagnose.ts";
import type { Cause, Evidence, EvidenceClaim } from "../../../src/scoring/evidence.ts";

/** Causes that lie in single statements; the others are about the whole sample. */
const OF_STATEMENTS: ReadonlySet<Cause> = new Set([
  "contradicts_context",
  "invented",
  "noise_followed",
  "off_topic",
  "missing_in_retrieval",
  "retrieved_but_ignored",
]);

export interface Problems {
  /** The claims that are at fault: contradictions first, then those of the main cause. */
  claims: readonly EvidenceClaim[];
  /** All others, in reading order. */
  others: readonly EvidenceClaim[];
  /** What the sample is weak by: the main cause first. */
  diagnoses: readonly Diagnosis[];
}

export function findProblems(evidence: Evidence, outcomes: Outcomes): Problems {
  const diagnoses = [...diagnoseAll(evidence, outcomes)].sort(
    (a, b) => rankOf(a, evidence.cause) - rankOf(b, evidence.cause),
  );
  const ids = new Set(
    diagnoses.filter(({ cause }) => OF_STATEMENTS.has(cause)).flatMap(({ claimIds }) => claimIds),
  );
  const byId = new Map(evidence.claims.map((claim) => [claim.id, claim]));
  const atFault = [...ids].flatMap((id) => byId.get(id) ?? []);
  return {
    claims: [
      ...atFault.filter(({ verdict }) => verdict === "contradicted"),
      ...atFault.filter(({ verdict }) => verdict !== "contradicted"),
    ],
    others: evidence.claims.filter(({ id }) => !ids.has(id)),
    diagnoses,
  };
}

function rankOf({ cause }: Diagnosis, main: Cause | null): number {
  return cause === main ? 0 : 1;
}
