import type { Evidence, EvidenceClaim } from "../../../src/scoring/evidence.ts";
import type { Verdict } from "../../../src/scoring/judge.ts";

/** One verdict that a person found wrong, as an input that can be scored again, with the right value. */
interface Case {
  id: string;
  kind: string;
  source: string;
  input: {
    question: string;
    answer: string;
    contexts?: string[];
    ground_truth?: string;
  };
  /** `claim~TEXT`: the verdict of the answer's claim that says TEXT. */
  expected: Record<string, "supported" | "not supported">;
  actual: {
    verdict: string | null;
    support: number | null;
    confidence: number | null;
    judge: string;
  };
}

export function caseOf(
  evidence: Evidence,
  claim: EvidenceClaim,
  { verdict, note }: { verdict: Verdict | null; note: string | null },
): Case {
  const { id, question, answer, passages, reference, judge } = evidence;
  // "Only that it is not so": the other of the two.
  const isSupported = verdict === null ? claim.verdict !== "supported" : verdict === "supported";
  return {
    id: `reported/${id}-${claim.id}`,
    kind: "reported",
    source: note ?? "",
    input: {
      question,
      answer: answer.text,
      ...(passages ? { contexts: passages.map(({ text }) => text) } : {}),
      ...(reference ? { ground_truth: reference.text } : {}),
    },
    expected: { [`claim~${claim.text}`]: isSupported ? "supported" : "not supported" },
    actual: {
      verdict: claim.verdict,
      support: claim.support ?? null,
      confidence: claim.confidence,
      judge,
    },
  };
}
