import type { ComparedClause } from "./compare-claim.ts";
import type { Difference, DifferenceKind } from "./lay-side-by-side.ts";
import type { Rival } from "./rivals.ts";
import type { IndexedSentence } from "./text-index.ts";

/** What a difference between a clause and the sentence most like it proves. */
interface Rule {
  /** How like the clause must be to the sentence, and the sentence to the clause. */
  likeness: number;
  mutual: number;
  /** The claim is supported with no more than this probability. */
  cap: number;
  contradicts: boolean;
}

// Set by the share of such claims that people called unsupported on the labelled rows (bench/judge/README.md): numbers
// 47 of 49, negations and opposites 67 of 82. Where the rows say nothing, above that of the surer kind.
const RULES: Readonly<Record<Exclude<DifferenceKind, "balance">, Rule>> = {
  number: { likeness: 0.5, mutual: 0, cap: 0.08, contradicts: true },
  polarity: { likeness: 0.5, mutual: 0.45, cap: 0.12, contradicts: true },
  denial: { likeness: 0.6, mutual: 0.5, cap: 0.12, contradicts: false },
  direction: { likeness: 0.25, mutual: 0.2, cap: 0.15, contradicts: true },
  swap: { likeness: 0.4, mutual: 0.3, cap: 0.15, contradicts: true },
  name: { likeness: 0.65, mutual: 0.45, cap: 0.2, contradicts: true },
  binding: { likeness: 0.6, mutual: 0.45, cap: 0.2, contradicts: true },
  quantifier: { likeness: 0.7, mutual: 0.6, cap: 0.22, contradicts: false },
  hedge: { likeness: 0.8, mutual: 0.6, cap: 0.25, contradicts: false },
  word: { likeness: 0.8, mutual: 0.8, cap: 0.3, contradicts: false },
};
/** Another English word in a place is as often a paraphrase; of Chinese copies that differ in characters we think worse. */
const HAN = /\p{Script=Han}/u;

const SURE_KINDS: ReadonlySet<DifferenceKind> = new Set(["number", "polarity", "swap"]);
/** A claim so little like the texts is about something else. */
const SAME_SUBJECT = 0.5;
const SMALL_PART = 0.3;
const NEARLY_SAME = 0.7;

/** In a short sentence what is denied cannot be far off, however much else it says. */
const SHORT_SENTENCE = 40;
const CLEAR = 0.4;
/** Of a long one at least so much is in the claim. */
const MUTUAL = 0.6;

/** From this likeness on a clause is a copy: nine of ten were supported on every set that has some. */
const COPY = 0.99;
/** Turned twice the grammar around it changes too: "not forbidden to park", "parking is allowed". */
const TURNED_COPY = 0.85;
const COPIED_SUPPORT = 0.92;

/** Probability of support of a claim that stands in the texts word for word; null: it does not. */
export function supportOfCopy(clauses: readonly ComparedClause[]): number | null {
  const isCopy =
    clauses.length > 0 &&
    clauses.every(
      ({ likeness, differences }) =>
        likeness >= (differences.length === 0 ? COPY : TURNED_COPY) &&
        differences.every(({ kind }) => kind === "balance"),
    );
  return isCopy ? COPIED_SUPPORT : null;
}

function isShort({ tokens }: IndexedSentence): boolean {
  const words = tokens.reduce((sum, { kind }) => sum + (kind === "han" ? 0.5 : 1), 0);
  return words < SHORT_SENTENCE;
}

export interface Ruling {
  cap: number;
  contradicts: boolean;
  /** All but this is a copy, and the difference is of a kind that leaves no doubt. */
  isSure: boolean;
  difference: Difference;
  sentence: IndexedSentence;
}

/** A value that belongs to something else, or another one in its place, proves by itself. */
export function ruleOnRival(rival: Rival): Ruling {
  const { cap, contradicts } = RULES[rival.difference.kind === "number" ? "number" : "binding"];
  return {
    cap,
    contradicts,
    isSure: false,
    difference: rival.difference,
    sentence: rival.sentence,
  };
}

/** The gravest difference that proves something; null: none does. */
export function ruleOn(clauses: readonly ComparedClause[]): Ruling | null {
  let gravest: Ruling | null = null;
  // Of a claim that is copied but for one place, that place is judged by the whole.
  const whole = clauses.reduce((sum, clause) => sum + clause.weight * clause.likeness, 0);
  const wholeMutual = clauses.reduce((sum, clause) => sum + clause.weight * clause.mutual, 0);
  for (const { weight, differences, sentence, ...clause } of clauses) {
    const likeness = Math.max(clause.likeness, whole);
    const mutual = Math.max(clause.mutual, wholeMutual);
    if (whole < CLEAR) continue;
    // A small part of a long claim is often a paraphrase of something else; it has to be all but the same.
    if (weight < SMALL_PART && (likeness < NEARLY_SAME || mutual < NEARLY_SAME)) continue;
    for (const difference of differences) {
      if (difference.kind === "balance") continue;
      const rule = RULES[difference.kind];
      const isClear = difference.kind === "polarity" && likeness >= CLEAR && isShort(sentence);
      if (!isClear && (likeness < rule.likeness || mutual < rule.mutual)) continue;
      if (difference.kind === "word" && !difference.claim.some(({ surface }) => HAN.test(surface)))
        continue;
      if (whole < SAME_SUBJECT && !isClear) continue;
      if (gravest && gravest.cap <= rule.cap) continue;
      gravest = {
        cap: rule.cap,
        contradicts:
          rule.contradicts &&
          (difference.kind !== "polarity" || mutual >= MUTUAL || isShort(sentence)),
        isSure: SURE_KINDS.has(difference.kind) && whole >= 0.75 && wholeMutual >= 0.6,
        difference,
        sentence,
      };
    }
  }
  return gravest;
}
