import { RANDOM_SHARE } from "../../scoring/consistency/second-asks.ts";
import type { JudgedClaim, Verdict, WhyAgain } from "../../scoring/judge.ts";
import { DOUBTFUL_BELOW } from "../../scoring/metrics/settle.ts";
import { createRandom } from "../../scoring/random.ts";
import type { CutSample } from "../../scoring/sample.ts";
import { checkClaim } from "../offline/check-claim.ts";
import { compareWithReference } from "../offline/check-reference.ts";
import { readClaim } from "../offline/read-claim.ts";
import { indexTexts } from "../offline/text-index.ts";

export interface PickedCells {
  claim: JudgedClaim;
  passages: WhyAgain | null;
  other: WhyAgain | null;
}

/**
 * The verdicts worth asking for twice: those the judge is unsure of or the offline judge would not give, and of the
 * others a share drawn at random. The draw depends on the sample alone, so the same sample always asks the same.
 */
export function pickCells(sample: CutSample, claims: readonly JudgedClaim[]): PickedCells[] {
  const random = createRandom(seedOf(sample));
  const draw = (): WhyAgain | null => (random() < RANDOM_SHARE ? "random" : null);
  const offline = offlineVerdicts(sample);
  return claims.map((claim) => {
    // Drawn for every verdict, doubtful or not: one of them coming or going moves no other's draw.
    const [first, second] = [draw(), draw()];
    const { passages, other } = claim;
    const isUnsure =
      passages?.ok === true &&
      passages.value.confidence !== null &&
      passages.value.confidence < DOUBTFUL_BELOW;
    return {
      claim,
      passages:
        passages?.ok === true && sample.passages !== null && sample.passages.length > 0
          ? isUnsure || differ(passages.value.verdict, offline.passages(claim))
            ? "doubtful"
            : first
          : null,
      other: other?.ok
        ? isFlat(claim.otherSupport) || differ(other.value, offline.other(claim))
          ? "doubtful"
          : second
        : null,
    };
  });
}

function isFlat(support: number | undefined): boolean {
  return support !== undefined && Math.max(support, 1 - support) < DOUBTFUL_BELOW;
}

/** Contradicted or merely unsupported: of those two the offline judge is no witness. */
function differ(judged: Verdict, offline: Verdict | null): boolean {
  return offline !== null && (judged === "supported") !== (offline === "supported");
}

function offlineVerdicts({ question, answer, passages, reference }: CutSample) {
  const index = passages?.length ? indexTexts(passages) : null;
  const compared = reference ? compareWithReference(question, answer, reference) : null;
  return {
    passages: ({ text }: JudgedClaim): Verdict | null =>
      index ? checkClaim(readClaim(text), index).verdict : null,
    other: ({ of, text }: JudgedClaim): Verdict | null => {
      if (!compared) return null;
      return of === "answer"
        ? compared.checkAnswerClaim(readClaim(text)).verdict
        : compared.checkReferenceClaim(readClaim(text)).verdict;
    },
  };
}

/** FNV-1a over what was asked and answered; spread by a few steps, because near seeds give near first draws. */
function seedOf({ question, answer }: CutSample): number {
  let hash = 0x811c9dc5;
  for (const unit of `${question}\n${answer.text}`) {
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
