import { LIMITS } from "../../contract/limits.ts";
import type { Fault } from "../../contract/report.ts";
import type { Evidence, EvidenceClaim } from "../../scoring/evidence.ts";
import { readDifference } from "../../scoring/read-difference.ts";
import { previewText } from "./sample-row.ts";

/** The statement of the answer that is most wrong, in its sentence: what a list shows of a sample before it is opened. */
export function faultOf(evidence: Evidence): Fault | null {
  if (evidence.small_talk) return null;
  const claim = worstClaim(evidence.claims);
  const sentence = claim && evidence.answer.sentences[claim.sentence];
  if (!sentence || claim.verdict === null || claim.verdict === "supported") return null;
  const whole = evidence.answer.text.slice(sentence.start, sentence.end);
  const text = previewText(whole.trimEnd(), LIMITS.previewCharacters);
  const place = claim.difference?.text ?? sentence;
  const inText = (at: number) => Math.min(text.length, Math.max(0, at - sentence.start));
  const [start, end] = [inText(place.start), inText(place.end)];
  const told = readDifference(claim, evidence)?.told ?? null;
  return { text, start, end, verdict: claim.verdict, told: told && previewText(told, MOST_TOLD) };
}

const MOST_TOLD = 60;

/** A contradiction whose two sides are known, then any other, then what nothing supports. */
function worstClaim(claims: readonly EvidenceClaim[]): EvidenceClaim | undefined {
  const ofAnswer = claims.filter((claim) => claim.of === "answer");
  const contradicted = ofAnswer.filter(({ verdict }) => verdict === "contradicted");
  return (
    contradicted.find(({ difference }) => difference !== undefined) ??
    contradicted[0] ??
    ofAnswer.find((claim) => isInvented(claim))
  );
}

/** What the reference says too is a fault of retrieval, not of the answer. */
function isInvented({ verdict, supported_by_reference: byReference }: EvidenceClaim): boolean {
  return verdict === "unsupported" && byReference !== "supported";
}
