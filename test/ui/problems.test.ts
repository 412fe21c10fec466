import { describe, expect, it } from "vitest";
import { findProblems } from "../../ui/features/evidence/problems.ts";
import { FAULTS } from "../reports/faults.ts";
import { perfectEvidence } from "../reports/perfect-evidence.ts";
import { cleanScene } from "../reports/scenes.ts";
import { scoreEvidence } from "../reports/scored-samples.ts";

const LANGUAGES = ["zh", "en"] as const;

function problemsOf(scene: Parameters<typeof perfectEvidence>[0]) {
  const { evidence, outcomes } = scoreEvidence(perfectEvidence(scene));
  if (!evidence) throw new Error("the scene was judged");
  return { evidence, problems: findProblems(evidence, outcomes) };
}

describe.each(LANGUAGES)("problems of a sample (%s)", (language) => {
  it("a clean sample has none, and keeps its claims in reading order", () => {
    const { evidence, problems } = problemsOf(cleanScene(language, 0, 3));
    expect(problems.claims).toEqual([]);
    expect(problems.others).toEqual(evidence.claims);
  });

  it.each(FAULTS)(
    "$name: every claim once, contradictions first, the main cause named first",
    (fault) => {
      const { evidence, problems } = problemsOf(fault.plant(cleanScene(language, 1, 3), 1));
      const ids = [...problems.claims, ...problems.others].map(({ id }) => id);
      expect(ids.toSorted()).toEqual(evidence.claims.map(({ id }) => id).toSorted());
      const isContradicted = problems.claims.map(({ verdict }) => verdict === "contradicted");
      expect(isContradicted).toEqual(isContradicted.toSorted((a, b) => Number(b) - Number(a)));
      expect(problems.diagnoses[0]?.cause).toBe(fault.cause);
    },
  );
});
