import { expect, test } from "vitest";
import type { Verdict } from "../../src/scoring/judge.ts";
import { caseOf } from "../../ui/features/evidence/case-of-claim.ts";
import { makeEvidence } from "../scoring/make-evidence.ts";

const TEXT = "本品保修三年。";

function saved(judged: Verdict, verdict: Verdict | null) {
  const evidence = makeEvidence({ answer: [{ text: TEXT, verdict: judged, by: [0] }] });
  const [claim] = evidence.claims;
  if (!claim) throw new Error("no claim");
  return caseOf(evidence, claim, { verdict, note: "三年是旧规定" });
}

test("a case holds the sample as it was sent, and whose verdict is wrong", () => {
  const { id, source, input, actual } = saved("supported", "unsupported");
  const evidence = makeEvidence({ answer: [{ text: TEXT, by: [0] }] });
  expect(id).toBe("reported/sample-a1");
  expect(source).toBe("三年是旧规定");
  expect(input).toEqual({
    question: evidence.question,
    answer: evidence.answer.text,
    contexts: evidence.passages?.map(({ text }) => text),
    ...(evidence.reference ? { ground_truth: evidence.reference.text } : {}),
  });
  expect(actual.verdict).toBe("supported");
});

test.each([
  ["supported", null, "not supported"],
  ["contradicted", null, "supported"],
  ["unsupported", null, "supported"],
  ["supported", "contradicted", "not supported"],
  ["contradicted", "unsupported", "not supported"],
  ["unsupported", "supported", "supported"],
] as const)("judged %s, a person says %s: expected %s", (judged, verdict, expected) => {
  expect(saved(judged, verdict).expected).toEqual({ [`claim~${TEXT}`]: expected });
});
