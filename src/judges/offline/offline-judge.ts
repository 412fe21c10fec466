import type { Judge, Judged, JudgedClaim, JudgedTable, Needs } from "../../scoring/judge.ts";
import type { CutSample, CutText } from "../../scoring/sample.ts";
import { isAbstention } from "./abstention.ts";
import { checkClaim } from "./check-claim.ts";
import { indexTexts, type TextIndex, weigh } from "./text-index.ts";
import { tokenize } from "./tokens.ts";

/** Judges by words, numbers and negation alone: no model, no key, no network; same bytes on every machine. */
export function createOfflineJudge(): Judge {
  return {
    name: "offline-lexical@1",
    async fill(sample, needs) {
      return fillTable(sample, needs);
    },
  };
}

function fillTable(sample: CutSample, needs: Needs): JudgedTable {
  const passages = sample.passages?.length ? indexTexts(sample.passages) : null;
  const reference = sample.reference ? indexTexts([sample.reference]) : null;
  const answer = indexTexts([sample.answer]);
  const abstained = isAbstention(sample.answer.text);
  const relevance = passages && needs.passageRelevance ? rankPassages(sample, passages) : null;
  return {
    method: "offline",
    answerClaims: needs.answerClaims
      ? done(
          claimsOf("answer", sample.answer, abstained, {
            passages: needs.answerAgainstPassages ? passages : null,
            other: needs.answerAgainstReference ? reference : null,
          }),
        )
      : null,
    referenceClaims:
      needs.referenceClaims && sample.reference
        ? done(
            claimsOf("reference", sample.reference, false, {
              passages: needs.referenceAgainstPassages ? passages : null,
              other: needs.referenceAgainstAnswer ? answer : null,
            }),
          )
        : null,
    abstained: done(abstained),
    relevance: relevance
      ? done({ scores: relevance, answerable: answerable(Math.max(0, ...relevance)) })
      : null,
    answerRelevancy: needs.answerRelevancy
      ? done(abstained ? 0 : round(share(sample.question, answer)))
      : null,
    questionSimilarities: null,
    similarity:
      needs.similarity && sample.reference && reference
        ? done(
            round(
              (share(sample.answer.text, reference) + share(sample.reference.text, answer)) / 2,
            ),
          )
        : null,
    similarityMethod: needs.similarity && sample.reference ? "offline" : null,
    referenceEntities: null,
    criteria: {},
    confidence: "medium",
    usage: { judge_calls: 0, cached_calls: 0, prompt_tokens: 0, completion_tokens: 0 },
    notes: [],
  };
}

function claimsOf(
  of: "answer" | "reference",
  text: CutText,
  abstained: boolean,
  against: { passages: TextIndex | null; other: TextIndex | null },
): JudgedClaim[] {
  if (abstained) return [];
  const claims: JudgedClaim[] = [];
  text.sentences.forEach(({ start, end }, sentence) => {
    const claim = text.text.slice(start, end);
    if (tokenize(claim).length === 0) return;
    claims.push({
      of,
      text: claim,
      sentence,
      onTopic: of === "answer" ? true : null,
      passages: against.passages ? done(checkClaim(claim, against.passages)) : null,
      other: against.other ? done(checkClaim(claim, against.other).verdict) : null,
    });
  });
  return claims;
}

function rankPassages(sample: CutSample, index: TextIndex): number[] {
  return (sample.passages ?? []).map((passage) => {
    const terms = new Set(tokenize(passage.text).map((token) => token.term));
    return round(coverage(sample.question, index, terms));
  });
}

function answerable(best: number): "full" | "partial" | "none" {
  if (best >= 0.6) return "full";
  return best >= 0.3 ? "partial" : "none";
}

/** Weighted share of the words of `text` that stand anywhere in the indexed text. */
function share(text: string, index: TextIndex): number {
  return coverage(text, index, new Set(index.postings.keys()));
}

function coverage(text: string, index: TextIndex, terms: ReadonlySet<string>): number {
  let total = 0;
  let covered = 0;
  for (const token of tokenize(text)) {
    const weight = weigh(index, token);
    total += weight;
    if (terms.has(token.term)) covered += weight;
  }
  return total === 0 ? 0 : covered / total;
}

function done<T>(value: T): Judged<T> {
  return { ok: true, value };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
